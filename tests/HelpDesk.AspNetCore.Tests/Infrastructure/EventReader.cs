using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;

namespace HelpDesk.AspNetCore.Tests.Infrastructure;

/// <summary>Reads server-sent events as a browser does: frame by frame, and the id of the last one kept.</summary>
internal sealed class EventReader : IAsyncDisposable
{
    private readonly HttpResponseMessage response;
    private readonly CancellationTokenSource leaving = new();
    private readonly ConcurrentQueue<string> frames = new();
    private readonly Task reading;

    private EventReader(HttpResponseMessage response)
    {
        this.response = response;
        reading = Task.Run(ReadAsync);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public HttpResponseMessage Response => response;

    /// <summary>All frames, without the empty line between them.</summary>
    public IReadOnlyList<string> Frames => [.. frames];

    public string Text => string.Join("\n\n", frames);

    public bool IsOver => reading.IsCompleted;

    public string? LastEventId { get; private set; }

    public static async Task<EventReader> OpenAsync(TestHelpDesk host, string person, string? lastEventId = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/helpdesk/events");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await host.TokenAsync(person));
        if (lastEventId is not null)
            request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        var response = await host.CreateClient().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        Assert.Equal(200, (int)response.StatusCode);
        return new EventReader(response);
    }

    /// <summary>The data of the events, each as its JSON.</summary>
    public IReadOnlyList<System.Text.Json.JsonElement> Data => [.. frames.SelectMany(frame => frame.Split('\n')).Where(line => line.StartsWith("data: ", StringComparison.Ordinal)).Select(line => System.Text.Json.JsonElement.Parse(line["data: ".Length..]))];

    public IReadOnlyList<string?> Kinds => [.. Data.Where(data => data.TryGetProperty("kind", out _)).Select(data => data.Text("kind"))];

    /// <summary>Waits until it is so, and lets time pass meanwhile where the host's stands still.</summary>
    public static Task UntilAsync(TestHelpDesk host, Func<bool> isSo) => Poll.UntilAsync(isSo, () => host.Clock.Advance(TimeSpan.FromMilliseconds(100)));

    public async ValueTask DisposeAsync()
    {
        await leaving.CancelAsync();
        response.Dispose();
        await Record.ExceptionAsync(() => reading);
        leaving.Dispose();
    }

    private async Task ReadAsync()
    {
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(leaving.Token), Encoding.UTF8);
        var frame = new List<string>();
        while (await reader.ReadLineAsync(leaving.Token) is { } line)
        {
            if (line.StartsWith("id:", StringComparison.Ordinal))
                LastEventId = line[3..].Trim();
            if (line.Length > 0)
            {
                frame.Add(line);
                continue;
            }

            frames.Enqueue(string.Join('\n', frame));
            frame.Clear();
        }
    }
}
