using HelpDesk.Portal.Tests.Infrastructure;
using Microsoft.Playwright;

namespace HelpDesk.Portal.Tests.AgentTicket;

/// <summary>What tests of the agent's ticket page say often.</summary>
public abstract class TicketTest(PortalHost host) : PortalTest(host)
{
    protected static ILocator Button(Visitor visitor, string name) => visitor.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>The text of the box that is open.</summary>
    protected static ILocator Box(Visitor visitor) => visitor.Page.Locator("#composer-text");

    /// <summary>What a field of the ticket shows: not its hidden select, which holds all values.</summary>
    protected static ILocator Field(Visitor visitor, string name) => visitor.Page.Locator(".hd-picker").Filter(new() { Has = visitor.Page.Locator($".hd-label:text-is('{name}')") }).Locator(".hd-picker-button");

    protected static async Task PickAsync(Visitor visitor, string field, string value)
    {
        await Field(visitor, field).ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Menuitemradio, new() { Name = value }).ClickAsync();
    }
}
