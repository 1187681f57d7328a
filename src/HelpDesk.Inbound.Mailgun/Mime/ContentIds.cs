using System.Text.Json;
using HelpDesk.Inbound.Mailgun.Forms;

namespace HelpDesk.Inbound.Mailgun.Mime;

/// <summary>Mailgun's map of Content-IDs to attachments: a JSON object, whose keys may be empty or be there twice.</summary>
internal static class ContentIds
{
    private const int MostBytes = 1024 * 1024;
    private const int LongestId = 512;

    /// <returns>The Content-ID by the name of the field, without angle brackets. What cannot be read is left out, which a remark then says.</returns>
    public static async Task<IReadOnlyDictionary<string, string>> ReadAsync(ReceivedForm form, List<string> remarks, CancellationToken cancellationToken)
    {
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        if (form.Find(KnownField.ContentIdMap) is not { Length: > 0 } field)
            return ids;
        if (form.CountOf(KnownField.ContentIdMap) > 1 || field.Length > MostBytes || !Parse(await form.ValueAsync(field, cancellationToken), ids))
            remarks.Add("content-id-map is broken; pictures in the text may be shown as files.");
        return ids;
    }

    private static bool Parse(byte[] json, Dictionary<string, string> ids)
    {
        try
        {
            var isWhole = true;
            var reader = new Utf8JsonReader(json);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return false;

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var id = (reader.GetString() ?? "").Trim().TrimStart('<').TrimEnd('>');
                reader.Read();
                if (reader.TokenType == JsonTokenType.String && reader.GetString() is { } name && IsId(id))
                    isWhole &= ids.TryAdd(name, id) || ids[name] == id;
                else
                    isWhole = false;
                reader.Skip();
            }

            return isWhole;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool IsId(string id) => id.Length is > 0 and <= LongestId && id.All(character => character is > ' ' and <= '~' and not ('<' or '>'));
}
