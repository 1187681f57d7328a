using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using HelpDesk.AspNetCore.Http;
using HelpDesk.Events;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HelpDesk.AspNetCore.Events;

/// <summary>The answer that goes on: server-sent events, until either side ends it.</summary>
internal sealed class EventStream : IResult, IStatusCodeHttpResult, IAsyncDisposable
{
    public const string MediaType = "text/event-stream";

    private const int MostUnflushed = 8 * 1024;

    /// <summary>Proxies close what is silent for a minute or less.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(15);

    /// <summary>A client that takes nothing for so long is cut off, and goes on from the last event if it is still there.</summary>
    private static readonly TimeSpan LongestWrite = TimeSpan.FromSeconds(30);

    private static readonly byte[] Retry = "retry: 1000\n\n"u8.ToArray();
    private static readonly byte[] Comment = ":\n\n"u8.ToArray();

    // Without the id, so that the next connection does not ask for what is not there again.
    private static readonly byte[] Reset = "event: reset\nid:\ndata: {}\n\n"u8.ToArray();

    private readonly HttpContext context;
    private readonly TimeProvider clock;
    private readonly CancellationTokenSource ending;
    private IAsyncEnumerator<FeedItem>? items;
    private Task<bool>? next;
    private int unflushed;

    public EventStream(HttpContext context, TimeProvider clock)
    {
        this.context = context;
        this.clock = clock;
        // A server that stops would wait for us first.
        var stopping = context.RequestServices.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None;
        ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        context.Response.RegisterForDisposeAsync(this);
    }

    int? IStatusCodeHttpResult.StatusCode => StatusCodes.Status200OK;

    /// <summary>Begins to listen, which may fail.</summary>
    public async Task BeginAsync(Func<CancellationToken, IAsyncEnumerable<FeedItem>> listen)
    {
        items = listen(ending.Token).GetAsyncEnumerator(ending.Token);
        await items.MoveNextAsync();
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = context.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = MediaType;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        try
        {
            Write(Retry);
            await WriteAllAsync(items!);
        }
        catch (Exception) when (ending.IsCancellationRequested)
        {
            // The client has gone, or the server stops: neither is worth a word.
        }
        catch (Exception exception) when (response.HasStarted)
        {
            // The status is sent. The client comes back, with the last event that it has.
            Log.EventStreamFailed(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("HelpDesk.AspNetCore"), exception);
            context.Abort();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        // What is under way must be over before its source is disposed of; how it ends is of no interest any more.
        await ((Task?)next ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (items is not null)
            await items.DisposeAsync();
        ending.Dispose();
    }

    private async Task WriteAllAsync(IAsyncEnumerator<FeedItem> from)
    {
        // By the clock alone, whatever else is written: so that it says nothing of what is not told.
        var silence = Task.Delay(LongestSilence, clock, ending.Token);
        do
        {
            Write(from.Current);
            next = from.MoveNextAsync().AsTask();
            if (!next.IsCompleted || unflushed > MostUnflushed)
                await FlushAsync();
            while (!next.IsCompleted && await Task.WhenAny(next, silence) != next)
            {
                ending.Token.ThrowIfCancellationRequested();
                Write(Comment);
                await FlushAsync();
                silence = Task.Delay(LongestSilence, clock, ending.Token);
            }
        }
        while (await next);
        await FlushAsync();
    }

    private async Task FlushAsync()
    {
        unflushed = 0;
        var flush = context.Response.BodyWriter.FlushAsync(ending.Token);
        if (flush.IsCompleted)
        {
            await flush;
            return;
        }

        using var patience = new CancellationTokenSource(LongestWrite, clock);
        await using var end = patience.Token.Register(ending.Cancel);
        await flush;
    }

    private void Write(FeedItem item)
    {
        switch (item)
        {
            case FeedStarted { IsReset: true }:
                Write(Reset);
                break;
            case FeedEvent told:
                // What is late has no id of its own here: whoever goes on from it would be told again what they have had.
                if (!told.IsLate)
                    Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {told.Id:D}\n")));
                WriteData(TicketStreamEvent.Of(told));
                break;
            case FeedPresence presence:
                WriteData(PresenceStreamEvent.Of(presence));
                break;
        }
    }

    private void WriteData<T>(T data)
    {
        Write("data: "u8);
        Write(JsonSerializer.SerializeToUtf8Bytes(data, HelpDeskJson.Options));
        Write("\n\n"u8);
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        context.Response.BodyWriter.Write(bytes);
        unflushed += bytes.Length;
    }
}
