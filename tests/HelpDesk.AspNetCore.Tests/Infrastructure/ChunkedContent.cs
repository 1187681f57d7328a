using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace HelpDesk.AspNetCore.Tests.Infrastructure;

/// <summary>JSON that says nothing of its length.</summary>
internal sealed class ChunkedContent : HttpContent
{
    private readonly byte[] bytes;

    public ChunkedContent(string json)
    {
        bytes = Encoding.UTF8.GetBytes(json);
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        foreach (var chunk in bytes.Chunk(1000))
            await stream.WriteAsync(chunk);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
