using HelpDesk.Assignment;
using HelpDesk.Attachments;
using HelpDesk.Numbering;
using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;

namespace HelpDesk.Specification.Costs;

/// <summary>How many commands a call costs where nobody else is at work, on a server that takes several statements at once.</summary>
public abstract class CommandCountSpecification(HelpDeskFixture fixture, ITestOutputHelper output) : DeskTest(fixture)
{
    private readonly CommandLog log = new();

    [Theory]
    [InlineData(TicketNumberMode.Block, 4)]
    [InlineData(TicketNumberMode.Strict, 5)]
    public async Task Opening_takes_four_commands_and_one_more_for_a_strict_number(TicketNumberMode mode, int most)
    {
        await using var desk = await StartAsync(options =>
        {
            options.Numbering.Mode = mode;
            options.Assignment.Strategy = BuiltInStrategy.LeastLoaded;
        });
        await desk.OpenAsync(Alice);

        var plain = await CountAsync($"open ({mode})", () => desk.OpenAsync(Alice, category: "Printers"));
        var keyed = await CountAsync($"open with a key ({mode})", () => desk.AskAsync(tickets => tickets.OpenAsync(
            new OpenTicket { Actor = Alice, Subject = "Key", Body = "Text", IdempotencyKey = $"{Guid.NewGuid():N}" }, Token)));
        var onBehalf = await CountAsync($"open on behalf ({mode})", () => desk.AskAsync(tickets => tickets.OpenAsync(
            new OpenTicket { Actor = Ann, Subject = "Key", Body = "Text", RequesterEmail = "stranger@example.com" }, Token)));

        Assert.All([plain, keyed, onBehalf], count => Assert.InRange(count, 1, most));
    }

    [Fact]
    public async Task Replies_notes_changes_and_moves_take_four_commands_and_a_new_agent_one_more()
    {
        await using var desk = await StartAsync();
        var ticket = await desk.OpenAsync(Alice);

        var counts = new[]
        {
            await CountAsync("reply of the requester", () => desk.ReplyAsync(Alice, ticket.Id)),
            await CountAsync("first reply of an agent", () => desk.ReplyAsync(Ann, ticket.Id)),
            await CountAsync("reply with a key", () => desk.AskAsync(tickets => tickets.ReplyAsync(
                new ReplyToTicket { Actor = Alice, Ticket = ticket.Id, Body = "Text", IdempotencyKey = $"{ticket.Id:N}" }, Token))),
            await CountAsync("note", () => desk.NoteAsync(Ann, ticket.Id)),
            await CountAsync("change", () => desk.ChangeAsync(new ChangeTicket
            {
                Actor = Mia, Ticket = ticket.Id, Subject = "Other", AssigneeId = "ben", Status = TicketStatus.Pending, DueAt = desk.Clock.GetUtcNow().AddDays(1),
            })),
            await CountAsync("resolve", () => desk.ResolveAsync(Ann, ticket.Id, "Done")),
        };

        // The change takes the ticket from one agent and gives it to another, and sets a due time: one more.
        Assert.All(counts, count => Assert.InRange(count, 1, 5));
        Assert.True(counts.Count(count => count > 4) <= 1, string.Join(", ", counts));
    }

    [Fact]
    public async Task Reading_takes_few_commands_however_much_there_is()
    {
        await using var desk = await StartAsync();
        var requester = Actor.User($"r-{Guid.NewGuid():N}");
        var ticket = await desk.OpenAsync(requester);
        var query = new SearchTickets { Actor = Ann, Requester = requester.Id, Limit = 100 };
        var few = await ReadAsync("little");

        for (var i = 0; i < 30; i++)
        {
            desk.Users.Add($"agent-{i}", $"Agent {i}", HelpDeskRoles.Support);
            await desk.ReplyAsync(Actor.User($"agent-{i}", HelpDeskRoles.Support), ticket.Id);
            await desk.OpenAsync(requester);
        }

        var many = await ReadAsync("much");

        Assert.Equal(few, many);
        Assert.InRange(many.Page, 1, 2);
        Assert.InRange(many.Ticket, 1, 3);
        Assert.InRange(many.History, 1, 2);

        async Task<(int Page, int Ticket, int History)> ReadAsync(string what) => (
            await CountAsync($"list page, {what}", () => desk.SearchAsync(query)),
            await CountAsync($"ticket with messages, {what}", () => desk.ConversationAsync(Ann, ticket.Id)),
            await CountAsync($"history, {what}", () => desk.HistoryAsync(ticket.Id)));
    }

    [Fact]
    public async Task Files_cost_a_few_commands_however_many_a_message_has()
    {
        await using var desk = await StartAsync();
        var ticket = await desk.OpenAsync(Alice);
        await desk.StageAsync(Alice);
        var plain = await CountAsync("reply", () => desk.ReplyAsync(Alice, ticket.Id));
        StagedUpload? staged = null;

        var staging = await CountAsync("stage", async () => staged = await desk.StageAsync(Alice));
        var one = await ReplyAsync("reply with one file", staged!.Id);
        var ten = await ReplyAsync("reply with ten files", [.. await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ => (await desk.StageAsync(Alice)).Id))]);
        var download = await CountAsync("download", () => desk.AskAsync(tickets => tickets.GetAttachmentAsync(new GetAttachment { Actor = Ann, Attachment = staged.Id }, Token)));
        var nothing = await CountAsync("sweep of nothing", () => desk.SweepFilesAsync(orphans: false));

        Assert.InRange(staging, 1, 3);
        Assert.InRange(one, 1, plain + 2);
        Assert.Equal(one, ten);
        Assert.Equal((1, 1), (download, nothing));

        Task<int> ReplyAsync(string what, params IReadOnlyList<Guid> files) => CountAsync(what, () => desk.AskAsync(tickets =>
            tickets.ReplyAsync(new ReplyToTicket { Actor = Alice, Ticket = ticket.Id, Body = "Text", Attachments = files }, Token)));
    }

    [Fact]
    public async Task Commands_do_not_grow_with_the_ticket()
    {
        await using var desk = await StartAsync();
        var ticket = await desk.OpenAsync(Alice);
        // Both take part already: the first time costs one command more.
        await desk.ReplyAsync(Ann, ticket.Id);
        await desk.ReplyAsync(Ben, ticket.Id);
        var few = await CountAsync("reply that takes over, little", () => desk.ReplyAsync(Ann, ticket.Id));
        for (var i = 0; i < 30; i++)
            await desk.ReplyAsync(Actor.User($"agent-{i}", HelpDeskRoles.Support), ticket.Id);

        Assert.Equal(few, await CountAsync("reply that takes over, much", () => desk.ReplyAsync(Ann, ticket.Id)));
    }

    private async Task<int> CountAsync(string what, Func<Task> call)
    {
        log.Clear();
        await call();
        output.WriteLine($"{what}: {log.Commands.Count}");
        return log.Commands.Count;
    }

    private Task<Desk> StartAsync(Action<HelpDeskOptions>? options = null) =>
        Fixture.StartAsync(new DeskSetup { Context = context => context.AddInterceptors(log), Options = options });
}
