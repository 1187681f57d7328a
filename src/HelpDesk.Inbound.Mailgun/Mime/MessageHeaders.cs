using System.Text.Json;
using System.Text.Unicode;
using HelpDesk.Inbound.Mailgun.Forms;

namespace HelpDesk.Inbound.Mailgun.Mime;

/// <summary>Mailgun's list of the mail's headers: a JSON array of pairs.</summary>
internal static class MessageHeaders
{
    private const int MostBytes = 8 * 1024 * 1024;

    /// <returns>The headers in their order; null where they have to be found elsewhere, which a remark then says.</returns>
    public static async Task<IReadOnlyList<KeyValuePair<string, string>>?> ReadAsync(ReceivedForm form, List<string> remarks, CancellationToken cancellationToken)
    {
        if (form.Find(KnownField.MessageHeaders) is not { } field)
            return Missing("is missing");
        // One of them is a header of the mail, and nobody knows which.
        if (form.CountOf(KnownField.MessageHeaders) > 1)
            return Missing("is there more than once");
        if (field.Length > MostBytes)
            return Missing("is too long");
        return Parse(await form.ValueAsync(field, cancellationToken)) ?? Missing("is broken");

        IReadOnlyList<KeyValuePair<string, string>>? Missing(string what)
        {
            remarks.Add($"message-headers {what}; the headers are those of the form.");
            return null;
        }
    }

    private static List<KeyValuePair<string, string>>? Parse(byte[] json)
    {
        if (!Utf8.IsValid(json))
            return null;

        try
        {
            var headers = new List<KeyValuePair<string, string>>();
            var reader = new Utf8JsonReader(json);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
                return null;

            while (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
            {
                if (headers.Count == FormLimits.Fields || NextString(ref reader) is not { } name || NextString(ref reader) is not { } value
                    || !reader.Read() || reader.TokenType != JsonTokenType.EndArray)
                    return null;
                headers.Add(new(name, value));
            }

            // Reading on finds what does not belong behind the end.
            return reader.TokenType == JsonTokenType.EndArray && !reader.Read() ? headers : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // No JSON, or a string with half a character.
            return null;
        }
    }

    private static string? NextString(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
}
