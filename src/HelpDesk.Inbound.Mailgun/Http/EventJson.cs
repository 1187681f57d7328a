using System.Text;
using System.Text.Json;
using HelpDesk.Inbound.Mailgun.Forms;
using HelpDesk.Inbound.Mailgun.Signatures;

namespace HelpDesk.Inbound.Mailgun.Http;

/// <summary>Reads what Mailgun posts of an event.</summary>
internal static class EventJson
{
    private const int LongestReason = 1000;

    /// <exception cref="UnverifiedException">There is none.</exception>
    public static SignatureClaim SignatureOf(JsonElement root)
    {
        var signature = Child(root, "signature");
        return new SignatureClaim(Bytes(signature, "timestamp"), Bytes(signature, "token"), Bytes(signature, "signature"));
    }

    /// <returns>Null for an event that has no effect.</returns>
    /// <exception cref="NotAcceptableException">It does not say what happened to which mail.</exception>
    public static DeliveryReport? ReportOf(JsonElement root)
    {
        var data = Child(root, "event-data");
        var name = Text(data, "event") ?? throw new NotAcceptableException("There is no event-data with an event in it.");
        DeliveryReportKind? kind = name switch
        {
            "failed" when Text(data, "severity") == "permanent" => DeliveryReportKind.Failed,
            "complained" => DeliveryReportKind.Complained,
            _ => null,
        };
        if (kind is null)
            return null;

        if (Text(data, "recipient") is not { Length: > 0 } recipient || Text(Child(Child(data, "message"), "headers"), "message-id") is not { Length: > 0 } messageId)
            throw new NotAcceptableException("The event names no recipient, or no message.headers.message-id.");

        var status = Child(data, "delivery-status");
        var reason = new[] { Text(status, "message"), Text(status, "description"), Text(data, "reason") }.FirstOrDefault(text => !string.IsNullOrWhiteSpace(text))?.Trim();
        return new DeliveryReport { Kind = kind.Value, Recipient = recipient, MessageId = messageId, Reason = reason?.Length > LongestReason ? reason[..LongestReason] : reason };
    }

    // Mailgun sends strings; a time stamp that is a number is the same.
    private static byte[] Bytes(JsonElement? element, string name)
    {
        var value = Child(element, name);
        var text = value is { ValueKind: JsonValueKind.Number } number ? number.GetRawText() : Text(element, name);
        return text is { Length: > 0 and <= MailgunSignature.LongestToken }
            ? Encoding.UTF8.GetBytes(text)
            : throw new UnverifiedException($"signature.{name} is missing, or not what Mailgun sends.");
    }

    private static JsonElement? Child(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } parent && parent.TryGetProperty(name, out var child) ? child : null;

    private static string? Text(JsonElement? element, string name)
    {
        if (Child(element, name) is not { ValueKind: JsonValueKind.String } text)
            return null;

        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half a character.
            return null;
        }
    }
}
