using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace HelpDesk.AspNetCore.Http;

/// <summary>What the headers of a part say.</summary>
/// <param name="Name">The field.</param>
/// <param name="FileName">The name as it came; null for a text, empty for a file input that nobody filled.</param>
/// <param name="ContentType">The media type as it came.</param>
/// <param name="Content">The bytes.</param>
internal sealed record FormPart(string Name, string? FileName, string? ContentType, Stream Content)
{
    /// <exception cref="BadRequestException">It is no part of a form.</exception>
    public static FormPart Of(MultipartSection section)
    {
        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
            || !disposition.DispositionType.Equals("form-data", StringComparison.OrdinalIgnoreCase)
            || !disposition.Name.HasValue)
            throw BadRequestException.Malformed("A part of the form has no Content-Disposition that names its field.");

        return new FormPart(disposition.Name.Value, FileNameOf(disposition), section.ContentType, section.Body);
    }

    /// <exception cref="BadRequestException">The part says that it is written in another charset.</exception>
    public void RequireUtf8()
    {
        if (MediaTypeHeaderValue.TryParse(ContentType, out var type) && type.Charset.HasValue
            && HeaderUtilities.RemoveQuotes(type.Charset) is var charset
            && !charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) && !charset.Equals("us-ascii", StringComparison.OrdinalIgnoreCase))
            throw BadRequestException.Malformed("A text of the form is not UTF-8.");
    }

    // In quotes, browsers write a quote as %22 (and nothing else so, but line ends, which no name keeps), other programs as \".
    private static string? FileNameOf(ContentDispositionHeaderValue disposition) => disposition.FileNameStar.HasValue
        ? disposition.FileNameStar.Value
        : disposition.FileName.Value?.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("%22", "\"", StringComparison.Ordinal);
}
