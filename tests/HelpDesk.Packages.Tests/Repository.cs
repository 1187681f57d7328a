using System.Reflection;
using System.Text.RegularExpressions;

namespace HelpDesk.Packages;

/// <summary>The checkout that these tests were built from.</summary>
internal static partial class Repository
{
    public static string Root { get; } = Metadata("RepositoryRoot");

    public static string Configuration { get; } = Metadata("Configuration");

    public static string Metadata(string key) => typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == key).Value!;

    /// <summary>The code block of a page that follows the comment <c>snippet: name</c>.</summary>
    public static string Snippet(string name, string page = "README.md")
    {
        var text = File.ReadAllText(Path.Combine(Root, page));
        var snippet = Snippets().Matches(text).SingleOrDefault(match => match.Groups["name"].Value == name)
            ?? throw new InvalidOperationException($"{page} has no snippet '{name}'.");
        return snippet.Groups["code"].Value;
    }

    [GeneratedRegex(@"<!-- snippet: (?<name>\w+) -->\s*```\w+\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Snippets();
}
