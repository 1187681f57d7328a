using Microsoft.Net.Http.Headers;

namespace HelpDesk.Inbound.Mailgun.Forms;

/// <summary>Reads a form of either type.</summary>
/// <remarks>
/// Not the framework's reader: that takes names which differ in letter case for one, so that a mail's header <c>Sender</c> would pollute Mailgun's <c>sender</c>; it throws at
/// 4 MiB of a value and at 1,024 fields; and it makes text of bytes that are none.
/// </remarks>
internal static class FormDecoder
{
    private const string UrlEncoded = "application/x-www-form-urlencoded";
    private const string Multipart = "multipart/form-data";
    private const int BoundaryLength = 200;

    /// <exception cref="NotAcceptableException">It is no form, or too large.</exception>
    /// <exception cref="BrokenOffException">It did not arrive whole.</exception>
    public static async Task<ReceivedForm> ReadAsync(string? contentType, Stream body, FormLimits limits, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type))
            throw NoForm();

        var form = new ReceivedForm(limits);
        try
        {
            var bytes = new RequestBytes(body, limits.WireBytes);
            if (type.MediaType.Equals(UrlEncoded, StringComparison.OrdinalIgnoreCase))
                await new UrlEncodedDecoder(bytes, form).ReadAsync(cancellationToken);
            else if (type.MediaType.Equals(Multipart, StringComparison.OrdinalIgnoreCase))
                await new MultipartDecoder(bytes, form, BoundaryOf(type)).ReadAsync(cancellationToken);
            else
                throw NoForm();
            await form.CompleteAsync(cancellationToken);
            return form;
        }
        catch
        {
            await form.DisposeAsync();
            throw;
        }
    }

    private static string BoundaryOf(MediaTypeHeaderValue type)
    {
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary);
        return boundary.Length is > 0 and <= BoundaryLength ? boundary.ToString() : throw new NotAcceptableException($"A multipart form names its boundary, of 1 to {BoundaryLength} characters.");
    }

    private static NotAcceptableException NoForm() => new($"Mailgun posts {UrlEncoded} or {Multipart}. Is this the url of a route with forward()?");
}
