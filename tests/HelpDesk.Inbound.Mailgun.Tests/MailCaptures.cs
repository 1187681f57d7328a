using System.Text;

namespace HelpDesk.Inbound.Mailgun;

/// <summary>Whole requests as Mailgun has posted them, which belong to others and are not part of this repository.</summary>
internal static class MailCaptures
{
    private const string Variable = "HELPDESK_MAIL_CORPUS";

    /// <summary>The body of a request, with its type; skips the test where the folder is not there.</summary>
    public static HttpContent Read(string name)
    {
        var path = Path.Combine(Folder(), "mailgun-captures", name);
        Assert.SkipUnless(File.Exists(path), $"There is no {name} in the folder that {Variable} names, nor in ../shared/corpus beside the repository.");
        var bytes = File.ReadAllBytes(path);
        // One of them has line ends of its own kind.
        var (head, length) = new[] { "\r\n\r\n", "\n\n" }.Select(line => (At: bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(line)), line.Length)).Where(end => end.At >= 0).Min();
        var type = Encoding.ASCII.GetString(bytes, 0, head).Split('\n').Single(header => header.StartsWith("Content-Type: ", StringComparison.Ordinal))["Content-Type: ".Length..].Trim();
        return SignedForm.Content(bytes[(head + length)..], type);
    }

    private static string Folder()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
            return named;

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "HelpDesk.sln")))
                return Path.Combine(folder.FullName, "..", "shared", "corpus");
        }

        return "";
    }
}
