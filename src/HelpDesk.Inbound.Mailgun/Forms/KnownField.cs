using System.Collections.Frozen;
using System.Text;

namespace HelpDesk.Inbound.Mailgun.Forms;

/// <summary>The fields that are Mailgun's own. Every other one is a header of the mail, under a name that its sender chose.</summary>
internal enum KnownField : byte
{
    /// <summary>Not Mailgun's.</summary>
    None,

    /// <summary>Mailgun's, and of no use here.</summary>
    Other,
    Timestamp,
    Token,
    Signature,
    Recipient,
    Sender,
    From,
    Subject,
    BodyPlain,
    BodyHtml,
    BodyMime,
    StrippedText,
    StrippedHtml,
    MessageHeaders,
    MessageUrl,
    ContentIdMap,
    AttachmentCount,
    Attachments,

    /// <summary>A body of a kind that is not known here, as <c>body-calendar</c>.</summary>
    BodyOther,

    /// <summary><c>attachment-1</c> and so on.</summary>
    Attachment,
}

/// <summary>Knows Mailgun's fields by their exact names: a sender's header <c>Token</c> is not <c>token</c>.</summary>
internal static class KnownFields
{
    /// <summary>How many there are, for tables by field.</summary>
    public const int Count = (int)KnownField.Attachment + 1;

    private const string AttachmentPrefix = "attachment-";
    private const string BodyPrefix = "body-";
    private const string StrippedPrefix = "stripped-";
    private const int LongestName = 32;

    private static readonly FrozenDictionary<string, KnownField> ByName = new Dictionary<string, KnownField>
    {
        ["timestamp"] = KnownField.Timestamp,
        ["token"] = KnownField.Token,
        ["signature"] = KnownField.Signature,
        ["recipient"] = KnownField.Recipient,
        ["sender"] = KnownField.Sender,
        ["from"] = KnownField.From,
        ["subject"] = KnownField.Subject,
        ["body-plain"] = KnownField.BodyPlain,
        ["body-html"] = KnownField.BodyHtml,
        ["body-mime"] = KnownField.BodyMime,
        ["stripped-text"] = KnownField.StrippedText,
        ["stripped-html"] = KnownField.StrippedHtml,
        ["message-headers"] = KnownField.MessageHeaders,
        ["message-url"] = KnownField.MessageUrl,
        ["content-id-map"] = KnownField.ContentIdMap,
        ["attachment-count"] = KnownField.AttachmentCount,
        ["attachments"] = KnownField.Attachments,
        ["domain"] = KnownField.Other,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static KnownField Of(ReadOnlySpan<byte> name)
    {
        if (name.Length > LongestName || !Ascii.IsValid(name))
            return KnownField.None;

        var text = Encoding.ASCII.GetString(name);
        if (ByName.TryGetValue(text, out var field))
            return field;

        if (text.StartsWith(BodyPrefix, StringComparison.Ordinal))
            return KnownField.BodyOther;
        if (text.StartsWith(StrippedPrefix, StringComparison.Ordinal))
            return KnownField.Other;
        return text.Length > AttachmentPrefix.Length && text.StartsWith(AttachmentPrefix, StringComparison.Ordinal) && text[AttachmentPrefix.Length..].All(char.IsAsciiDigit)
            ? KnownField.Attachment
            : KnownField.None;
    }

    /// <summary>The name of a field that has one alone.</summary>
    public static string NameOf(KnownField field) => ByName.First(known => known.Value == field).Key;
}
