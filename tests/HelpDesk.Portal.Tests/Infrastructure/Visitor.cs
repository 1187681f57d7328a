using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace HelpDesk.Portal.Tests.Infrastructure;

/// <summary>How somebody's browser is set up.</summary>
public sealed record VisitorOptions
{
    public int Width { get; init; } = 1440;
    public int Height { get; init; } = 900;
    public ColorScheme Theme { get; init; } = ColorScheme.Light;
    public string Locale { get; init; } = "en-GB";
    public double Scale { get; init; } = 1;
}

/// <summary>Somebody with a browser of their own. It takes note of what no test may see: violations of the policy, failed scripts, dialogs of the browser, requests to other hosts.</summary>
public sealed class Visitor : IAsyncDisposable
{
    private readonly Uri address;
    private readonly ConcurrentQueue<string> troubles = new();
    private readonly ConcurrentQueue<Task<string>> traffic = new();

    private Visitor(Uri address, IBrowserContext context, IPage page)
    {
        this.address = address;
        Context = context;
        Page = page;
    }

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    /// <summary>What the page was refused by its own policy, what its scripts threw, what it popped up, whom else it asked.</summary>
    public IEnumerable<string> Troubles => troubles;

    public static async Task<Visitor> ComeAsync(Uri address, VisitorOptions options)
    {
        var browser = await Chromium.GetAsync();
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = address.ToString(),
            ViewportSize = new() { Width = options.Width, Height = options.Height },
            ColorScheme = options.Theme,
            Locale = options.Locale,
            TimezoneId = "Europe/Berlin",
            DeviceScaleFactor = (float)options.Scale,
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(Chromium.Patience);
        await context.AddInitScriptAsync("document.addEventListener('securitypolicyviolation', violation => console.error('POLICY ' + violation.violatedDirective + ' ' + violation.blockedURI + ' ' + violation.sample));");
        var visitor = new Visitor(address, context, await context.NewPageAsync());
        visitor.Watch();
        return visitor;
    }

    /// <summary>Signs in without the page: what a test of the sign-in itself does not use.</summary>
    public async Task SignInAsync(string person)
    {
        var answer = await Context.APIRequest.PostAsync("/identity/login?useCookies=true", new() { DataObject = new { email = $"{person}@example.com", password = "Passw0rd!" } });
        Assert.True(answer.Ok, $"{person} cannot sign in: {answer.Status}");
    }

    /// <summary>Opens a page of the portal, as <c>/new</c>, and waits until it has said what it is.</summary>
    public async Task OpenAsync(string page)
    {
        await Page.GotoAsync($"/support{page}");
        await Page.Locator("main h1").First.WaitForAsync();
    }

    /// <summary>From the next page on nothing is told by itself: not by the stream, and not by asking every now and then.</summary>
    public async Task HearNothingAsync()
    {
        await Context.RouteAsync("**/helpdesk/events", route => route.AbortAsync());
        await Context.AddInitScriptAsync("const every = window.setInterval; window.setInterval = (run, pause, ...rest) => pause === 15000 ? 0 : every(run, pause, ...rest);");
    }

    /// <summary>Holds back what the page sends by a method to an address until the result is set. Then it goes on, or is lost on its way.</summary>
    public async Task<TaskCompletionSource> HoldAsync(string method, string url, bool isLost = false)
    {
        var mayGoOn = new TaskCompletionSource();
        await Page.RouteAsync(url, async route =>
        {
            if (route.Request.Method != method)
            {
                await route.ContinueAsync();
                return;
            }

            await mayGoOn.Task;
            await (isLost ? route.AbortAsync() : route.ContinueAsync());
        });
        return mayGoOn;
    }

    /// <summary>Every address, header and body that has come to this browser.</summary>
    public async Task<string> TrafficAsync() => string.Join('\n', await Task.WhenAll(traffic));

    private void Watch()
    {
        Context.Console += (_, message) =>
        {
            // The browser's own remark on an answer that is no success; what the page makes of it is a test's matter.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
                troubles.Enqueue(message.Text);
        };
        Context.Dialog += (_, dialog) =>
        {
            troubles.Enqueue($"A dialog: {dialog.Message}");
            _ = dialog.DismissAsync();
        };
        Context.WebError += (_, error) => troubles.Enqueue(error.Error);
        Context.Request += (_, request) =>
        {
            var url = new Uri(request.Url);
            if (url.Scheme is not ("data" or "blob" or "about") && url.Authority != address.Authority)
                troubles.Enqueue($"A request to another host: {request.Url}");
        };
        Context.Response += (_, response) => traffic.Enqueue(ReadAsync(response));
    }

    private static async Task<string> ReadAsync(IResponse response)
    {
        var head = $"{response.Request.Method} {response.Url} {response.Status}";
        try
        {
            // A stream of events has no end; what it tells is read by the page itself.
            return response.Url.EndsWith("/events", StringComparison.Ordinal) ? head : $"{head}\n{await response.TextAsync()}";
        }
        catch (PlaywrightException)
        {
            return head; // A redirect, or a page that was left before its answer was whole.
        }
    }

    public async ValueTask DisposeAsync() => await Context.DisposeAsync();
}
