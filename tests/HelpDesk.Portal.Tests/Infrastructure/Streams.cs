using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace HelpDesk.Portal.Tests.Infrastructure;

/// <summary>The streams of events as the server has them: a browser that is told to be offline keeps what is open, so they are cut here.</summary>
public sealed class Streams : IStartupFilter
{
    private readonly ConcurrentDictionary<HttpContext, bool> open = new();
    private readonly ConcurrentQueue<string> resumedAfter = new();

    /// <summary>The ids after which streams were to go on, oldest first.</summary>
    public IReadOnlyCollection<string> ResumedAfter => resumedAfter;

    /// <summary>Cuts the connection of each stream that is open.</summary>
    public void Cut()
    {
        Assert.NotEmpty(open);
        foreach (var (stream, _) in open)
            stream.Abort();
    }

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (context, following) =>
        {
            if (context.Request.Path != "/helpdesk/events")
            {
                await following(context);
                return;
            }

            if (context.Request.Headers.TryGetValue("Last-Event-ID", out var id))
                resumedAfter.Enqueue(id.ToString());
            open.TryAdd(context, true);
            try
            {
                await following(context);
            }
            finally
            {
                open.TryRemove(context, out _);
            }
        });
        next(app);
    };
}
