using System.Text;
using HelpDesk.Specification.Infrastructure;

namespace HelpDesk.Inbound.Mailgun;

/// <summary>Whole requests as Mailgun has posted them.</summary>
internal static class MailCaptures
{
    /// <summary>The body of a request, with its type; skips the test where there are none.</summary>
    public static HttpContent Read(string name)
    {
        var bytes = File.ReadAllBytes(Path.Combine(MailCorpus.Require(), "mailgun-captures", name));
        // One of them has line ends of its own kind.
        var (head, length) = new[] { "\r\n\r\n", "\n\n" }.Select(line => (At: bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(line)), line.Length)).Where(end => end.At >= 0).Min();
        var type = Encoding.ASCII.GetString(bytes, 0, head).Split('\n').Single(header => header.StartsWith("Content-Type: ", StringComparison.Ordinal))["Content-Type: ".Length..].Trim();
        return SignedForm.Content(bytes[(head + length)..], type);
    }
}
