using Microsoft.AspNetCore.Http;

namespace HelpDesk.Inbound.Mailgun.Forms;

/// <summary>The bytes of a request, at most so many. What goes wrong with them is told from what goes wrong with ours.</summary>
internal sealed class RequestBytes(Stream body, long limit, string? tooLarge = null)
{
    private long count;

    /// <returns>0 at the end.</returns>
    /// <exception cref="NotAcceptableException">There are too many.</exception>
    /// <exception cref="BrokenOffException">They do not all arrive.</exception>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            var read = await body.ReadAsync(buffer, cancellationToken);
            count += read;
            return count <= limit ? read : throw TooLarge(tooLarge);
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw TooLarge(tooLarge);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            throw new BrokenOffException(exception);
        }
    }

    public static NotAcceptableException TooLarge(string? reason = null) => new(reason ?? "The mail is too large. The limit is HelpDesk:Inbound:MaximumSize.");
}
