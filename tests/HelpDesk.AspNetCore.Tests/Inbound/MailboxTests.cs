using System.Text.Json;
using HelpDesk.AspNetCore.Tests.Contract;
using HelpDesk.AspNetCore.Tests.Infrastructure;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.AspNetCore.Tests.Inbound;

/// <summary>Mail that waits for an agent, and what agents decide.</summary>
public sealed class MailboxTests(SharedHost shared) : MailboxTest(shared)
{
    [Fact]
    public async Task Held_mail_is_listed_with_what_an_agent_needs_to_decide()
    {
        var held = await Host.HeldMailAsync(new TestMail { Subject = "For you", Text = "<b>Plain</b> text." });

        var mail = await FindAsync(held);

        Assert.Equal("{id state reason from to subject text receivedAt ticket}", Shape.Of(mail));
        Assert.Equal(
            ["held", "carol@elsewhere.example", TestMailExtensions.UnknownReplyAddress, "For you", "<b>Plain</b> text.", "2026-03-02T09:00:00Z"],
            mail.Texts("state", "from", "to", "subject", "text", "receivedAt"));
        Assert.Contains("none of ours", mail.Text("reason"), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, mail.GetProperty("ticket").ValueKind);
        Assert.Equal((await Ann.GetAsync("/inbound")).Text, (await Ann.GetAsync("/inbound?state=held")).Text);
        Assert.DoesNotContain(held.ToString(), (await Ann.GetAsync("/inbound?state=failed&limit=100")).Is(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_is_pages()
    {
        var mails = new List<Guid>();
        for (var i = 0; i < 3; i++)
            mails.Add(await Host.HeldMailAsync());

        var (seen, cursor) = (new List<Guid>(), "");
        do
        {
            var page = (await Ann.GetAsync($"/inbound?limit=2{cursor}")).Is(200).Json;
            seen.AddRange(page.Data().Select(mail => mail.GetProperty("id").GetGuid()));
            cursor = page.Text("nextCursor") is { } next ? $"&cursor={next}" : null;
        }
        while (cursor is not null);

        Assert.Equal(seen.Distinct(), seen);
        Assert.Empty(mails.Except(seen));
    }

    [Fact]
    public async Task A_released_mail_becomes_a_message_of_the_ticket_that_it_hints_at()
    {
        var ticket = await Alice.OpenAsync();
        var held = await HintAsync(ticket.Id, Users.Alice);
        Assert.Equal(ticket.Id, (await FindAsync(held)).GetProperty("ticket").GetProperty("id").GetGuid());

        var released = (await Ann.PostAsync($"/inbound/{held}/release")).Is(200).Json;

        Assert.Equal("processed", released.Text("state"));
        Assert.Equal([ticket.Json.Text("number"), "open"], released.GetProperty("ticket").Texts("number", "status"));
        Assert.Equal("Carol", (await Alice.MessagesAsync(ticket.Id))[^1].GetProperty("author").Text("name"));
        await GoneAsync(held);
    }

    [Fact]
    public async Task A_released_mail_becomes_a_message_of_another_ticket()
    {
        var (hinted, other) = (await Alice.OpenAsync(), await Bob.OpenAsync());
        var held = await HintAsync(hinted.Id, Users.Alice);

        var released = (await Ann.PostAsync($"/inbound/{held}/release", new { ticket = other.Json.Text("number") })).Is(200).Json;

        Assert.Equal(other.Id, released.GetProperty("ticket").GetProperty("id").GetGuid());
        Assert.Single(await Alice.MessagesAsync(hinted.Id));
        Assert.Equal(2, (await Bob.MessagesAsync(other.Id)).Count);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    [InlineData("""{"ticket":null}""")]
    public async Task A_released_mail_that_hints_at_nothing_opens_a_ticket(string? body)
    {
        var held = await Host.HeldMailAsync(new TestMail { Subject = "Let me in" });

        var ticket = (await Ann.PostAsync($"/inbound/{held}/release", body)).Is(200).Json.GetProperty("ticket").GetProperty("id").GetGuid();

        var opened = (await Ann.GetAsync($"/tickets/{ticket}")).Is(200).Json;
        Assert.Equal(["Let me in", "email"], opened.Texts("subject", "channel"));
        Assert.Equal([null, "carol@elsewhere.example"], opened.GetProperty("requester").Texts("id", "email"));
    }

    [Theory]
    [InlineData("""{"ticket":"TKT-2026-999999"}""", 400, "validation")]
    [InlineData("""{"ticket":""}""", 400, "validation")]
    [InlineData("""{"ticket":7}""", 400, "validation")]
    [InlineData("[]", 400, "malformed")]
    [InlineData("{", 400, "malformed")]
    public async Task A_wrong_release_leaves_the_mail_where_it_is(string body, int status, string code)
    {
        var held = await Host.HeldMailAsync();
        var before = await Host.CountRowsAsync();

        (await Ann.PostAsync($"/inbound/{held}/release", body)).Is(status, code);

        Assert.Equal(before, await Host.CountRowsAsync());
        Assert.Equal("held", (await FindAsync(held)).Text("state"));
    }

    [Fact]
    public async Task Of_many_releases_at_once_one_makes_the_message()
    {
        var ticket = await Alice.OpenAsync();
        var held = await HintAsync(ticket.Id, Users.Alice);
        var ben = await Host.AsAsync(Users.Ben);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => (i % 2 == 0 ? Ann : ben).PostAsync($"/inbound/{held}/release")));

        Assert.Single(answers, answer => answer.Status == 200);
        Assert.All(answers.Where(answer => answer.Status != 200), answer => Assert.Contains(answer.Code, new[] { "conflict", "validation" }));
        Assert.Equal(2, (await Alice.MessagesAsync(ticket.Id)).Count);
    }

    [Fact]
    public async Task A_rejected_mail_is_gone_for_good()
    {
        var held = await Host.HeldMailAsync();
        var tickets = await TicketsAsync();

        var rejected = (await Ann.PostAsync($"/inbound/{held}/reject")).Is(200).Json;

        Assert.Equal("rejected", rejected.Text("state"));
        Assert.Contains("ann", rejected.Text("reason"), StringComparison.Ordinal);
        await GoneAsync(held);
        Assert.Equal(tickets, await TicketsAsync());
    }

    [Fact]
    public async Task A_mail_that_cannot_be_read_is_listed_retried_downloaded_and_rejected()
    {
        var failed = await Host.FailedMailAsync();
        var mail = await FindAsync(failed, "failed");
        Assert.Contains("more than 20000 headers", mail.Text("reason"), StringComparison.Ordinal);

        (await Ann.PostAsync($"/inbound/{failed}/release")).Is(400, "validation");
        Assert.Equal("failed", (await Ann.PostAsync($"/inbound/{failed}/retry")).Is(200).Json.Text("state"));
        Assert.StartsWith("From: Carol", (await Ann.GetAsync($"/inbound/{failed}/raw")).Is(200).Text, StringComparison.Ordinal);

        Assert.Equal("rejected", (await Ann.PostAsync($"/inbound/{failed}/reject")).Is(200).Json.Text("state"));
        (await Ann.PostAsync($"/inbound/{failed}/retry")).Is(400, "validation");
    }

    [Theory]
    [InlineData("passed", "processed")]
    [InlineData("unknown", "held")]
    [InlineData("failed", "held")]
    public async Task An_agents_answer_by_mail_waits_unless_the_provider_knows_its_sender(string verdict, string state)
    {
        var ticket = await Alice.OpenAsync();
        await Ann.ReplyAsync(ticket.Id);
        var held = await HeldAsync();

        var mail = await Host.MailAsync(new TestMail
        {
            From = "ann@example.com", To = await ReplyAddressAsync(ticket.Id, Users.Ann), Text = "From my phone.", Headers = [$"{TestMailSource.VerdictHeader}: {verdict}"],
        });

        Assert.Equal(state, mail.State.ToString().ToLowerInvariant());
        Assert.Equal(state == "held" ? held + 1 : held, await HeldAsync());
        if (state == "held")
            (await Ann.PostAsync($"/inbound/{mail.Id}/reject")).Is(200);
        Assert.Equal(state == "held" ? ["requester", "agent"] : ["requester", "agent", "agent"], (await Alice.MessagesAsync(ticket.Id)).Select(message => message.GetProperty("author").Text("kind")));

        async Task<int> HeldAsync() => (await Ann.GetAsync("/stats")).Is(200).Json.GetProperty("held").GetInt32();
    }

    [Fact]
    public async Task A_held_mail_is_not_retried()
    {
        var held = await Host.HeldMailAsync();

        (await Ann.PostAsync($"/inbound/{held}/retry")).Is(400, "validation");
    }

    private Task<int> TicketsAsync() => Host.ReadAsync(db => db.Set<Ticket>().CountAsync(Token));
}
