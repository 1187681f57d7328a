using System.Text.RegularExpressions;
using HelpDesk.Portal.Tests.Infrastructure;
using HelpDesk.Tickets;
using Microsoft.Playwright;

namespace HelpDesk.Portal.Tests.Requester;

/// <summary>What the tests of the requester's pages say often.</summary>
public abstract class RequesterTest(PortalHost host) : PortalTest(host)
{
    protected static ILocator Button(Visitor visitor, string name) => visitor.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    protected static ILocator Reply(Visitor visitor) => visitor.Page.GetByLabel("Your reply");

    protected static ILocator Messages(Visitor visitor) => visitor.Page.Locator("ol.hd-messages > li");

    /// <summary>The links of the list, in its order.</summary>
    protected static ILocator Rows(Visitor visitor) => visitor.Page.Locator("main .hd-request a");

    protected static Task<string> FocusedAsync(Visitor visitor) => visitor.Page.EvaluateAsync<string>("document.activeElement.id || document.activeElement.textContent");

    protected static FilePayload File(string name, int bytes = 1_000) => new() { Name = name, MimeType = "application/octet-stream", Buffer = new byte[bytes] };

    protected static Task ChooseAsync(Visitor visitor, params FilePayload[] files) => visitor.Page.Locator("input[type=file]").SetInputFilesAsync(files);

    protected static async Task<string> NumberAsync(Visitor visitor)
    {
        await Expect(visitor.Page).ToHaveURLAsync(new Regex("/support/t/TKT-[0-9-]+$"));
        return new Uri(visitor.Page.Url).Segments[^1];
    }

    /// <summary>Presses Tab until the element has the focus, as somebody without a mouse does.</summary>
    protected static async Task TabToAsync(Visitor visitor, ILocator target, string key = "Tab")
    {
        for (var presses = 0; presses < 60; presses++)
        {
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                await AssertFocusIsSeenAsync(visitor);
                return;
            }

            await visitor.Page.Keyboard.PressAsync(key);
        }

        Assert.Fail($"The keyboard does not come to {target}; it is at {await FocusedAsync(visitor)}.");
    }

    /// <summary>The element with the focus is in the window, nothing covers its middle, and it has a ring.</summary>
    protected static async Task AssertFocusIsSeenAsync(Visitor visitor) => Assert.Equal("seen", await visitor.Page.EvaluateAsync<string>("""
        () => {
            const element = document.activeElement;
            const box = element.getBoundingClientRect();
            const x = box.left + box.width / 2, y = Math.max(box.top, 0) + (Math.min(box.bottom, innerHeight) - Math.max(box.top, 0)) / 2;
            const at = document.elementFromPoint(x, y);
            if (!at || !(element.contains(at) || at.contains(element))) return `${element.outerHTML.slice(0, 80)} is covered by ${at && at.outerHTML.slice(0, 80)}`;
            return getComputedStyle(element).outlineStyle === 'none' ? `${element.outerHTML.slice(0, 80)} has no ring` : 'seen';
        }
        """));

    protected static async Task AssertNoSidewaysScrollAsync(Visitor visitor) =>
        Assert.Equal("", await visitor.Page.EvaluateAsync<string>("""
            () => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? ''
                : [...document.querySelectorAll('body *')].filter(element => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1).map(element => element.outerHTML.slice(0, 100)).slice(0, 3).join('\n') || 'wider'
            """));

    protected async Task<Actor> ActorAsync(string person)
    {
        var id = await Host.IdOfAsync(person);
        return person is "ann" or "ben" ? Actor.User(id, HelpDeskRoles.Support) : Actor.User(id);
    }

    protected async Task ResolveAsync(string person, string number)
    {
        var actor = await ActorAsync(person);
        await Host.DoAsync(tickets => tickets.ResolveAsync(new ResolveTicket { Actor = actor, Ticket = TicketKey.Parse(number) }, CancellationToken));
    }

    protected async Task CloseAsync(string person, string number)
    {
        var actor = await ActorAsync(person);
        await Host.DoAsync(tickets => tickets.CloseAsync(new CloseTicket { Actor = actor, Ticket = TicketKey.Parse(number) }, CancellationToken));
    }
}
