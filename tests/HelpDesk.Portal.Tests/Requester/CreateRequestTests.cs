using System.Text.RegularExpressions;
using HelpDesk.Portal.Tests.Infrastructure;
using Microsoft.Playwright;

namespace HelpDesk.Portal.Tests.Requester;

public sealed class CreateRequestTests(PortalHost host) : RequesterTest(host)
{
    private const int Mebibyte = 1024 * 1024;

    [Fact]
    public async Task What_is_missing_is_told_before_anything_is_sent()
    {
        var alice = await VisitAsync("alice");
        await alice.OpenAsync("/new");
        var isSent = false;
        await alice.Page.RouteAsync("**/helpdesk/tickets", route => { isSent = true; return route.ContinueAsync(); });
        await Button(alice, "Create Request").ClickAsync();
        var summary = alice.Page.Locator(".hd-summary");
        await Expect(summary).ToBeFocusedAsync();
        await Expect(summary.GetByRole(AriaRole.Link)).ToHaveTextAsync(["Subject: This is needed.", "What happened?: This is needed."]);
        await summary.GetByRole(AriaRole.Link, new() { Name = "What happened?" }).ClickAsync();
        await Expect(alice.Page.GetByLabel("What happened?")).ToBeFocusedAsync();
        await Expect(alice.Page.GetByLabel("What happened?")).ToHaveAttributeAsync("aria-invalid", "true");
        Assert.False(isSent);
        await Expect(alice.Page).ToHaveURLAsync(new Regex("/new$"));
    }

    [Fact]
    public async Task What_is_too_long_is_told_and_stays()
    {
        var alice = await VisitAsync("alice");
        await alice.OpenAsync("/new");
        var subject = new string('s', 256);
        await alice.Page.GetByLabel("Subject").FillAsync(subject);
        await alice.Page.GetByLabel("What happened?").FillAsync(new string('b', 10_001));
        await Button(alice, "Create Request").ClickAsync();
        await Expect(alice.Page.Locator(".hd-summary").GetByRole(AriaRole.Link)).ToHaveTextAsync(["Subject: At most 255 characters.", "What happened?: At most 10000 characters."]);
        await Expect(alice.Page.GetByLabel("Subject")).ToHaveValueAsync(subject);
        await alice.Page.GetByLabel("Subject").FillAsync("  " + subject[1..] + "  ");
        await alice.Page.GetByLabel("What happened?").FillAsync(new string('b', 10_000));
        await alice.Page.Keyboard.PressAsync("Control+Enter");
        await NumberAsync(alice);
    }

