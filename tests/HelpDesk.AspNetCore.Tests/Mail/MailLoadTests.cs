using System.Diagnostics;
using HelpDesk.AspNetCore.Tests.Infrastructure;
using HelpDesk.Inbound;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.AspNetCore.Tests.Mail;

/// <summary>A thousand mails at once, on PostgreSQL, by Kestrel. Nothing else of this project runs meanwhile.</summary>
[CollectionDefinition(nameof(MailLoadTests), DisableParallelization = true)]
[Collection(nameof(MailLoadTests))]
public sealed class MailLoadTests(ITestOutputHelper output)
{
    private const int Mails = 1_000;
    private const int AtOnce = 16;

    private static readonly TimeSpan Most = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_thousand_mails_become_a_thousand_messages_within_a_minute_and_receipt_does_not_wait_for_processing()
    {
        // The best of three: what other projects' tests do to the machine meanwhile only adds.
        var best = TimeSpan.MaxValue;
        for (var time = 0; time < 3 && best > Most; time++)
            best = TimeSpan.FromTicks(Math.Min(best.Ticks, (await ReceiveAllAsync()).Ticks));

        Assert.True(best <= Most, $"{best}");
    }

    private async Task<TimeSpan> ReceiveAllAsync()
    {
        await using var host = await MailHost.StartAsync(() => TestDatabase.PostgresAsync(Token), runsInBackground: true);
        var ticket = (await (await host.AsAsync(Users.Alice)).OpenAsync()).Id;
        var reply = await host.ReadAsync(db => db.Set<Participant>().Where(person => person.TicketId == ticket).Select(person => person.ReplyToken).SingleAsync(Token));
        using var client = new HttpClient { BaseAddress = host.Address };
        var watch = Stopwatch.StartNew();

        // One in ten is delivered twice, and one in five answers one and the same ticket.
        await Parallel.ForAsync(0, Mails, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = Token }, async (i, _) =>
        {
            var isAnswer = i % 5 == 0;
            var mail = MailgunPost.Mail($"Mail {i}", isAnswer ? Users.Email(Users.Alice) : $"sender{i % 97}@example.net", $"Subject {i}", $"load-{i}");
            for (var delivery = 0; delivery < (i % 10 == 1 ? 2 : 1); delivery++)
                Assert.Equal(200, await MailgunPost.RawAsync(client, mail, isAnswer ? $"reply+{reply}@reply.example.com" : "support@example.com", TimeProvider.System.GetUtcNow(), $"load-token-{i}"));
        });
        var received = watch.Elapsed;
        var waiting = await CountAsync(host, InboundMailState.Received);
        while (await CountAsync(host, InboundMailState.Received) > 0)
        {
            Assert.True(watch.Elapsed < Patience, $"After {watch.Elapsed} {await CountAsync(host, InboundMailState.Received)} are left.");
            await Task.Delay(100, Token);
        }

        var processed = watch.Elapsed;
        output.WriteLine($"Received in {received.TotalSeconds:0.0} s, when {waiting} were still waiting; processed after {processed.TotalSeconds:0.0} s.");
        Assert.Equal(Mails, await CountAsync(host, InboundMailState.Processed));
        var bodies = await host.ReadAsync(db => db.Set<TicketMessage>().Where(message => message.Channel == TicketChannel.Email).Select(message => message.Body).ToListAsync(Token));
        Assert.Equal(Enumerable.Range(0, Mails).Select(i => $"Mail {i}").Order(StringComparer.Ordinal), bodies.Order(StringComparer.Ordinal));
        Assert.Equal(Mails / 5, await host.ReadAsync(db => db.Set<TicketMessage>().CountAsync(message => message.TicketId == ticket && message.Channel == TicketChannel.Email, Token)));
        return processed;
    }

    private static Task<int> CountAsync(TestHelpDesk host, InboundMailState state) => host.ReadAsync(db => db.Set<InboundMail>().CountAsync(mail => mail.State == state, Token));
}
