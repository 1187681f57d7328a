using HelpDesk.Inbound;
using HelpDesk.Specification.Desks;
using HelpDesk.Specification.Infrastructure;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Specification.Inbound;

/// <summary>A process receives and processes mail and is killed, again and again, between any two of its instructions.</summary>
public abstract class KilledMailSpecification(HelpDeskFixture fixture, ITestOutputHelper output) : MailTest(fixture)
{
    private const int Kills = 8;

    [Fact]
    public async Task Whatever_was_accepted_is_one_message_after_the_restart()
    {
        var database = await Fixture.DatabaseAsync<DeskContext>();
        var accepted = new List<string>();
        for (var kill = 0; kill < Kills; kill++)
        {
            using var worker = TestWorker.Start(Fixture.Name, database, ["mail", Desk.Files, $"run{kill}"]);
            for (var line = 0; line < 10 + (3 * kill); line++)
                accepted.Add(await worker.ReadLineAsync(Token) ?? throw new InvalidOperationException("The worker has ended."));
            await worker.KillAsync(Token);
        }

        var unfinished = await Desk.ReadAsync(context => context.Set<InboundMail>().CountAsync(mail => mail.State == InboundMailState.Received, Token));
        // The real clock of the worker is ahead of the test's.
        Desk.Clock.SetUtcNow(TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(1));
        await ProcessAsync();

        var bodies = await Desk.ReadAsync(context => context.Set<TicketMessage>().Where(message => message.Channel == TicketChannel.Email).Select(message => message.Body).ToListAsync(Token));
        output.WriteLine($"After {Kills} kills: {accepted.Count} accepted, {bodies.Count} messages, {unfinished} of them were processed after the last kill.");
        Assert.Empty(bodies.GroupBy(body => body).Where(group => group.Count() > 1).Select(group => group.Key));
        Assert.Empty(accepted.Except(bodies));
        Assert.Equal(0, await Desk.ReadAsync(context => context.Set<InboundMail>().CountAsync(mail => mail.State != InboundMailState.Processed, Token)));
    }
}