    [Fact]
    public async Task Files_beyond_the_limits_are_told_and_not_taken()
    {
        var alice = await VisitAsync("alice");
        await alice.OpenAsync("/new");
        await ChooseAsync(alice, File("huge.bin", (10 * Mebibyte) + 1), File("nothing.txt", 0), File("good.txt"));
        await Expect(alice.Page.GetByText("huge.bin is larger than 10 MiB.")).ToBeVisibleAsync();
        await Expect(alice.Page.GetByText("nothing.txt is empty.")).ToBeVisibleAsync();
        await Expect(alice.Page.Locator(".hd-files li")).ToHaveCountAsync(1);
        await ChooseAsync(alice, [.. Enumerable.Range(1, 10).Select(n => File($"{n}.txt"))]);
        await Expect(alice.Page.GetByText("At most 10 files.", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(alice.Page.Locator(".hd-files li")).ToHaveCountAsync(10);
        await Button(alice, "Remove good.txt").ClickAsync();
        await Expect(alice.Page.Locator(".hd-files li")).ToHaveCountAsync(9);
        await Expect(Button(alice, "Choose files")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task What_the_api_has_against_a_field_stands_at_the_field()
    {
        var alice = await VisitAsync("alice");
        await alice.OpenAsync("/new");
        await alice.Page.RouteAsync("**/helpdesk/tickets", route => route.FulfillAsync(new()
        {
            Status = 400,
            ContentType = "application/problem+json",
            Body = """{"title":"Bad Request","status":400,"detail":"No.","code":"validation","errors":{"subject":["Not this subject."],"attachments":["'a.exe' is of a type that is not allowed."],"category":["There is no such category."]}}""",
        }));
        await FillAsync(alice);
        await Button(alice, "Create Request").ClickAsync();
        await Expect(alice.Page.Locator(".hd-summary")).ToBeFocusedAsync();
        await Expect(alice.Page.Locator(".hd-summary").GetByRole(AriaRole.Link)).ToHaveCountAsync(3);
        await Expect(alice.Page.GetByLabel("Subject")).ToHaveAccessibleDescriptionAsync("Not this subject.");
        await Expect(alice.Page.GetByLabel("Category")).ToHaveAccessibleDescriptionAsync("There is no such category.");
        await alice.Page.Locator(".hd-summary").GetByRole(AriaRole.Link, new() { Name = "Files" }).ClickAsync();
        await Expect(alice.Page.GetByRole(AriaRole.Group, new() { Name = "Files" })).ToBeFocusedAsync();
        await Expect(alice.Page.GetByLabel("Subject")).ToHaveValueAsync("A subject");
    }

    [Fact]
    public async Task A_draft_outlives_a_reload_and_goes_when_it_is_sent()
    {
        var alice = await VisitAsync("alice");
        await alice.OpenAsync("/new");
        await FillAsync(alice);
        await alice.Page.GetByLabel("Priority").SelectOptionAsync("high");
        await ChooseAsync(alice, File("not-kept.txt"));
        await Expect(alice.Page.GetByText("Draft saved, without the files")).ToBeVisibleAsync();
        await alice.Page.ReloadAsync();
        await Expect(alice.Page.GetByLabel("Subject")).ToHaveValueAsync("A subject");
        await Expect(alice.Page.GetByLabel("What happened?")).ToHaveValueAsync("A text");
        await Expect(alice.Page.GetByLabel("Priority")).ToHaveValueAsync("high");
        await Expect(alice.Page.GetByText("Draft saved", new() { Exact = true })).ToBeVisibleAsync();
        Assert.DoesNotContain("not-kept", await alice.Page.EvaluateAsync<string>("JSON.stringify(localStorage)"), StringComparison.Ordinal);
        await Button(alice, "Create Request").ClickAsync();
        await NumberAsync(alice);
        await alice.OpenAsync("/new");
        await Expect(alice.Page.GetByLabel("Subject")).ToHaveValueAsync("");
    }

    [Fact]
    public async Task A_category_of_a_draft_that_there_is_no_more_is_told_and_not_sent()
    {
        var alice = await VisitAsync("alice");
        await alice.Page.RouteAsync("**/helpdesk/categories", route => route.FulfillAsync(new() { ContentType = "application/json", Body = """{"data":[{"name":"telefax"},{"name":"billing"}]}""" }));
        await alice.OpenAsync("/new");
        await FillAsync(alice, "By fax");
        await alice.Page.GetByLabel("Category").SelectOptionAsync("telefax");
        await Expect(alice.Page.GetByText("Draft saved")).ToBeVisibleAsync();
        await alice.Page.UnrouteAllAsync();
        await alice.Page.ReloadAsync();
        await Expect(alice.Page.GetByLabel("Subject")).ToHaveValueAsync("By fax");
        var category = alice.Page.GetByLabel("Category");
        await Expect(category).ToHaveValueAsync("");
        await Expect(category).ToHaveAccessibleDescriptionAsync("“telefax” can no longer be chosen.");
        // Until another one is chosen, whatever else is written.
        await alice.Page.GetByLabel("What happened?").FillAsync("Another text");
        await Expect(category).ToHaveAccessibleDescriptionAsync("“telefax” can no longer be chosen.");
        await category.SelectOptionAsync("billing");
        await Expect(category).ToHaveAccessibleDescriptionAsync("");
        await category.SelectOptionAsync("");
        await Expect(alice.Page.GetByText("can no longer be chosen")).ToHaveCountAsync(0);
        var sent = await alice.Page.RunAndWaitForRequestAsync(() => Button(alice, "Create Request").ClickAsync(), request => request.Method == "POST");
        Assert.DoesNotContain("telefax", sent.PostData, StringComparison.Ordinal);
        await NumberAsync(alice);
        await Expect(alice.Page.Locator(".hd-request-facts")).Not.ToContainTextAsync("telefax");
    }

    [Fact]
    public async Task Where_the_browser_keeps_nothing_who_is_signed_out_signs_in_beside_the_page_and_sends_what_they_have_written()
    {
        var alice = await VisitAsync("alice");
        await alice.Context.AddInitScriptAsync("for (const kind of ['localStorage', 'sessionStorage']) Object.defineProperty(window, kind, { get() { throw new DOMException('No.', 'SecurityError'); } });");
        await alice.OpenAsync("/new");
        await FillAsync(alice);
        await alice.Context.ClearCookiesAsync();
        await Button(alice, "Create Request").ClickAsync();
        await Expect(alice.Page.GetByText("Your browser keeps nothing: sign in beside this page")).ToBeVisibleAsync();
        var beside = await alice.Page.RunAndWaitForPopupAsync(() => alice.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync());
        await Expect(beside).ToHaveURLAsync(new Regex("/sign-in"));
        await alice.SignInAsync("alice");
        await beside.CloseAsync();
        await Button(alice, "Create Request").ClickAsync();
        await NumberAsync(alice);
    }

    [Fact]
    public async Task A_draft_outlives_the_end_of_the_session_and_is_nobody_elses()
    {
        var alice = await VisitAsync("alice");
        await alice.OpenAsync("/new");
        await FillAsync(alice);
        await alice.Context.ClearCookiesAsync();
        await Button(alice, "Create Request").ClickAsync();
        await Expect(alice.Page.GetByText("Signed out. Your draft is kept.")).ToBeVisibleAsync();
        await Expect(alice.Page.GetByLabel("Subject")).ToHaveValueAsync("A subject");

        await alice.SignInAsync("bob");
        await alice.OpenAsync("/new");
        await Expect(alice.Page.GetByLabel("Subject")).ToHaveValueAsync("");

        await alice.Context.ClearCookiesAsync();
        await alice.SignInAsync("alice");
        await alice.OpenAsync("/new");
        await Expect(alice.Page.GetByLabel("Subject")).ToHaveValueAsync("A subject");
        await Button(alice, "Create Request").ClickAsync();
        await NumberAsync(alice);
    }

    [Fact]
    public async Task An_upload_shows_how_far_it_is_and_its_cancel_keeps_the_form()
    {
        var alice = await VisitAsync("alice");
        await alice.OpenAsync("/new");
        await FillAsync(alice);
        await ChooseAsync(alice, File("large.bin", 9 * Mebibyte));
        var network = await alice.Context.NewCDPSessionAsync(alice.Page);
        await network.SendAsync("Network.enable");
        await network.SendAsync("Network.emulateNetworkConditions", new() { ["offline"] = false, ["latency"] = 0, ["downloadThroughput"] = -1, ["uploadThroughput"] = 500_000 });
        await Button(alice, "Create Request").ClickAsync();
        await Expect(alice.Page.GetByRole(AriaRole.Progressbar)).ToBeVisibleAsync();
        await Expect(alice.Page.GetByText(new Regex("Uploading, [1-9][0-9]? %"))).ToBeVisibleAsync();
        await Expect(Button(alice, "Sending…")).ToBeVisibleAsync();
        await Button(alice, "Cancel upload").ClickAsync();
        await Expect(alice.Page.GetByText("Upload cancelled. Your text is kept.")).ToBeVisibleAsync();
        await Expect(Button(alice, "Create Request")).ToBeFocusedAsync();
        await Expect(alice.Page.GetByLabel("Subject")).ToHaveValueAsync("A subject");
        await Expect(alice.Page.GetByText("large.bin")).ToBeVisibleAsync();

        await network.SendAsync("Network.emulateNetworkConditions", new() { ["offline"] = false, ["latency"] = 0, ["downloadThroughput"] = -1, ["uploadThroughput"] = -1 });
        await Button(alice, "Create Request").ClickAsync();
        await NumberAsync(alice);
        await Expect(alice.Page.GetByRole(AriaRole.Link, new() { Name = "large.bin" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_try_after_a_lost_answer_is_the_same_request()
    {
        var alice = await VisitAsync("alice");
        await alice.OpenAsync("/new");
        await FillAsync(alice, "Only once");
        var keys = new List<string>();
        await alice.Page.RouteAsync("**/helpdesk/tickets", async route =>
        {
            keys.Add(await route.Request.HeaderValueAsync("Idempotency-Key") ?? "");
            // The first one arrives, and its answer does not.
            if (keys.Count == 1)
            {
                await route.FetchAsync();
                await route.AbortAsync();
            }
            else
            {
                await route.ContinueAsync();
            }
        });
        await Button(alice, "Create Request").ClickAsync();
        await Expect(alice.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("the server could not be reached");
        await Button(alice, "Try again").ClickAsync();
        await NumberAsync(alice);
        Assert.Equal(2, keys.Count);
        Assert.Equal(keys[0], keys[1]);
        await alice.OpenAsync("/?q=once");
        await Expect(Rows(alice)).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Ones_own_new_request_is_in_the_list_at_once()
    {
        await OpenTicketAsync("bob", "Older");
        var bob = await VisitAsync("bob");
        await bob.OpenAsync("/");
        await Expect(Rows(bob)).ToHaveTextAsync(["Older"]);
        await bob.Page.Locator(".hd-requests-create").ClickAsync();
        await FillAsync(bob, "Newer");
        await Button(bob, "Create Request").ClickAsync();
        await NumberAsync(bob);
        await bob.Page.GetByRole(AriaRole.Link, new() { Name = "My Requests" }).ClickAsync();
        await Expect(Rows(bob)).ToHaveTextAsync(["Newer", "Older"]);
        // The form is no step on the way back.
        await bob.Page.GoBackAsync();
        await NumberAsync(bob);
        await bob.Page.GoBackAsync();
        await Expect(bob.Page.GetByRole(AriaRole.Heading, new() { Name = "My Requests" })).ToBeVisibleAsync();
    }

    private static async Task FillAsync(Visitor visitor, string subject = "A subject")
    {
        await visitor.Page.GetByLabel("Subject").FillAsync(subject);
        await visitor.Page.GetByLabel("What happened?").FillAsync("A text");
    }
}
