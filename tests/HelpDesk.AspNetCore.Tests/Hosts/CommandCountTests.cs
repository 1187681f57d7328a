using System.Data.Common;
using HelpDesk.AspNetCore.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace HelpDesk.AspNetCore.Tests.Hosts;

/// <summary>How often a request goes to the database: on PostgreSQL, through the whole host, with the roles in their cache.</summary>
public sealed class CommandCountTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Block", 4)]
    [InlineData("Strict", 5)]
    public async Task A_request_goes_to_the_database_a_few_times_only(string numbering, int open)
    {
        var counter = new Counter();
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup
        {
            Database = () => TestDatabase.PostgresAsync(Token),
            Context = options => options.AddInterceptors(counter),
            // What the background service asks is not the request's.
            Configuration = { ["HelpDesk:Numbering:Mode"] = numbering, ["HelpDesk:Assignment:RunsInBackground"] = "false" },
        });
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));
        // Both agents have had a ticket: the first one of an agent costs a command more, which makes the profile.
        await alice.OpenAsync();
        var ticket = await alice.OpenAsync();
        (await ann.GetAsync("/me")).Is(200);

        // Two of them find the agent: who is there with what load, and the claim. A key is looked for first.
        await AtMostAsync(open, () => alice.OpenAsync());
        await AtMostAsync(open + 1, () => alice.PostAsync("/tickets", new { subject = "S", body = "B" }, ("Idempotency-Key", Guid.NewGuid().ToString())));
        await AtMostAsync(4, () => alice.ReplyAsync(ticket.Id));
        // Ann takes the ticket over from Ben, whose load goes down as hers goes up; and she takes part for the first time, before which the ticket is locked.
        await AtMostAsync(6, () => ann.ReplyAsync(ticket.Id));
        await AtMostAsync(4, () => ann.ReplyAsync(ticket.Id));
        await AtMostAsync(4, () => ann.NoteAsync(ticket.Id, "Among us."));
        await AtMostAsync(2, () => alice.GetAsync("/tickets"));
        await AtMostAsync(2, () => ann.GetAsync("/tickets?assignee=me&q=burns"));
        await AtMostAsync(3, () => alice.GetAsync($"/tickets/{ticket.Id}"));
        await AtMostAsync(3, () => ann.GetAsync($"/tickets/{ticket.Id}"));
        await AtMostAsync(4, () => ann.PatchAsync($"/tickets/{ticket.Id}", new { priority = "high" }));
        // A file is four more: where the store keeps it, its row, the row again once it is stored, and the command looks for it. The first one of all has drawn the store's prefix.
        var file = (await ReplyWithFileAsync()).Json.GetProperty("attachments")[0].Text("id");
        await AtMostAsync(8, ReplyWithFileAsync);
        await AtMostAsync(1, () => alice.GetAsync($"/attachments/{file}"));
        // Her load goes down.
        await AtMostAsync(5, () => ann.PostAsync($"/tickets/{ticket.Id}/resolve", new { message = "Done." }));
        // What happened, what was breached, and who the agents are; the keys, the tickets and the names.
        var mia = await host.AsAsync(Users.Mia);
        (await mia.GetAsync("/me")).Is(200);
        await AtMostAsync(3, () => mia.GetAsync("/reports"));
        await AtMostAsync(3, () => mia.GetAsync("/reports/tickets.csv"));
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", counter.Seen));

        Task<Answer> ReplyWithFileAsync() => alice.PostAsync($"/tickets/{ticket.Id}/messages", Form.Of(("body", "See there.")).File("a.txt", "a").ToContent());

        async Task AtMostAsync(int most, Func<Task<Answer>> send)
        {
            counter.Commands.Clear();
            var answer = await send();
            counter.Seen.Add(counter.Commands.Count);
            Assert.InRange(answer.Status, 200, 299);
            if (counter.Commands.Count > most)
                Assert.Fail($"{counter.Commands.Count} commands where {most} are allowed:\n{string.Join("\n\n", counter.Commands)}");
        }
    }

    private sealed class Counter : DbCommandInterceptor
    {
        public List<string> Commands { get; } = [];

        public List<int> Seen { get; } = [];

        public override DbCommand CommandInitialized(CommandEndEventData eventData, DbCommand result)
        {
            Commands.Add(result.CommandText);
            return result;
        }
    }
}
