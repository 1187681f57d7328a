using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;

namespace HelpDesk.Specification.Writers;

public abstract class IdempotencySpecification(HelpDeskFixture fixture) : DeskTest(fixture)
{
    private readonly string key = $"{Guid.NewGuid():N}";

    [Fact]
    public async Task One_key_sent_twenty_times_at_once_opens_one_ticket()
    {
        var answers = await AtOnce.RunAsync(20, _ => OpenAsync(Alice, "Once"));

        Assert.Single(answers.Select(answer => answer.Ticket().Number).Distinct());
        Assert.Equal(1, await Desk.ReadAsync(context => Task.FromResult(context.Set<Ticket>().Count(t => t.Subject == "Once" + key))));
    }

    [Fact]
    public async Task One_key_sent_twenty_times_at_once_is_one_message()
    {
        var ticket = await Desk.OpenAsync(Alice);

        var answers = await AtOnce.RunAsync(20, _ => ReplyAsync(Alice, ticket.Id, "Once"));

        Assert.Single(answers.Select(answer => answer.Message.Id).Distinct());
        Assert.Equal(["Since this morning.", "Once"], await Desk.TextsAsync(Alice, ticket.Id));
    }

    [Fact]
    public async Task One_key_sent_twenty_times_at_once_to_a_closed_ticket_opens_one_linked_ticket()
    {
        var ticket = await TicketThatIs(TicketStatus.Closed);

        var answers = await AtOnce.RunAsync(20, _ => ReplyAsync(Alice, ticket.Id, "Again"));

        Assert.Single(answers.Select(answer => answer.TicketId).Distinct());
        Assert.Equal(1, await Desk.ReadAsync(context => Task.FromResult(context.Set<Ticket>().Count(t => t.LinkedTicketId == ticket.Id))));
    }

    [Fact]
    public async Task The_key_of_another_command_is_refused()
    {
        var ticket = (await OpenAsync(Alice, "First")).Ticket();
        await ReplyAsync(Alice, ticket.Id, "First");

        await Assert.ThrowsAsync<IdempotencyKeyReusedException>(() => OpenAsync(Alice, "Second"));
        await Assert.ThrowsAsync<IdempotencyKeyReusedException>(() => ReplyAsync(Alice, ticket.Id, "Second"));
        Assert.Equal(2, (await Desk.TextsAsync(Alice, ticket.Id)).Count);
    }

    [Fact]
    public async Task Keys_belong_to_their_actor_and_a_job_is_not_the_user_of_its_name()
    {
        var first = (await OpenAsync(Alice, "First")).Ticket();
        var second = (await OpenAsync(Bob, "Second")).Ticket();
        var third = (await OpenAsync(Actor.System("alice"), "Third", requester: "alice")).Ticket();

        Assert.Equal(3, new[] { first.Id, second.Id, third.Id }.Distinct().Count());
    }

    [Fact]
    public async Task A_key_is_forgotten_after_a_day()
    {
        var first = (await OpenAsync(Alice, "First")).Ticket();
        Desk.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMilliseconds(1));
        var same = (await OpenAsync(Alice, "First")).Ticket();
        Desk.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var second = (await OpenAsync(Alice, "Second")).Ticket();
        var again = (await OpenAsync(Alice, "Second")).Ticket();

        Assert.Equal((first.Id, second.Id), (same.Id, again.Id));
        Assert.NotEqual(first.Id, second.Id);
    }

    [Fact]
    public async Task Twenty_who_find_one_expired_key_open_one_ticket()
    {
        await OpenAsync(Alice, "First");
        Desk.Clock.Advance(TimeSpan.FromDays(2));

        var answers = await AtOnce.RunAsync(20, _ => OpenAsync(Alice, "Second"));

        Assert.Single(answers.Select(answer => answer.Ticket().Id).Distinct());
        Assert.Equal(1, await Desk.ReadAsync(context => Task.FromResult(context.Set<Ticket>().Count(t => t.Subject == "Second" + key))));
    }

    [Fact]
    public async Task A_repetition_gives_the_first_result_though_the_ticket_was_closed_meanwhile()
    {
        var ticket = await Desk.OpenAsync(Alice);
        var first = await ReplyAsync(Ann, ticket.Id, "Text");
        await Desk.CloseAsync(Ben, ticket.Id);

        var second = await ReplyAsync(Ann, ticket.Id, "Text");

        Assert.Equivalent(first.Message, second.Message, strict: true);
        Assert.Equal((ticket.Id, TicketStatus.Closed), (second.TicketId, second.TicketStatus));
    }

    [Fact]
    public async Task A_repetition_of_a_linking_reply_names_the_linked_ticket()
    {
        var ticket = await TicketThatIs(TicketStatus.Closed);
        var first = await ReplyAsync(Alice, ticket.Id, "Again");

        var second = await ReplyAsync(Alice, ticket.Id, "Again");

        Assert.Equivalent(first, second, strict: true);
        Assert.NotEqual(ticket.Id, second.TicketId);
    }

    [Fact]
    public async Task A_failed_command_leaves_its_key_unused()
    {
        var ticket = await TicketThatIs(TicketStatus.Closed);
        await Assert.ThrowsAsync<TransitionNotAllowedException>(() => ReplyAsync(Ann, ticket.Id, "Text"));
        await Desk.ReopenAsync(Ann, ticket.Id);

        await ReplyAsync(Ann, ticket.Id, "Text");

        Assert.Equal(2, (await Desk.TextsAsync(Alice, ticket.Id)).Count);
    }

    private Task<TicketConversation> OpenAsync(Actor actor, string subject, string? requester = null) => Desk.AskAsync(tickets => tickets.OpenAsync(
        new OpenTicket { Actor = actor, Subject = subject + key, Body = "Text", IdempotencyKey = key, RequesterId = requester }, Token));

    private Task<MessageReceipt> ReplyAsync(Actor actor, Guid ticket, string body) =>
        Desk.AskAsync(tickets => tickets.ReplyAsync(new ReplyToTicket { Actor = actor, Ticket = ticket, Body = body, IdempotencyKey = key }, Token));
}
