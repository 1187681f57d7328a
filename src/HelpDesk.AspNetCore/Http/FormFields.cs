using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace HelpDesk.AspNetCore.Http;

/// <summary>The text fields of a form, which become the JSON object that says the same: so a wrong value has the same error by either way.</summary>
internal sealed class FormFields(int mostBytes)
{
    private readonly Dictionary<string, string> texts = new(StringComparer.Ordinal);
    private int used;

    /// <exception cref="BadRequestException">There is too much text, it is no UTF-8, or the field was there before.</exception>
    public async Task ReadAsync(string name, Stream content, CancellationToken cancellationToken)
    {
        Take(name.Length);
        var bytes = new ArrayBufferWriter<byte>();
        while (await content.ReadAsync(bytes.GetMemory(), cancellationToken) is > 0 and var read)
        {
            Take(read);
            bytes.Advance(read);
        }

        if (!Utf8.IsValid(bytes.WrittenSpan))
            throw BadRequestException.Malformed("A text of the form is not UTF-8.");
        // To encode a form, browsers make CRLF of every line end of the person's text: a text is no longer, and no other, for being sent with a file.
        if (!texts.TryAdd(name, Encoding.UTF8.GetString(bytes.WrittenSpan).Replace("\r\n", "\n", StringComparison.Ordinal)))
            throw BadRequestException.Malformed("The form names a field twice.");
    }

    /// <summary>What the fields of this type are; an empty one counts as absent, since a form cannot leave out an input that nobody filled.</summary>
    /// <exception cref="ValidationException">A field has a value of the wrong kind.</exception>
    public T Deserialize<T>()
        where T : class
    {
        var utf8 = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(utf8))
        {
            json.WriteStartObject();
            foreach (var property in HelpDeskJson.Options.GetTypeInfo(typeof(T)).Properties)
            {
                if (texts.TryGetValue(property.Name, out var text) && text.Length > 0)
                    Write(json, property.Name, text, isFlag: property.PropertyType == typeof(bool?));
            }

            json.WriteEndObject();
        }

        return RequestBody.Parse<T>(utf8.WrittenMemory);
    }

    private static void Write(Utf8JsonWriter json, string name, string text, bool isFlag)
    {
        if (isFlag && text is ("true" or "false"))
            json.WriteBoolean(name, text == "true");
        else
            json.WriteString(name, text);
    }

    private void Take(int bytes)
    {
        used += bytes;
        if (used > mostBytes)
            throw BadRequestException.TooLarge($"The texts of a form have at most {mostBytes / 1024} KiB.");
    }
}
