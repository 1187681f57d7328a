using System.Text.RegularExpressions;
using HelpDesk.Portal.Tests.Infrastructure;
using Microsoft.Playwright;

namespace HelpDesk.Portal.Tests.Agent;

public sealed class HeldMailTests(PortalHost host) : AgentTest(host)
{
    [Fact]
    public async Task A_held_mail_is_shown_as_text_with_the_reason_and_an_agent_releases_it_to_its_ticket_after_being_asked_once()
    {
        const string Text = "<b>Bold</b> <img src=x onerror=alert(1)>";
        var number = await OpenTicketAsync("alice", "About the printer");
        await MailToAsync(number, "A stranger answers", Text);
        var ann = await VisitAsync("ann");
        var page = ann.Page;
        await ann.OpenAsync("/agent/held");
        var mail = Mail(page, "A stranger answers");
        await Expect(mail).ToContainTextAsync("carol@elsewhere.example");
        await Expect(mail).ToContainTextAsync("It came to somebody else’s reply address");
        await Expect(mail).ToContainTextAsync(Text);
        foreach (var column in new[] { "From", "Subject", "Held because", "Received" })
            await Expect(page.GetByRole(AriaRole.Columnheader, new() { Name = column, Exact = true })).ToBeVisibleAsync();

        await mail.GetByRole(AriaRole.Button, new() { Name = $"Release to {number}…" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Release this mail?" });
        await Expect(dialog).ToContainTextAsync("“About the printer”, by alice");
        Assert.Single((await ReadAsync(number)).Messages);
        await dialog.GetByRole(AriaRole.Button, new() { Name = $"Release carol@elsewhere.example to {number}" }).ClickAsync();
        await Expect(page.GetByText($"Released to {number}.")).ToBeVisibleAsync();
        await Expect(mail.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        await Expect(mail.GetByText("Now a message of")).ToBeFocusedAsync();
        await Expect(mail.GetByRole(AriaRole.Link, new() { Name = number })).ToHaveAttributeAsync("href", $"/support/agent/t/{number}");
        var released = (await ReadAsync(number)).Messages[^1];
        Assert.Equal((Text, false), (released.Body, released.IsPrivate));

        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Held mail" }).WaitForAsync();
        await Expect(mail).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_mail_that_hints_at_nothing_is_released_to_a_number_that_is_looked_up_first()
    {
        var number = await OpenTicketAsync("bob", "The right one");
        await MailAsync("Belongs somewhere");
        var ann = await VisitAsync("ann");
        var page = ann.Page;
        await ann.OpenAsync("/agent/held");
        await Mail(page, "Belongs somewhere").GetByRole(AriaRole.Button, new() { Name = "Release to…" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        var field = dialog.GetByLabel("Ticket");
        await Expect(field).ToBeFocusedAsync();
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Release carol" })).ToBeDisabledAsync();
        await field.FillAsync("TKT-1999-000001");
        await Expect(dialog).ToContainTextAsync("There is no ticket of this number.");
        await field.PressAsync("Enter");
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Not saved: There is no ticket of this number.");
        await field.FillAsync(number.ToLowerInvariant());
        await Expect(dialog).ToContainTextAsync("“The right one”, by bob");
        await dialog.GetByRole(AriaRole.Button, new() { Name = $"Release carol@elsewhere.example to {number}" }).ClickAsync();
        await Expect(page.GetByText($"Released to {number}.")).ToBeVisibleAsync();
        Assert.Equal(2, (await ReadAsync(number)).Messages.Count);
    }

    [Fact]
    public async Task By_keyboard_a_mail_becomes_a_new_ticket_and_another_is_rejected()
    {
        await MailAsync("Spam");
        await MailAsync("A new matter");
        var ann = await VisitAsync("ann");
        var page = ann.Page;
        await ann.OpenAsync("/agent/held");
        await Mail(page, "A new matter").GetByRole(AriaRole.Button, new() { Name = "New ticket" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText(new Regex(@"^TKT-\d+-\d+ was opened\.$"))).ToBeVisibleAsync();
        await Expect(Mail(page, "A new matter").GetByText("Now a message of")).ToBeFocusedAsync();
        var opened = await Mail(page, "A new matter").Locator("a").InnerTextAsync();
        Assert.Equal("A new matter", (await ReadAsync(opened)).Ticket.Subject);

        await Mail(page, "Spam").GetByRole(AriaRole.Button, new() { Name = "Reject" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var dialog = page.GetByRole(AriaRole.Alertdialog, new() { Name = "Reject this mail?" });
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(Mail(page, "Spam").GetByRole(AriaRole.Button, new() { Name = "Reject" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Shift+Tab");
        await page.Keyboard.PressAsync("Enter");
        await Expect(Mail(page, "Spam").GetByText("Rejected.")).ToBeFocusedAsync();
        await Expect(Mail(page, "Spam")).ToHaveClassAsync(new Regex("hd-gone"));
    }

    [Fact]
    public async Task What_a_colleague_has_decided_meanwhile_is_told_at_the_mail()
    {
        await MailAsync("Two decide");
        var ann = await VisitAsync("ann");
        await ann.OpenAsync("/agent/held");
        var mail = Mail(ann.Page, "Two decide");
        await mail.GetByRole(AriaRole.Button, new() { Name = "Reject" }).ClickAsync();
        var ben = await VisitAsync("ben");
        var answer = await ben.Context.APIRequest.PostAsync($"/helpdesk/inbound/{await mail.GetAttributeAsync("data-mail")}/reject");
        Assert.True(answer.Ok);
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Reject the mail" }).ClickAsync();
        await Expect(mail).ToContainTextAsync("Somebody else has decided.");
        await Expect(mail.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_failed_mail_can_be_processed_again_downloaded_and_rejected()
    {
        await MailAsync("Unreadable", headers: 20_001);
        var ann = await VisitAsync("ann");
        var page = ann.Page;
        await ann.OpenAsync("/agent/held");
        await page.GetByRole(AriaRole.Link, new() { Name = "Failed" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex(@"/agent/held\?list=failed$"));
        var mail = page.Locator("[data-mail]");
        await Expect(mail).ToContainTextAsync("It has too many or too large headers.");
        await mail.GetByRole(AriaRole.Button, new() { Name = "Process again" }).ClickAsync();
        await Expect(mail.GetByRole(AriaRole.Alert)).ToContainTextAsync("It failed again.");
        var download = await page.RunAndWaitForDownloadAsync(() => mail.GetByRole(AriaRole.Link, new() { Name = "Download the original" }).ClickAsync());
        Assert.Equal("mail.eml", download.SuggestedFilename);
        await mail.GetByRole(AriaRole.Button, new() { Name = "Reject" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Reject the mail" }).ClickAsync();
        await Expect(mail).ToContainTextAsync("Rejected.");
    }

    [Fact]
    public async Task A_long_mail_is_folded_until_its_reader_wants_all_of_it()
    {
        await MailAsync("A whole novel", string.Join('\n', Enumerable.Range(1, 60).Select(line => $"Line {line}")));
        var ann = await VisitAsync("ann");
        await ann.OpenAsync("/agent/held");
        var text = Mail(ann.Page, "A whole novel").Locator(".hd-body");
        var folded = (await text.BoundingBoxAsync())!.Height;
        await Mail(ann.Page, "A whole novel").GetByRole(AriaRole.Button, new() { Name = "Show all" }).ClickAsync();
        await Expect(Mail(ann.Page, "A whole novel").GetByRole(AriaRole.Button, new() { Name = "Show less" })).ToHaveAttributeAsync("aria-expanded", "true");
        Assert.True((await text.BoundingBoxAsync())!.Height > folded * 4);
    }

    private static ILocator Mail(IPage page, string subject) => page.Locator("[data-mail]").Filter(new() { HasText = subject });
}
