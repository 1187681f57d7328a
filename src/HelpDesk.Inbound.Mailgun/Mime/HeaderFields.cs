using System.Text;
using HelpDesk.Inbound.Mailgun.Forms;

namespace HelpDesk.Inbound.Mailgun.Mime;

/// <summary>Puts the headers of the mail together: those that Mailgun lists, and those that only the form has.</summary>
internal sealed class HeaderFields(ReceivedForm form, MimeWriter writer)
{
    // What Mailgun has found out. One of a sender's own must not hide Mailgun's: where there are two, neither is believed.
    private const string MailgunPrefix = "X-Mailgun-";

    /// <summary>What is said of the content, which is not as it was: neither a boundary nor an encoding of then means anything now.</summary>
    private static readonly HashSet<string> AboutContent = new(StringComparer.OrdinalIgnoreCase)
    {
        "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Content-Disposition", "Content-ID", "Content-Description", "Content-Location", "Content-Length", "Content-MD5",
    };

    private int strange;

    /// <summary>The mail's own <c>Content-Type</c>; null for none.</summary>
    public string? ContentType { get; private set; }

    public async Task WriteAsync(IReadOnlyList<KeyValuePair<string, string>>? listed, List<string> remarks, CancellationToken cancellationToken)
    {
        if (listed is null)
            await WriteAllAsync(cancellationToken);
        else
            await WriteListedAsync(listed, cancellationToken);
        if (strange > 0)
            remarks.Add($"{strange} headers have names that no mail can have, and were left out.");
    }

    private async Task WriteListedAsync(IReadOnlyList<KeyValuePair<string, string>> listed, CancellationToken cancellationToken)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var mailguns = new Dictionary<(string Name, string Value), int>();
        foreach (var (name, value) in listed)
        {
            names.Add(name);
            if (IsMailguns(name))
                mailguns[Key(name, value)] = mailguns.GetValueOrDefault(Key(name, value)) + 1;
            await WriteAsync(name, Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(value), cancellationToken);
        }

        foreach (var field in form.Fields.Where(IsHeader))
        {
            var bytes = await form.NameAsync(field, cancellationToken);
            var name = Encoding.UTF8.GetString(bytes);
            if (names.Contains(name) && !IsMailguns(name))
                continue;

            var value = await form.ValueAsync(field, cancellationToken);
            if (IsMailguns(name) && Key(name, Encoding.UTF8.GetString(value)) is var key && mailguns.GetValueOrDefault(key) is > 0 and var count)
                mailguns[key] = count - 1;
            else
                await WriteAsync(name, bytes, value, cancellationToken);
        }
    }

    private async Task WriteAllAsync(CancellationToken cancellationToken)
    {
        var (hasFrom, hasSubject) = (false, false);
        foreach (var field in form.Fields.Where(IsHeader))
        {
            var bytes = await form.NameAsync(field, cancellationToken);
            var name = Encoding.UTF8.GetString(bytes);
            hasFrom |= name.Equals("From", StringComparison.OrdinalIgnoreCase);
            hasSubject |= name.Equals("Subject", StringComparison.OrdinalIgnoreCase);
            await WriteAsync(name, bytes, await form.ValueAsync(field, cancellationToken), cancellationToken);
        }

        if (!hasFrom && form.Find(KnownField.From) is { } from)
            await writer.HeaderAsync("From"u8.ToArray(), await form.ValueAsync(from, cancellationToken), cancellationToken);
        if (!hasSubject && form.Find(KnownField.Subject) is { } subject)
            await writer.HeaderAsync("Subject"u8.ToArray(), await form.ValueAsync(subject, cancellationToken), cancellationToken);
    }

    private async ValueTask WriteAsync(string name, byte[] nameBytes, byte[] value, CancellationToken cancellationToken)
    {
        if (name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))
            ContentType ??= Encoding.UTF8.GetString(value);
        if (AboutContent.Contains(name))
            return;
        if (nameBytes.Length == 0 || !Array.TrueForAll(nameBytes, character => character is > (byte)' ' and <= (byte)'~' and not (byte)':'))
            strange++;
        else
            await writer.HeaderAsync(nameBytes, value, cancellationToken);
    }

    private static bool IsHeader(FormField field) => field is { Known: KnownField.None, IsFile: false };

    private static bool IsMailguns(string name) => name.StartsWith(MailgunPrefix, StringComparison.OrdinalIgnoreCase);

    private static (string Name, string Value) Key(string name, string value) => (name.ToUpperInvariant(), value);
}
