using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Fluid;

namespace HelpDesk.Notifications.Smtp;

/// <summary>What mails say: one file for each kind and language, and two layouts for each language. Read and parsed once.</summary>
internal sealed partial class MailTemplates
{
    private const string LastLanguage = "en";

    private static readonly FluidParser Parser = new();
    // No members of .NET objects, no files: a template sees what it is given and nothing else.
    private static readonly TemplateOptions Settings = new() { TimeZone = TimeZoneInfo.Utc };
    // Letters of all scripts stay as they are; what could be markup does not.
    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly Dictionary<string, IFluidTemplate> files = new(StringComparer.OrdinalIgnoreCase);
    private readonly TimeProvider clock;

    private MailTemplates(TimeProvider clock) => this.clock = clock;

    /// <summary>Loads the shipped templates and those of a folder.</summary>
    /// <exception cref="InvalidOperationException">A template is wrong.</exception>
    public static MailTemplates Load(string? folder, TimeProvider clock)
    {
        var errors = new List<string>();
        var templates = Load(folder, clock, errors);
        return errors.Count == 0 ? templates : throw new InvalidOperationException(string.Join('\n', errors));
    }

    /// <summary>Loads the shipped templates and those of a folder, and says what is wrong with them.</summary>
    public static MailTemplates Load(string? folder, TimeProvider clock, ICollection<string> errors)
    {
        var templates = new MailTemplates(clock);
        foreach (var (name, text) in Shipped())
            templates.Add(name, text, errors);
        if (folder is null)
            return templates;

        if (!Directory.Exists(folder))
        {
            errors.Add($"HelpDesk:Smtp:TemplateFolder '{folder}' does not exist.");
            return templates;
        }

        foreach (var file in Directory.EnumerateFiles(folder, "*.liquid").Order(StringComparer.Ordinal))
            templates.Add(Path.GetFileName(file), File.ReadAllText(file), errors);
        foreach (var name in templates.files.Keys.Order(StringComparer.Ordinal))
        {
            foreach (var layout in LayoutsOf(Name().Match(name).Groups["language"].Value).Where(layout => !templates.files.ContainsKey(layout)))
                errors.Add($"{name}: it needs {layout} too, which is not there.");
        }

        return templates;
    }

    /// <summary>The first language that has a template of this kind: the wanted one, that without its region, the default one, English.</summary>
    public string LanguageOf(NotificationKind kind, string wanted, string? defaultLanguage) => new[] { wanted, Parent(wanted), defaultLanguage, Parent(defaultLanguage) }
        .OfType<string>()
        .FirstOrDefault(language => files.ContainsKey(FileOf(kind, language))) ?? LastLanguage;

    /// <summary>The subject, and the sentences by paragraph; not encoded.</summary>
    public async Task<(string Subject, IReadOnlyList<string> Paragraphs)> RenderAsync(NotificationKind kind, string language, IReadOnlyDictionary<string, object?> model)
    {
        var text = (await files[FileOf(kind, language)].RenderAsync(Context(model), NullEncoder.Default)).ReplaceLineEndings("\n");
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        return end < 0
            ? (text.Trim(), [])
            : (text[..end].Trim(), text[end..].Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    /// <summary>The whole mail as text, not encoded.</summary>
    public async Task<string> RenderTextAsync(string language, IReadOnlyDictionary<string, object?> model) =>
        await files[$"Layout.{language}.text.liquid"].RenderAsync(Context(model), NullEncoder.Default);

    /// <summary>The whole mail as HTML: whatever comes out of a variable is encoded.</summary>
    public async Task<string> RenderHtmlAsync(string language, IReadOnlyDictionary<string, object?> model) =>
        await files[$"Layout.{language}.html.liquid"].RenderAsync(Context(model), Html);

    private TemplateContext Context(IReadOnlyDictionary<string, object?> model)
    {
        var context = new TemplateContext(Settings) { Now = clock.GetUtcNow };
        foreach (var (name, value) in model)
            context.SetValue(name, value);
        return context;
    }

    private void Add(string name, string text, ICollection<string> errors)
    {
        if (!Name().IsMatch(name))
            errors.Add($"{name}: no template has such a name. They are called as AgentReplied.en.liquid, Layout.en.text.liquid and Layout.en.html.liquid; kinds are {string.Join(", ", Enum.GetNames<NotificationKind>())}.");
        else if (string.IsNullOrWhiteSpace(text))
            errors.Add($"{name}: it is empty.");
        else if (!Parser.TryParse(text, out var template, out var error))
            errors.Add($"{name}: {error}");
        else if (TemplateCheck.Errors(template, Settings, text) is { Count: > 0 } wrong)
            wrong.ForEach(one => errors.Add($"{name}: {one}"));
        else
            files[name] = template;
    }

    private static IEnumerable<(string Name, string Text)> Shipped()
    {
        var assembly = typeof(MailTemplates).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".liquid", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return (name, reader.ReadToEnd());
        }
    }

    private static string FileOf(NotificationKind kind, string language) => $"{kind}.{language}.liquid";

    private static string[] LayoutsOf(string language) => [$"Layout.{language}.text.liquid", $"Layout.{language}.html.liquid"];

    private static string? Parent(string? language) => language?.Split('-', '_')[0];

    [GeneratedRegex(
        @"^((Received|Opened|Assigned|AgentReplied|RequesterReplied|NoteAdded|Resolved|Warned|Escalated)\.(?<language>[a-z]{2,3}(-[a-z0-9]{2,8})*)|Layout\.(?<language>[a-z]{2,3}(-[a-z0-9]{2,8})*)\.(text|html))\.liquid$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
