using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace HelpDesk.AspNetCore.Http;

/// <summary>The one reader of bodies: bounded, by our own JSON options, and with an answer of the contract for everything that is wrong.</summary>
internal static class RequestBody
{
    private const int LeastLimit = 1024 * 1024;

    /// <exception cref="BadRequestException">The body is missing, too large, of another type, or no JSON object.</exception>
    /// <exception cref="ValidationException">A field has a value of the wrong kind.</exception>
    public static async Task<T> ReadAsync<T>(HttpContext context, bool orForm = false)
        where T : class =>
        await ReadOptionalAsync<T>(context, orForm) ?? throw BadRequestException.Malformed("A JSON object is required as the body.");

    /// <summary>The same, but null where there is no body.</summary>
    public static async Task<T?> ReadOptionalAsync<T>(HttpContext context, bool orForm = false)
        where T : class
    {
        var request = context.Request;
        var hasBody = context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? request.ContentLength is null or > 0;
        if (!hasBody)
            return null;
        var isJson = IsJson(request.ContentType);
        if (!isJson && request.ContentLength > 0)
            throw BadRequestException.UnsupportedMediaType(orForm);

        var mostBytes = MostBytes(context);
        var buffer = ArrayPool<byte>.Shared.Rent(request.ContentLength is > 0 && request.ContentLength < LeastLimit ? (int)request.ContentLength + 1 : 16 * 1024);
        try
        {
            var length = 0;
            while (true)
            {
                if (length == buffer.Length)
                    buffer = Grow(buffer);
                var read = await request.Body.ReadAsync(buffer.AsMemory(length), context.RequestAborted);
                if (read == 0)
                    break;
                length += read;
                if (length > mostBytes || request.ContentLength > mostBytes)
                    throw BadRequestException.TooLarge($"A JSON body has at most {mostBytes / 1024} KiB.");
            }

            // Only now it is known whether a body of unknown length is one.
            if (length == 0)
                return null;
            return isJson ? Parse<T>(buffer.AsMemory(0, length)) : throw BadRequestException.UnsupportedMediaType(orForm);
        }
        catch (BadHttpRequestException exception)
        {
            throw Unreadable(exception);
        }
        catch (IOException)
        {
            // The connection broke: nobody reads the answer, but it is none of the database's.
            throw BadRequestException.Malformed("The body did not arrive whole.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>What the server says of a body that it does not hand over.</summary>
    public static BadRequestException Unreadable(BadHttpRequestException exception) => exception.StatusCode == StatusCodes.Status413PayloadTooLarge
        ? BadRequestException.TooLarge("The body is larger than this server takes.")
        : BadRequestException.Malformed("The body did not arrive whole.");

    // JSON may write each character as six bytes; files come by another form.
    public static int MostBytes(HttpContext context) =>
        Math.Max(LeastLimit, (6 * context.RequestServices.GetRequiredService<IOptions<HelpDeskOptions>>().Value.Limits.BodyLength) + (64 * 1024));

    public static T Parse<T>(ReadOnlyMemory<byte> utf8)
        where T : class
    {
        using var document = ParseObject(utf8);
        try
        {
            return document.Deserialize<T>(HelpDeskJson.Options)!;
        }
        catch (JsonException exception)
        {
            // It is JSON, so what is wrong is the value of a field: a path such as $.priority.
            var field = exception.Path is ['$', '.', .. var path] ? path.Split('.', '[')[0] : "body";
            throw new ValidationException(field, exception.Message.StartsWith("Use ", StringComparison.Ordinal) ? FirstSentence(exception.Message) : "This is not the kind of value that the field takes.");
        }
    }

    private static byte[] Grow(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase))
        && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private static JsonDocument ParseObject(ReadOnlyMemory<byte> utf8)
    {
        // Neither the parser nor the serializer looks into what it skips.
        if (!Utf8.IsValid(utf8.Span))
            throw BadRequestException.Malformed("The body is not UTF-8.");

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(utf8, HelpDeskJson.DocumentOptions);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a name holds half of a surrogate pair.
            throw BadRequestException.Malformed("The body is no JSON, is nested too deeply, or names a field twice.");
        }

        if (document.RootElement.ValueKind == JsonValueKind.Object)
            return document;
        document.Dispose();
        throw BadRequestException.Malformed("The body must be a JSON object.");
    }

    // The serializer appends path and line to our own messages.
    private static string FirstSentence(string message)
    {
        var end = message.IndexOf(" Path: ", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }
}
