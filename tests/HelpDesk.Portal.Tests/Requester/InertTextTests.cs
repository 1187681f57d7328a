using HelpDesk.Portal.Tests.Infrastructure;
using Microsoft.Playwright;

namespace HelpDesk.Portal.Tests.Requester;

/// <summary>Whatever somebody writes is text: as a subject, as a message, as the name of a file, and as their own name.</summary>
public sealed class InertTextTests(PortalHost host) : RequesterTest(host)
{
    [Theory]
    [MemberData(nameof(HostileTexts.All), MemberType = typeof(HostileTexts))]
    public async Task Markup_is_shown_as_it_was_written(string text)
    {
        var bob = await VisitAsync("bob");
        await RenameAsync("bob", text);
        await RenameAsync("ann", text);

        await bob.OpenAsync("/new");
        await bob.Page.GetByLabel("Subject").FillAsync(text);
        await bob.Page.GetByLabel("What happened?").FillAsync(text);
        await ChooseAsync(bob, File($"{text.Replace('/', '_')}.txt"));
        await Expect(bob.Page.Locator(".hd-files li")).ToHaveCountAsync(1);
        await bob.Page.ExpectInertAsync();
        await Button(bob, "Create Request").ClickAsync();
        var number = await NumberAsync(bob);
        await ReplyAsync("ann", number, text);
        await Button(bob, "Show").ClickAsync();
        await Expect(Messages(bob)).ToHaveCountAsync(2);
        await Expect(bob.Page.Locator("h1")).ToHaveTextAsync($"{number} {text}");
        await Expect(bob.Page.Locator(".hd-body").First).ToHaveTextAsync(text);
        await Expect(bob.Page.Locator("a.hd-file")).ToHaveCountAsync(1);
        // What is over a link or a name wakes nothing.
        await bob.Page.Locator(".hd-body").First.HoverAsync();
        await bob.Page.ExpectInertAsync();

        await bob.Page.GetByRole(AriaRole.Link, new() { Name = "My Requests" }).ClickAsync();
        await Expect(Rows(bob).First).ToHaveTextAsync(text);
        await bob.Page.ExpectInertAsync();
    }
}
