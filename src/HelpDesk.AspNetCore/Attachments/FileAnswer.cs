using HelpDesk.AspNetCore.Http;
using HelpDesk.Tickets;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace HelpDesk.AspNetCore.Attachments;

/// <summary>The bytes of a file, or the part that was asked for, as a download that no browser runs.</summary>
internal sealed class FileAnswer(AttachmentFile file) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var before = response.Headers.ToList();
        InertHeaders.Set(response, file.ContentDisposition);
        try
        {
            var bytes = TypedResults.Stream(
                file.OpenRead(), file.DownloadType, entityTag: new EntityTagHeaderValue($"\"{file.Sha256}\""), enableRangeProcessing: true);
            await bytes.ExecuteAsync(httpContext);
        }
        catch (HelpDeskException exception) when (!response.HasStarted)
        {
            // As if nothing had been tried: the host's own headers stay, ours would tell of a file that may not be there.
            response.Clear();
            foreach (var (name, value) in before)
                response.Headers[name] = value;
            await Problem.Of(exception).ExecuteAsync(httpContext);
        }
        catch (HelpDeskException)
        {
            // It is in the log. Half a file must not end as if it were a whole one.
            httpContext.Abort();
        }
    }
}
