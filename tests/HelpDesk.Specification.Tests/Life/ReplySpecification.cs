using HelpDesk.Assignment;
using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;

namespace HelpDesk.Specification.Life;

public abstract class ReplySpecification(HelpDeskFixture fixture) : DeskTest(fixture)
{
    [Theory]
    [InlineData(TicketStatus.Open)]
    [InlineData(TicketStatus.Pending)]
    [InlineData(TicketStatus.Resolved)]
    public async Task A_requesters_reply_makes_the_ticket_open(TicketStatus from)
    {
        var ticket = await TicketThatIs(from);
        Desk.Clock.Advance(TimeSpan.FromHours(1));

        var receipt = await Desk.ReplyAsync(Alice, ticket.Id, "Still burning.");

        var seen = await Desk.SeeAsync(Alice, ticket.Id);
        Assert.Equal((ticket.Id, ticket.Number, TicketStatus.Open), (receipt.TicketId, receipt.TicketNumber, receipt.TicketStatus));
        Assert.Equal(seen.Version, receipt.TicketVersion);
        Assert.Equal(TicketStatus.Open, seen.Status);
        Assert.Null(seen.ResolvedAt);
        Assert.Equal(Desk.Clock.GetUtcNow(), seen.UpdatedAt);
        Assert.Equal(["Since this morning.", "Still burning."], await Desk.TextsAsync(Alice, ticket.Id));
    }

    [Theory]
    [InlineData(TicketStatus.Open)]
    [InlineData(TicketStatus.Pending)]
    [InlineData(TicketStatus.Resolved)]
    public async Task An_agents_reply_makes_the_ticket_pending(TicketStatus from)
    {
        var ticket = await TicketThatIs(from);

        var receipt = await Desk.ReplyAsync(Ann, ticket.Id, "Is it plugged in?");

        var seen = await Desk.SeeAsync(Alice, ticket.Id);
        Assert.Equal(TicketStatus.Pending, receipt.TicketStatus);
        Assert.Equal(TicketStatus.Pending, seen.Status);
        Assert.Null(seen.ResolvedAt);
        Assert.Equal(new LastMessage("Ann", TicketRole.Agent, Desk.Clock.GetUtcNow()), seen.LastMessage);
    }

    [Fact]
    public async Task An_agents_reply_to_a_closed_ticket_is_refused()
    {
        var ticket = await TicketThatIs(TicketStatus.Closed);

        await Assert.ThrowsAsync<TransitionNotAllowedException>(() => Desk.ReplyAsync(Ann, ticket.Id));

        Assert.Single(await Desk.TextsAsync(Ann, ticket.Id));
    }

    [Fact]
    public async Task A_requesters_reply_to_a_closed_ticket_opens_a_linked_one()
    {
        var old = await Desk.OpenAsync(Alice, "Burning", priority: TicketPriority.High, category: "Printers");
        await Desk.CloseAsync(Ann, old.Id);

        var receipt = await Desk.ReplyAsync(Alice, old.Id, "Again!");

        var linked = await Desk.SeeAsync(Alice, receipt.TicketId);
        Assert.NotEqual(old.Id, receipt.TicketId);
        Assert.NotEqual(old.Number, receipt.TicketNumber);
        Assert.Equal(TicketStatus.Open, receipt.TicketStatus);
        Assert.Equal((old.Id, "Burning", TicketPriority.High, "Printers"), (linked.LinkedTo!.Value, linked.Subject, linked.Priority, linked.Category));
        Assert.Equal(["Again!"], await Desk.TextsAsync(Alice, linked.Id));
        Assert.Equal(TicketStatus.Closed, (await Desk.SeeAsync(Alice, old.Id)).Status);
        Assert.Single(await Desk.TextsAsync(Alice, old.Id));
    }

    [Fact]
    public async Task A_requesters_reply_to_a_resolved_ticket_after_the_window_opens_a_linked_one()
    {
        var inTime = await TicketThatIs(TicketStatus.Resolved);
        var late = await TicketThatIs(TicketStatus.Resolved);

        Desk.Clock.Advance(TimeSpan.FromDays(7));
        var reopening = await Desk.ReplyAsync(Alice, inTime.Id);
        Desk.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var linking = await Desk.ReplyAsync(Alice, late.Id);

        Assert.Equal(inTime.Id, reopening.TicketId);
        Assert.NotEqual(late.Id, linking.TicketId);
        Assert.Equal(late.Id, (await Desk.SeeAsync(Alice, linking.TicketId)).LinkedTo);
        Assert.Equal(TicketStatus.Resolved, (await Desk.SeeAsync(Alice, late.Id)).Status);
    }

