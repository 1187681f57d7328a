using HelpDesk.Assignment;
using HelpDesk.Escalation;
using HelpDesk.Events;
using HelpDesk.Notifications;
using HelpDesk.Specification.Assigning;
using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Specification.Notifying;

/// <summary>The table of who is told of what: one notification a person and command, never the actor, and each kind can be switched off.</summary>
public abstract class WhoIsToldSpecification(HelpDeskFixture fixture) : NotifyingTest(fixture)
{
    [Fact]
    public async Task Of_a_new_ticket_the_requester_and_the_administrators_are_told()
    {
        var ticket = await Desk.OpenAsync(Alice);

        Assert.Equal(["alice Received", "root Opened"], await ToldAsync(ticket.Id));
    }

    [Fact]
    public async Task The_agent_who_gets_a_new_ticket_is_told_once()
    {
        var setup = SetupOf();
        setup.Strategy = BuiltInStrategy.LeastLoaded;
        await using var desk = await Fixture.StartAsync(setup);

        var ticket = await desk.OpenAsync(Alice);

        Assert.Equal(["alice Received", $"{ticket.Assignee!.Id} Opened", "root Opened"], (await ToldAsync(desk, ticket.Id)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_agent_who_opens_for_somebody_and_gets_the_ticket_knows_it()
    {
        var setup = SetupOf();
        setup.Strategy = BuiltInStrategy.LeastLoaded;
        await using var desk = await Fixture.StartAsync(setup);
        var team = await Team.CreateAsync(desk, 1);

        var ticket = (await desk.AskAsync(tickets => tickets.OpenAsync(
            new OpenTicket { Actor = team.Agents[0], Subject = "By telephone", Body = "He called.", RequesterId = Bob.Id, Category = team.Category }, Token))).Ticket();

        Assert.Equal(team.Agents[0].Id, ticket.Assignee!.Id);
        Assert.Equal(["bob Received", "root Opened"], await ToldAsync(desk, ticket.Id));
    }

    [Fact]
    public async Task Who_is_known_by_mail_only_is_told_at_the_address()
    {
        var ticket = (await Desk.AskAsync(tickets => tickets.OpenAsync(
            new OpenTicket { Actor = Ann, Subject = "By telephone", Body = "He called.", RequesterEmail = "Carl@Example.net" }, Token))).Ticket();

        Assert.Equal(["carl@example.net Received", "root Opened"], await ToldAsync(ticket.Id));
    }

    [Fact]
    public async Task A_new_assignee_is_told_by_whomever_it_was_assigned()
    {
        var ticket = await OpenAsync();

        await AssignAsync(ticket, Mia, Ann);
        Assert.Equal(["ann Assigned"], await ToldAsync(ticket));
        await AssignAsync(ticket, Ann, Ben);
        Assert.Equal(["ben Assigned"], await ToldAsync(ticket));
    }

    [Fact]
    public async Task Who_takes_a_ticket_is_not_told_of_it()
    {
        var ticket = await OpenAsync();

        await AssignAsync(ticket, Ann, Ann);

        Assert.Empty(await ToldAsync(ticket));
    }

    [Fact]
    public async Task Of_an_agents_reply_the_requester_is_told()
    {
        var ticket = await OpenAsync();

        await Desk.ReplyAsync(Ann, ticket, "Water helps.");

        Assert.Equal(["alice AgentReplied"], await ToldAsync(ticket));
        var told = Last(ticket, Alice.Id);
        Assert.Equal(("Ann", "Water helps.", false), (told.Message!.AuthorName, told.Message.Body, told.Message.IsPrivate));
    }

    [Fact]
    public async Task Of_a_requesters_reply_the_assignee_is_told()
    {
        var ticket = await OpenAsync();
        await AssignAsync(ticket, Ann, Ann);
        await ToldAsync(ticket);

        await Desk.ReplyAsync(Alice, ticket, "It still burns.");

        Assert.Equal(["ann RequesterReplied"], await ToldAsync(ticket));
    }

    [Fact]
    public async Task Without_an_assignee_the_available_agents_of_the_category_are_told()
    {
        var team = await Team.CreateAsync(Desk, 2);
        await team.SetAsync(team.Agents[1], categories: "screens");
        var ticket = (await team.OpenAsync()).Id;
        await ToldAsync(ticket);

        await Desk.ReplyAsync(Alice, ticket);
        Assert.Equal([$"{team.Agents[0].Id} RequesterReplied"], await ToldAsync(ticket));

        await team.AvailableAsync(team.Agents[0], isAvailable: false);
        await Desk.ReplyAsync(Alice, ticket);
        Assert.Empty(await ToldAsync(ticket));
    }

    [Fact]
    public async Task Of_those_at_most_twenty()
    {
        await using var desk = await Fixture.StartAsync(SetupOf());
        for (var i = 0; i < 30; i++)
            desk.Users.Add($"agent-{Guid.NewGuid():N}", "Somebody", HelpDeskRoles.Support);
        var ticket = (await desk.OpenAsync(Alice, category: Guid.NewGuid().ToString())).Id;
        await ToldAsync(desk, ticket);

        await desk.ReplyAsync(Alice, ticket);

        Assert.Equal(20, (await ToldAsync(desk, ticket)).Count);
    }

    [Fact]
    public async Task Of_a_note_the_assignee_is_told_if_somebody_else_wrote_it()
    {
        var ticket = await OpenAsync();
        await Desk.NoteAsync(Mia, ticket);
        Assert.Empty(await ToldAsync(ticket));

        await AssignAsync(ticket, Ann, Ann);
        await Desk.NoteAsync(Ann, ticket);
        Assert.Empty(await ToldAsync(ticket));

        await Desk.NoteAsync(Mia, ticket, "He is a friend of mine.");
        Assert.Equal(["ann NoteAdded"], await ToldAsync(ticket));
        Assert.True(Last(ticket, Ann.Id).Message!.IsPrivate);
    }

    [Fact]
    public async Task Of_the_resolution_the_requester_is_told_with_the_message_in_the_same()
    {
        var ticket = await OpenAsync();

        await Desk.ResolveAsync(Ann, ticket, "It is out.");

        Assert.Equal(["alice Resolved"], await ToldAsync(ticket));
        Assert.Equal("It is out.", Last(ticket, Alice.Id).Message!.Body);
    }

    [Fact]
    public async Task Who_resolves_the_own_ticket_is_not_told_but_the_assignee_hears_what_was_written()
    {
        var ticket = await OpenAsync();
        await AssignAsync(ticket, Ann, Ann);
        await ToldAsync(ticket);

        await Desk.ResolveAsync(Alice, ticket, "It went out by itself.");

        Assert.Equal(["ann RequesterReplied"], await ToldAsync(ticket));
    }

    [Fact]
    public async Task Of_closing_and_reopening_nobody_is_told()
    {
        var ticket = await OpenAsync();
        await AssignAsync(ticket, Ann, Ann);
        await ToldAsync(ticket);

        await Desk.CloseAsync(Mia, ticket);
        await Desk.ReopenAsync(Mia, ticket);

        Assert.Empty(await ToldAsync(ticket));
    }

    [Fact]
    public async Task A_reply_that_reopens_is_a_reply()
    {
        var ticket = await OpenAsync();
        await AssignAsync(ticket, Ann, Ann);
        await Desk.ResolveAsync(Ann, ticket);
        await ToldAsync(ticket);

        await Desk.ReplyAsync(Alice, ticket, "It burns again.");

        Assert.Equal(["ann RequesterReplied"], await ToldAsync(ticket));
    }

    [Fact]
    public async Task Before_a_breach_the_assignee_is_told_and_after_it_the_managers_too()
    {
        await using var desk = await Fixture.StartAsync(SetupOf(options => options.Sla.WarnBefore = TimeSpan.FromHours(1)));
        var ticket = (await desk.OpenAsync(Alice, priority: TicketPriority.Urgent)).Id;
        await desk.ChangeAsync(new ChangeTicket { Actor = Ann, Ticket = ticket, AssigneeId = Ann.Id });
        await ToldAsync(desk, ticket);

        desk.Clock.Advance(TimeSpan.FromMinutes(70));
        await SweepAsync(desk);
        Assert.Equal(["ann Warned"], await ToldAsync(desk, ticket));

        desk.Clock.Advance(TimeSpan.FromHours(1));
        await SweepAsync(desk);
        Assert.Equal(["ann Escalated", "mia Escalated"], await ToldAsync(desk, ticket));
        var target = Assert.Single(desk.Services.GetRequiredService<Postman>().Of(ticket)[^1].Targets);
        Assert.Equal((Sla.TargetKind.Resolution, new DateTimeOffset(2026, 3, 2, 11, 0, 0, TimeSpan.Zero)), (target.Kind, target.DueAt));
    }

    [Fact]
    public async Task A_breach_and_a_warning_that_are_found_together_are_both_told()
    {
        await using var desk = await Fixture.StartAsync(SetupOf(options =>
        {
            options.Sla.WarnBefore = TimeSpan.FromHours(1);
            options.Sla.FirstResponse.Urgent = TimeSpan.FromHours(1);
        }));
        var ticket = (await desk.OpenAsync(Alice, priority: TicketPriority.Urgent)).Id;
        await desk.ChangeAsync(new ChangeTicket { Actor = Mia, Ticket = ticket, AssigneeId = Ann.Id });
        await ToldAsync(desk, ticket);

        desk.Clock.Advance(TimeSpan.FromMinutes(70));
        await SweepAsync(desk);

        Assert.Equal(["ann Escalated", "ann Warned", "mia Escalated"], await ToldAsync(desk, ticket));
    }

    [Fact]
    public async Task Where_the_assignee_has_left_the_available_agents_are_told()
    {
        var team = await Team.CreateAsync(Desk, 2);
        var ticket = (await team.OpenAsync()).Id;
        await AssignAsync(ticket, Mia, team.Agents[0]);
        await ToldAsync(ticket);
        Desk.Users.Remove(team.Agents[0].Id);

        await Desk.ReplyAsync(Alice, ticket);

        Assert.Equal([$"{team.Agents[1].Id} RequesterReplied"], await ToldAsync(ticket));
    }

    [Fact]
    public async Task A_requester_who_is_no_longer_a_user_is_not_told()
    {
        Desk.Users.Add("gone", "Gone");
        var ticket = (await Desk.OpenAsync(Actor.User("gone"))).Id;
        await ToldAsync(ticket);
        Desk.Users.Remove("gone");

        await Desk.ReplyAsync(Ann, ticket);

        Assert.Empty(await ToldAsync(ticket));
    }

    [Fact]
    public async Task Where_somebody_else_acts_for_the_requester_the_requester_is_told_and_the_actor_is_not()
    {
        // A host whose colleagues may act on each other's tickets.
        await using var desk = await Fixture.StartAsync(SetupOf(also: builder => builder.UseTicketAccess<Colleagues>()));
        var ticket = (await desk.OpenAsync(Alice)).Id;
        await desk.ChangeAsync(new ChangeTicket { Actor = Ann, Ticket = ticket, AssigneeId = Ann.Id });
        await ToldAsync(desk, ticket);

        await desk.ResolveAsync(Bob, ticket, "We have solved it.");

        Assert.Equal(["alice Resolved", "ann RequesterReplied"], await ToldAsync(desk, ticket));
    }

    [Fact]
    public async Task An_agent_is_told_as_the_requester_where_he_is_the_requester()
    {
        var ticket = (await Desk.OpenAsync(Root)).Id;
        Assert.Equal(["root Received"], await ToldAsync(ticket));
        Assert.False(Last(ticket, Root.Id).Recipient.IsAgent);

        await Desk.NoteAsync(Ann, ticket, "About the boss.");
        Assert.Empty(await ToldAsync(ticket));
        await Desk.ReplyAsync(Ann, ticket);
        Assert.Equal(["root AgentReplied"], await ToldAsync(ticket));
    }

    [Fact]
    public async Task What_one_command_did_is_told_once()
    {
        var setup = SetupOf();
        setup.Strategy = BuiltInStrategy.LeastLoaded;
        await using var desk = await Fixture.StartAsync(setup);
        var team = await Team.CreateAsync(desk, 2);
        var ticket = await team.OpenAsync();
        await desk.ResolveAsync(Mia, ticket.Id);
        await team.AvailableAsync(team.Agents[0], isAvailable: false);
        await ToldAsync(desk, ticket.Id);

        // It is reopened and assigned anew in one commit.
        await desk.ReplyAsync(Alice, ticket.Id, "Again.");

        Assert.Equal(team.Agents[0].Id, ticket.Assignee!.Id);
        Assert.Equal([$"{team.Agents[1].Id} RequesterReplied"], await ToldAsync(desk, ticket.Id));
    }

    [Theory]
    [InlineData(NotificationKind.Received, "root Opened")]
    [InlineData(NotificationKind.Opened, "alice Received")]
    public async Task Each_kind_can_be_switched_off(NotificationKind kind, string left)
    {
        await using var desk = await Fixture.StartAsync(SetupOf(options => typeof(NotificationOptions).GetProperty(kind.ToString())!.SetValue(options.Notifications, false)));

        var ticket = await desk.OpenAsync(Alice);

        Assert.Equal([left], await ToldAsync(desk, ticket.Id));
    }

    [Fact]
    public void There_is_a_switch_for_every_kind() => Assert.All(Enum.GetValues<NotificationKind>(), kind =>
    {
        var options = new NotificationOptions();
        Assert.True(options.IsOn(kind));
        typeof(NotificationOptions).GetProperty(kind.ToString())!.SetValue(options, false);
        Assert.False(options.IsOn(kind));
        Assert.All(Enum.GetValues<NotificationKind>().Where(other => other != kind), other => Assert.True(options.IsOn(other)));
    });

    [Fact]
    public async Task Users_choose_what_they_want_and_in_which_language()
    {
        Choices.All[(Root.Id, NotificationKind.Opened)] = new NotificationPreference { IsWanted = false };
        Choices.All[(Alice.Id, NotificationKind.Received)] = new NotificationPreference { Language = "de-AT" };

        var ticket = await Desk.OpenAsync(Alice);

        Assert.Equal(["alice Received"], await ToldAsync(ticket.Id));
        Assert.Equal("de-AT", Last(ticket.Id, Alice.Id).Recipient.Language);
    }

    [Fact]
    public async Task Who_may_not_see_a_ticket_is_not_told_of_it()
    {
        await using var desk = await Fixture.StartAsync(SetupOf(also: builder => builder.UseTicketAccess<NothingForRoot>()));

        var ticket = await desk.OpenAsync(Alice);

        Assert.Equal(["alice Received"], await ToldAsync(desk, ticket.Id));
    }

    [Fact]
    public async Task Who_is_no_longer_a_user_is_not_told()
    {
        var ticket = await OpenAsync();
        await AssignAsync(ticket, Mia, Ann);
        Desk.Users.Remove(Ann.Id);

        Assert.Empty(await ToldAsync(ticket));
    }

    [Fact]
    public async Task A_canary_in_a_note_is_in_nothing_that_a_requester_gets_nor_in_any_event()
    {
        const string Canary = "canary-7f3a";
        var ticket = await OpenAsync();
        await AssignAsync(ticket, Mia, Ann);
        await Desk.NoteAsync(Mia, ticket, Canary);
        await ReplyWithFileAsync(ticket, "how-to.pdf", isPrivate: false);
        await Desk.ReplyAsync(Alice, ticket, "A question.");
        await Desk.NoteAsync(Mia, ticket, Canary);
        await ReplyWithFileAsync(ticket, $"{Canary}.pdf", isPrivate: true);
        await Desk.ResolveAsync(Ann, ticket, "Done.");
        await ToldAsync(ticket);

        var told = Postman.Of(ticket);
        Assert.DoesNotContain(told.Where(one => !one.Recipient.IsAgent), one => one.ToString().Contains(Canary, StringComparison.Ordinal));
        Assert.Contains(told.Where(one => one.Recipient.IsAgent), one => one.ToString().Contains(Canary, StringComparison.Ordinal));
        Assert.Equal(["how-to.pdf"], told.Where(one => !one.Recipient.IsAgent).SelectMany(one => one.Message?.Files ?? []));
        Assert.Contains($"{Canary}.pdf", told.Where(one => one.Recipient.IsAgent).SelectMany(one => one.Message?.Files ?? []));
        Assert.DoesNotContain(await Desk.EventsAsync(ticket), e => e.Payload.Contains(Canary, StringComparison.Ordinal));
    }

    private async Task ReplyWithFileAsync(Guid ticket, string name, bool isPrivate)
    {
        var file = await Desk.StageAsync(Mia, "text", name);
        await Desk.AskAsync(tickets => tickets.ReplyAsync(
            new ReplyToTicket { Actor = Mia, Ticket = ticket, Body = "See the file.", IsPrivate = isPrivate, Attachments = [file.Id] }, Token));
    }

    private async Task<Guid> OpenAsync()
    {
        var ticket = (await Desk.OpenAsync(Alice)).Id;
        await ToldAsync(ticket);
        return ticket;
    }

    private Task AssignAsync(Guid ticket, Actor by, Actor to) => Desk.ChangeAsync(new ChangeTicket { Actor = by, Ticket = ticket, AssigneeId = to.Id });

    private static async Task SweepAsync(Desk desk)
    {
        await using var scope = desk.NewScope();
        await scope.Services.GetRequiredService<IEscalationSweep>().RunAsync(Token);
    }

    private sealed class Colleagues : ITicketAccess
    {
        public IQueryable<Ticket> Visible(IQueryable<Ticket> tickets, Actor actor) => tickets;

        public bool Allows(Actor actor, Ticket ticket, TicketAction action) =>
            actor.IsAgent || action is not (TicketAction.ReadInternal or TicketAction.Note or TicketAction.Change or TicketAction.Assign);
    }

    private sealed class NothingForRoot : ITicketAccess
    {
        public IQueryable<Ticket> Visible(IQueryable<Ticket> tickets, Actor actor) => actor.Id == Root.Id ? tickets.Where(ticket => false) : tickets;

        public bool Allows(Actor actor, Ticket ticket, TicketAction action) => actor.Id != Root.Id;
    }
}
