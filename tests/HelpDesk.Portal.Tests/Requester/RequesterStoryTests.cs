using HelpDesk.Portal.Tests.Infrastructure;
using Microsoft.Playwright;

namespace HelpDesk.Portal.Tests.Requester;

/// <summary>The whole way of a request, from the sign-in to its end.</summary>
public sealed class RequesterStoryTests(PortalHost host) : RequesterTest(host)
{
    [Fact]
    public async Task A_request_is_opened_answered_resolved_reopened_and_closed_with_the_mouse()
    {
        var alice = await VisitAsync(null);
        var page = alice.Page;
        await page.GotoAsync("/support");
        await page.GetByLabel("E-mail").FillAsync("alice@example.com");
        await page.GetByLabel("Password").FillAsync("Passw0rd!");
        await Button(alice, "Sign in").ClickAsync();
        await Expect(page.GetByText("No requests yet.")).ToBeVisibleAsync();

        await page.Locator(".hd-empty").GetByRole(AriaRole.Link, new() { Name = "Create Request" }).ClickAsync();
        await page.GetByLabel("Subject").FillAsync("The printer is on fire");
        await page.GetByLabel("What happened?").FillAsync("It burns.\nPlease hurry.");
        await page.GetByLabel("Category").SelectOptionAsync("technical");
        await page.GetByLabel("Priority").SelectOptionAsync("urgent");
        await ChooseAsync(alice, File("fire.txt"));
        await Button(alice, "Create Request").ClickAsync();

        var number = await NumberAsync(alice);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync($"{number} The printer is on fire");
        await Expect(page.Locator(".hd-request-facts")).ToContainTextAsync("Open");
        await Expect(page.Locator(".hd-request-facts")).ToContainTextAsync("Urgent");
        await Expect(page.Locator(".hd-request-facts")).ToContainTextAsync("technical");
        await Expect(Messages(alice)).ToHaveCountAsync(1);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "fire.txt" })).ToBeVisibleAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "fire.txt" }).ClickAsync());
        Assert.Equal("fire.txt", download.SuggestedFilename);

        await ReplyAsync("ben", number, "Is it out?");
        await Button(alice, "Show").ClickAsync();
        await Expect(Messages(alice)).ToHaveCountAsync(2);
        await Expect(Messages(alice).Last).ToContainTextAsync("ben");
        await Expect(page.Locator(".hd-request-facts")).ToContainTextAsync("Awaiting your reply");

        await Reply(alice).FillAsync("Yes, thank you.");
        await Button(alice, "Send reply").ClickAsync();
        await Expect(Messages(alice)).ToHaveCountAsync(3);
        await Expect(Messages(alice).Last).ToContainTextAsync("You");
        await Expect(Messages(alice).Last).ToContainTextAsync("Yes, thank you.");
        await Expect(Reply(alice)).ToHaveValueAsync("");
        await Expect(page.Locator(".hd-request-facts")).ToContainTextAsync("Open");

        await Button(alice, "Mark as resolved").ClickAsync();
        await Expect(page.Locator(".hd-request-facts")).ToContainTextAsync("Resolved");
        await Expect(page.GetByText("Your reply reopens this request.")).ToBeVisibleAsync();
        await Button(alice, "Reopen").ClickAsync();
        await Expect(page.Locator(".hd-request-facts")).ToContainTextAsync("Open");
        await Button(alice, "Close request").ClickAsync();
        await Expect(page.Locator(".hd-request-facts")).ToContainTextAsync("Closed");
        await Expect(page.GetByText("Your reply opens a new request")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "My Requests" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = number })).ToContainTextAsync("Closed");
    }

    [Fact]
    public async Task A_request_is_opened_answered_and_resolved_by_the_keyboard_alone()
    {
        var bob = await VisitAsync(null);
        var page = bob.Page;
        // The browser's own window, in which its keyboard chooses.
        page.FileChooser += (_, chooser) => _ = chooser.SetFilesAsync(File("keys.txt"));
        var keys = page.Keyboard;
        await page.GotoAsync("/support");
        await Expect(page.GetByLabel("E-mail")).ToBeFocusedAsync();
        await keys.TypeAsync("bob@example.com");
        await keys.PressAsync("Tab");
        await keys.TypeAsync("Passw0rd!");
        await keys.PressAsync("Enter");
        await Expect(page.GetByText("No requests yet.")).ToBeVisibleAsync();

        await TabToAsync(bob, page.Locator(".hd-requests-create"));
        await keys.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Create Request" })).ToBeVisibleAsync();
        await TabToAsync(bob, page.GetByLabel("Subject"));
        await keys.TypeAsync("My keyboard");
        // Without a text it is not sent, and the summary leads to what is missing.
        await TabToAsync(bob, Button(bob, "Create Request"));
        await keys.PressAsync("Enter");
        await Expect(page.Locator(".hd-summary")).ToBeFocusedAsync();
        await keys.PressAsync("Tab");
        await keys.PressAsync("Enter");
        await Expect(page.GetByLabel("What happened?")).ToBeFocusedAsync();
        await keys.TypeAsync("It is all that I have.");
        await TabToAsync(bob, Button(bob, "Choose files"));
        await keys.PressAsync("Enter");
        await Expect(page.GetByText("keys.txt")).ToBeVisibleAsync();
        await TabToAsync(bob, page.GetByLabel("What happened?"), "Shift+Tab");
        await keys.PressAsync("Control+Enter");
        var number = await NumberAsync(bob);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "keys.txt" })).ToBeVisibleAsync();

        await ReplyAsync("ann", number, "Which keys?");
        await Expect(Button(bob, "Show")).ToBeVisibleAsync();
        await TabToAsync(bob, Button(bob, "Show"));
        await keys.PressAsync("Enter");
        await Expect(Messages(bob).Last).ToBeFocusedAsync();
        await TabToAsync(bob, Reply(bob));
        await keys.TypeAsync("All of them.");
        await keys.PressAsync("Control+Enter");
        await Expect(Messages(bob)).ToHaveCountAsync(3);
        await TabToAsync(bob, Button(bob, "Mark as resolved"));
        await keys.PressAsync("Enter");
        await Expect(page.Locator(".hd-request-facts")).ToContainTextAsync("Resolved");
        await TabToAsync(bob, Button(bob, "Reopen"));
        // Right after it has come it takes no press that was meant for the one before it.
        await Expect(Button(bob, "Reopen")).ToBeEnabledAsync();
        await keys.PressAsync("Space");
        await Expect(page.Locator(".hd-request-facts")).ToContainTextAsync("Open");
        await TabToAsync(bob, Button(bob, "Close request"));
        await Expect(Button(bob, "Close request")).ToBeEnabledAsync();
        await keys.PressAsync("Enter");
        await Expect(page.Locator(".hd-request-facts")).ToContainTextAsync("Closed");
        await TabToAsync(bob, page.GetByRole(AriaRole.Link, new() { Name = "My Requests" }), "Shift+Tab");
        await keys.PressAsync("Enter");
        await Expect(Rows(bob)).ToHaveCountAsync(1);
    }
}
