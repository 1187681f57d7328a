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

    protected static Task TabToAsync(Visitor visitor, ILocator target, string key = "Tab") => visitor.Page.TabToAsync(target, key);

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
