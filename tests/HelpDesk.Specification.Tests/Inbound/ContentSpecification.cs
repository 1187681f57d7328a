using HelpDesk.Inbound;
using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;

namespace HelpDesk.Specification.Inbound;

/// <summary>What of a mail becomes a message, and what stays beside it.</summary>
public abstract class ContentSpecification(HelpDeskFixture fixture) : MailTest(fixture)
{
    private const string Related = """
        --b
        Content-Type: multipart/alternative; boundary=a

        --a
        Content-Type: text/plain; charset=utf-8

        See the picture.

        On Mon, 2 Mar 2026 at 08:00, Support <support@desk.example> wrote:
        > Which one?
        --a
        Content-Type: text/html; charset=utf-8

        <p>See the <b>picture</b>. <img src="cid:p1@x"></p>
        --a--
        --b
        Content-Type: image/png; name="../../p.png"
        Content-ID: <p1@x>
        Content-Disposition: inline; filename="../../p.png"
        Content-Transfer-Encoding: base64

        iVBORw0KGgo=
        --b--
        """;

    private static Eml WithPicture => new() { ContentType = "multipart/related; boundary=b", Body = Related };

    [Fact]
    public async Task Quotes_are_hidden_and_not_lost()
    {
        var ticket = await OpenByMailAsync(WithPicture);

        var message = Assert.Single(((AgentConversation)(await Desk.ConversationAsync(Ann, ticket))!).Messages);
        Assert.Equal(("See the picture.", true, true), (message.Body, message.HasQuoted, message.HasHtml));
        var whole = await Desk.AskAsync(tickets => tickets.GetWholeTextAsync(new GetWholeText { Actor = Ann, Message = message.Id }, Token));
        Assert.Contains("> Which one?", whole, StringComparison.Ordinal);
        Assert.StartsWith("See the picture.", whole, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_html_comes_with_the_pictures_of_the_same_mail()
    {
        var mail = await DeliverAsync(WithPicture with { From = "alice@example.org" });
        var message = (await Desk.ConversationAsync(Alice, mail.TicketId!.Value))!.Messages()[0];
        Assert.Equal("p.png", Assert.Single(message.Attachments).FileName);

        await using var scope = Desk.NewScope();
        var html = await scope.Tickets.GetHtmlAsync(new GetMessageHtml { Actor = Alice, Message = message.Id }, Token);

        Assert.Contains("<b>picture</b>", html!.Html, StringComparison.Ordinal);
        Assert.Equal(8, html.Images["p1@x"].Size);
        Assert.Null(await scope.Tickets.GetHtmlAsync(new GetMessageHtml { Actor = Bob, Message = message.Id }, Token));
        await Assert.ThrowsAsync<ForbiddenException>(() => scope.Tickets.GetWholeTextAsync(new GetWholeText { Actor = Alice, Message = message.Id }, Token));
        Assert.Null(await scope.Tickets.GetWholeTextAsync(new GetWholeText { Actor = Bob, Message = message.Id }, Token));
    }

    [Fact]
    public async Task What_an_agent_quotes_reaches_no_requester()
    {
        var ticket = (await Desk.OpenAsync(Alice)).Id;
        var address = await AnnsAddressAsync(ticket);

        await DeliverAsync(WithPicture with { From = "ann@example.org", Headers = ["X-Test-Sender: pass"] }, address);

        var seen = (await Desk.ConversationAsync(Alice, ticket))!.Messages()[^1];
        Assert.Equal(("See the picture.", false), (seen.Body, seen.HasHtml));
        await using var scope = Desk.NewScope();
        Assert.Null(await scope.Tickets.GetHtmlAsync(new GetMessageHtml { Actor = Alice, Message = seen.Id }, Token));
    }

    [Fact]
    public async Task A_note_hides_its_html_and_text()
    {
        var ticket = (await Desk.OpenAsync(Alice)).Id;
        await DeliverAsync(WithPicture with { From = "alice@example.org", Headers = ["Auto-Submitted: auto-replied"] }, await ReplyAddressAsync(ticket, Alice.Id));
        var note = ((AgentConversation)(await Desk.ConversationAsync(Ann, ticket))!).Messages[^1];
        Assert.True(note is { IsPrivate: true, HasHtml: true });

        await using var scope = Desk.NewScope();
        Assert.Null(await scope.Tickets.GetHtmlAsync(new GetMessageHtml { Actor = Alice, Message = note.Id }, Token));
        Assert.Null(await scope.Tickets.GetWholeTextAsync(new GetWholeText { Actor = Alice, Message = note.Id }, Token));
        Assert.NotNull(await scope.Tickets.GetHtmlAsync(new GetMessageHtml { Actor = Ann, Message = note.Id }, Token));
        Assert.Null(await scope.Tickets.GetAttachmentAsync(new GetAttachment { Actor = Alice, Attachment = note.Attachments[0].Id }, Token));
    }

    [Fact]
    public async Task A_mail_without_subject_and_text_says_so()
    {
        var ticket = await OpenByMailAsync(new Eml { Subject = null, Body = "" });

        Assert.Equal("(no subject)", (await Desk.SeeAsync(Ann, ticket)).Subject);
        Assert.Equal(["(no text)"], await TextsAsync(ticket));
    }

    [Fact]
    public async Task Very_long_text_is_cut_visibly()
    {
        var mail = await DeliverAsync(new Eml { Body = string.Concat(Enumerable.Repeat("0123456789 abcdefghij\n", 60_000)) });

        var text = (await TextsAsync(mail.TicketId!.Value))[0];
        Assert.True(text.Length is > 999_000 and < 1_000_200, $"{text.Length}");
        Assert.EndsWith("than what is kept of it.]", text, StringComparison.Ordinal);
        Assert.Contains("longer", mail.Remarks, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_hundred_files_are_kept_and_the_rest_is_said()
    {
        var parts = string.Concat(Enumerable.Range(0, 205).Select(i => $"--b\nContent-Type: text/csv; name=f{i}.csv\n\n{i}\n"));
        var mail = await DeliverAsync(new Eml { ContentType = "multipart/mixed; boundary=b", Body = $"--b\nContent-Type: text/plain\n\nMany.\n{parts}--b--\n" });

        Assert.Equal(200, (await Desk.ConversationAsync(Ann, mail.TicketId!.Value))!.Messages()[0].Attachments.Count);
        Assert.Contains("205 files", mail.Remarks, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_that_the_host_refuses_are_left_out_and_said()
    {
        await using var desk = await Fixture.StartAsync(MailSetup(options => options.Attachments.AllowedExtensions.Add(".txt")));
        var receipt = await ReceiveAsync(desk, WithPicture.ToBytes());
        await ProcessAsync(desk);

        var mail = await FindAsync(receipt.Id);
        Assert.Empty((await desk.ConversationAsync(Ann, mail.TicketId!.Value))!.Messages()[0].Attachments);
        Assert.Contains("p.png", mail.Remarks, StringComparison.Ordinal);
        Assert.Contains("p.png", (await desk.HistoryAsync(mail.TicketId.Value))[0].Reason, StringComparison.Ordinal);
    }
}