    [Theory]
    [InlineData(AssignOnReply.Always, "ben")]
    [InlineData(AssignOnReply.WhenUnassigned, "ann")]
    [InlineData(AssignOnReply.Never, null)]
    public async Task Who_becomes_responsible_by_replying_is_an_option(AssignOnReply onReply, string? responsible)
    {
        await using var desk = await Fixture.StartAsync(new DeskSetup { Options = options => options.Assignment.OnReply = onReply });
        var ticket = await desk.OpenAsync(Alice);

        await desk.ReplyAsync(Ann, ticket.Id);
        await desk.ReplyAsync(Ben, ticket.Id);

        Assert.Equal(responsible, (await desk.SeeAsync(Alice, ticket.Id)).Assignee?.Id);
    }

    [Fact]
    public async Task A_manager_who_is_no_agent_of_support_answers_without_becoming_responsible()
    {
        var ticket = await Desk.OpenAsync(Alice);
        await Desk.ReplyAsync(Ann, ticket.Id);

        await Desk.ReplyAsync(Mia, ticket.Id);

        Assert.Equal("ann", (await Desk.SeeAsync(Alice, ticket.Id)).Assignee?.Id);
    }

    [Fact]
    public async Task The_first_answer_and_the_oldest_unanswered_message_are_kept()
    {
        var ticket = await Desk.OpenAsync(Alice);
        var opened = Desk.Clock.GetUtcNow();
        Desk.Clock.Advance(TimeSpan.FromHours(1));
        await Desk.ReplyAsync(Alice, ticket.Id);
        var waiting = await Desk.StoredAsync(ticket.Id);
        Desk.Clock.Advance(TimeSpan.FromHours(1));
        var answered = Desk.Clock.GetUtcNow();
        await Desk.ReplyAsync(Ann, ticket.Id);
        var quiet = await Desk.StoredAsync(ticket.Id);
        Desk.Clock.Advance(TimeSpan.FromHours(1));
        await Desk.ReplyAsync(Alice, ticket.Id);
        await Desk.ReplyAsync(Ann, ticket.Id);
        var last = await Desk.StoredAsync(ticket.Id);

        Assert.Equal(opened, waiting.AwaitingReplySince);
        Assert.Null(waiting.FirstRespondedAt);
        Assert.Null(quiet.AwaitingReplySince);
        Assert.Equal(answered, quiet.FirstRespondedAt);
        Assert.Equal(answered, last.FirstRespondedAt);
    }

    [Fact]
    public async Task Ten_thousand_characters_of_any_alphabet_survive()
    {
        var body = string.Concat(Enumerable.Repeat("Grüße, Ελλάδα 🔥\n", 1000))[..9_990] + "the end";
        var ticket = await Desk.OpenAsync(Alice, body: body);

        await Desk.ReplyAsync(Ann, ticket.Id, body);

        Assert.Equal([body, body], await Desk.TextsAsync(Alice, ticket.Id));
    }

    [Fact]
    public async Task Whoever_writes_is_a_participant_once_and_has_a_reply_token_of_their_own()
    {
        var ticket = await Desk.OpenAsync(Alice);
        await Desk.ReplyAsync(Ann, ticket.Id);
        await Desk.NoteAsync(Ann, ticket.Id);
        await Desk.ReplyAsync(Alice, ticket.Id);
        await Desk.ReplyAsync(Actors.Sweeper, ticket.Id);

        var participants = await Desk.ReadAsync(context => Task.FromResult(
            context.Set<Participant>().Where(p => p.TicketId == ticket.Id).OrderBy(p => p.Name).ToList()));
        Assert.Equal(
            [("alice", ParticipantKind.Requester, "alice@example.org"), ("ann", ParticipantKind.Agent, "ann@example.org")],
            participants.Select(p => (p.UserId!, p.Kind, p.Email!)));
        Assert.All(participants, p => Assert.Matches("^[a-z2-7]{26}$", p.ReplyToken));
        Assert.Equal(2, participants.Select(p => p.ReplyToken).Distinct().Count());
    }

    [Fact]
    public async Task A_job_that_bears_the_name_of_a_user_does_not_write_as_that_participant()
    {
        var ticket = await Desk.OpenAsync(Alice);

        var receipt = await Desk.ReplyAsync(Actor.System("alice"), ticket.Id);

        var stored = await Desk.ReadAsync(context => Task.FromResult(context.Set<TicketMessage>().Single(m => m.Id == receipt.Message.Id)));
        Assert.Equal(TicketRole.System, stored.AuthorKind);
        Assert.Null(stored.AuthorParticipantId);
    }

    [Fact]
    public async Task Names_are_those_of_today_and_of_then_where_the_host_no_longer_knows_the_user()
    {
        var ticket = await Desk.OpenAsync(Alice);
        await Desk.ReplyAsync(Ann, ticket.Id);
        Desk.Users.Add("alice", "Alice Cooper");
        Desk.Users.Remove("ann");

        var conversation = (await Desk.ConversationAsync(Alice, ticket.Id))!;

        Assert.Equal(["Alice Cooper", "Ann"], conversation.Messages().Select(message => message.Author.Name));
        Assert.Equal("Alice Cooper", conversation.Ticket().Requester.Name);
    }
}
