using System.Text.RegularExpressions;
using MimeKit;

namespace HelpDesk.Inbound;

/// <summary>Tells machines from people by the headers that the field has agreed on (RFC 3834, RFC 2369, RFC 6522) and those that it uses all the same.</summary>
internal static partial class MailClassifier
{
    private static readonly string[] Machines = ["mailer-daemon@", "mailerdaemon@", "mail-daemon@"];
    private static readonly string[] AutoReplyHeaders =
        ["X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Autoresponse", "X-AutoReply-From", "X-Mail-Autoreply", "X-Auto-Reply", "X-Auto-Response", "X-Facebook-Notify"];

    public static MailClass Classify(HeaderList headers, ContentType? type, string? from, string envelopeSender)
    {
        if (IsBounce(headers, type, from, envelopeSender))
            return MailClass.Bounce;
        if (IsAutoReply(headers, type))
            return MailClass.AutoReply;
        return IsList(headers) ? MailClass.List : MailClass.Human;
    }

    /// <summary>Whether the mail asks that no machine answers it; it may come from a person all the same.</summary>
    public static bool ForbidsAnswers(HeaderList headers) =>
        Values(headers, "X-Auto-Response-Suppress").SelectMany(value => value.Split(','))
            .Any(word => word.Trim().ToLowerInvariant() is "all" or "autoreply" or "oof" or "dr" or "rn" or "nrn");

    private static bool IsBounce(HeaderList headers, ContentType? type, string? from, string envelopeSender)
    {
        if (type is not null && type.IsMimeType("multipart", "report") && type.Parameters["report-type"] is { } report)
            return report.Equals("delivery-status", StringComparison.OrdinalIgnoreCase) || report.Equals("feedback-report", StringComparison.OrdinalIgnoreCase);
        if (Values(headers, "X-Failed-Recipients").Any())
            return true;

        var isMachine = Machines.Any(name => from?.StartsWith(name, StringComparison.Ordinal) == true || envelopeSender.StartsWith(name, StringComparison.OrdinalIgnoreCase));
        // An absence note has a null return path too, as RFC 3834 wants it.
        var hasNullPath = envelopeSender == "<>" || Values(headers, "Return-Path").Any(path => path.Trim() == "<>");
        return isMachine || (hasNullPath && !SaysAutomatic(headers, "auto-replied") && !AutoReplyHeaders.Any(name => Values(headers, name).Any()));
    }

    private static bool IsAutoReply(HeaderList headers, ContentType? type) =>
        Values(headers, "Auto-Submitted").Any(value => Word(value) is not ("no" or ""))
        || Values(headers, "Precedence").Any(value => Word(value) is "auto_reply" or "auto-reply" or "junk" or "bulk" && !HasListId(headers))
        || AutoReplyHeaders.Any(name => Values(headers, name).Any(value => Word(value) is not ("no" or "false")))
        || Values(headers, "X-POST-MessageClass").Any(value => value.Contains("autoresponder", StringComparison.OrdinalIgnoreCase))
        || Values(headers, "Delivered-To").Any(value => value.Trim().Equals("autoresponder", StringComparison.OrdinalIgnoreCase))
        || (type is not null && type.IsMimeType("multipart", "report"));

    private static bool IsList(HeaderList headers) =>
        HasListId(headers) || Values(headers, "Precedence").Any(value => Word(value) == "list") || Values(headers, "List-Unsubscribe").Any() || Values(headers, "List-Post").Any();

    private static bool HasListId(HeaderList headers) => Values(headers, "List-Id").Any();

    private static bool SaysAutomatic(HeaderList headers, string word) => Values(headers, "Auto-Submitted").Any(value => Word(value) == word);

    /// <summary>The first word of a value, without parameters and comments.</summary>
    private static string Word(string value)
    {
        var text = Comment().Replace(value, "").Trim().ToLowerInvariant();
        var end = text.AsSpan().IndexOfAny(" \t;(,");
        return end < 0 ? text : text[..end];
    }

    private static IEnumerable<string> Values(HeaderList headers, string name) =>
        headers.Where(header => header.Field.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value);

    [GeneratedRegex(@"\([^()]{0,500}\)", RegexOptions.CultureInvariant)]
    private static partial Regex Comment();
}
