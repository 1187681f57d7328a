using HelpDesk.Portal.Tests.Infrastructure;
using HelpDesk.Tickets;
using Microsoft.Playwright;

namespace HelpDesk.Portal.Tests.Agent;

/// <summary>Pictures of the agents' pages for the documentation.</summary>
public sealed class AgentPictureTests(PortalHost host) : AgentTest(host)
{
    [Fact]
    public async Task Pictures_are_taken_where_they_are_wanted()
    {
        Assert.SkipUnless(Screenshots.AreWanted, "HELPDESK_SCREENSHOTS is not 1.");
        var first = await AssignedAsync("ann", "Nobody in our office can sign in", TicketPriority.Urgent, "technical", TimeSpan.FromMinutes(-10));
        await AssignedAsync("ann", "Import stops in the middle of the file", TicketPriority.High, "technical", TimeSpan.FromMinutes(25));
        await AssignedAsync("ann", "Invoice 2093 shows our old address", TicketPriority.Normal, "billing", TimeSpan.FromMinutes(65));
        await AssignedAsync("ann", "How do I add a second administrator?", TicketPriority.Low, null, TimeSpan.FromDays(3));
        await AssignedAsync("ben", "Charged twice in March", TicketPriority.High, "billing");
        await MailToAsync(first, "Re: Nobody in our office can sign in", "We still cannot.\n\nCarol");
        await MailAsync("Please pay this invoice now", "The invoice is attached.\n\nYours, the bank");
        var signedIn = await VisitAsync("ann");
        await signedIn.Context.APIRequest.PostAsync("/helpdesk/saved-replies", new() { DataObject = new { title = "Ask for the version", body = "Which version do you use? You find it in the menu, under Help.", shared = true } });

        foreach (var theme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            foreach (var width in new[] { 1440, 390 })
            {
                var ann = await VisitAsync("ann", new() { Width = width, Height = width == 390 ? 844 : 900, Theme = theme });
                await ann.OpenAsync("/agent/mine");
                await ann.Page.Locator("[data-row] input[type=checkbox]").Nth(1).CheckAsync();
                await ann.Page.Locator(".hd-bulk").WaitForAsync();
                await ann.Page.EvaluateAsync("window.scrollTo(0, 0)");
                await Screenshots.TakeAsync(ann, "queue");
                await ann.OpenAsync("/agent/new");
                await ann.Page.Locator("#request-requester").FillAsync("dora@example.com");
                await ann.Page.GetByLabel("Subject").FillAsync("Needs the invoice of May once more");
                await ann.Page.GetByLabel("What happened?").FillAsync("She called: the link in our mail has run out, and her accountant needs it by Friday.");
                await ann.Page.GetByLabel("Category").SelectOptionAsync("billing");
                await Screenshots.TakeAsync(ann, "new-ticket");
                await ann.Page.EvaluateAsync("localStorage.clear()");
                await ann.OpenAsync("/agent/held");
                await ann.Page.Locator("[data-mail]").First.WaitForAsync();
                await Screenshots.TakeAsync(ann, "held-mail");
                await ann.OpenAsync("/settings");
                await ann.Page.Locator(".hd-settings section:last-child li").First.WaitForAsync();
                await Screenshots.TakeAsync(ann, "settings");
                var nobody = await VisitAsync(null, new() { Width = width, Height = width == 390 ? 844 : 900, Theme = theme });
                await nobody.Page.GotoAsync("/sign-in");
                await Screenshots.TakeAsync(nobody, "sign-in");
            }
        }
    }
}
