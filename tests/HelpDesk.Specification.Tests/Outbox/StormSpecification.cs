using System.Diagnostics;
using HelpDesk.Events;
using HelpDesk.Notifications;
using HelpDesk.Specification.Desks;
using HelpDesk.Specification.Infrastructure;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace HelpDesk.Specification.Outbox;

/// <summary>Processes that send mail are killed all the time, and the mail server refuses one mail in five. Not one is lost, and a repetition can be told as one.</summary>
public abstract class StormSpecification(HelpDeskFixture fixture, ITestOutputHelper output) : DeskTest(fixture)
{
    private const int Tickets = 400;
    private const int Replies = 4; // Of an agent, each of them a mail; the first mail says that the request has arrived.
    private const int Mails = Tickets * (1 + Replies);

    private static readonly TimeSpan Storm = Environment.GetEnvironmentVariable("HELPDESK_SOAK") == "1" ? TimeSpan.FromMinutes(10) : TimeSpan.FromSeconds(60);
    private static readonly TimeSpan MostTime = TimeSpan.FromMinutes(5);

    /// <summary>How many processes send.</summary>
    protected abstract int Processes { get; }

    protected override DeskSetup Setup => new()
    {
        HasHandlers = false,
        HelpDesk = builder => builder.AddSmtpNotifications(smtp => (smtp.Host, smtp.From) = ("127.0.0.1", "support@example.com")),
    };

    [Fact]
    public async Task Two_thousand_mails_survive_a_minute_of_kills()
    {
        await using var server = await MailServer.StartAsync("--refuse-every", "5");
        Desk.Clock.SetUtcNow(TimeProvider.System.GetUtcNow());
        var watch = Stopwatch.StartNew();

        var writing = Task.Run(WriteAsync, Token);
        var kills = await SurviveAsync(server, watch);
        await writing;
        var left = await LeftAsync();
        await FinishAsync(server);

        var mails = (await server.ReadAsync()).Select(Mail.Of).ToList();
        output.WriteLine($"{kills} kills in {Storm.TotalSeconds} s; {left} deliveries were left after them; all done after {watch.Elapsed.TotalSeconds:F0} s; {mails.Count - Mails} mails were repetitions.");
        var first = mails.DistinctBy(mail => mail.MessageId).ToList();
        Assert.Equal(Mails, first.Count);
        Assert.Equal(Mails, mails.DistinctBy(mail => (mail.To, mail.Number)).Count());
        Assert.All(first.GroupBy(mail => mail.To), ticket => Assert.Equal(Enumerable.Range(0, 1 + Replies), ticket.Select(mail => mail.Number)));
        Assert.Equal(Tickets, first.DistinctBy(mail => mail.To).Count());
        // A killed process had at most four under way that were sent and not marked, and a busy one may mark them too late.
        Assert.InRange(mails.Count - Mails, 0, (kills + Processes) * 8);
        Assert.Equal(Mails, await Desk.ReadAsync(context => context.Set<TicketNotification>().CountAsync(row => row.State == NotificationState.Sent, Token)));
    }

    /// <summary>Opens the tickets and answers them, as fast as the storm lasts.</summary>
    private async Task WriteAsync()
    {
        var watch = Stopwatch.StartNew();
        for (var ticket = 0; ticket < Tickets; ticket++)
        {
            var number = ticket;
            var opened = (await Desk.AskAsync(tickets => tickets.OpenAsync(
                new OpenTicket { Actor = Mia, Subject = "In a storm", Body = "Message 0.", RequesterEmail = $"requester-{number}@example.com" }, Token))).Ticket();
            for (var reply = 1; reply <= Replies; reply++)
                await Desk.ReplyAsync(Mia, opened.Id, $"Message {reply}.");
            var ahead = (Storm * 0.9 * (ticket + 1) / Tickets) - watch.Elapsed;
            if (ahead > TimeSpan.Zero)
                await Task.Delay(ahead, Token);
        }
    }

    private async Task<int> SurviveAsync(MailServer server, Stopwatch watch)
    {
        var kills = 0;
        var workers = new List<TestWorker>();
        while (workers.Count < Processes)
            workers.Add(await StartAsync(server));
        while (watch.Elapsed < Storm)
        {
            var before = (await server.ReadAsync()).Count;
            await Task.Delay(TimeSpan.FromSeconds(1), Token);
            // Processes that are killed before they have done anything prove nothing: on a busy machine, or while SQLite lets only this process write, it takes them some seconds.
            while (watch.Elapsed < Storm && (await server.ReadAsync()).Count == before)
                await Task.Delay(100, Token);

            var victim = Random.Shared.Next(Processes);
            await workers[victim].KillAsync(Token);
            workers[victim].Dispose();
            workers[victim] = await StartAsync(server);
            kills++;
        }

        workers.ForEach(worker => worker.Dispose());
        return kills;
    }

    private async Task FinishAsync(MailServer server)
    {
        var watch = Stopwatch.StartNew();
        var workers = new List<TestWorker>();
        while (workers.Count < Processes)
            workers.Add(await StartAsync(server));
        while (await LeftAsync() > 0)
        {
            Assert.True(watch.Elapsed < MostTime, $"{await LeftAsync()} deliveries are left.");
            await Task.Delay(200, Token);
        }

        foreach (var worker in workers)
        {
            await worker.EndAsync(Token);
            worker.Dispose();
        }
    }

    private async Task<TestWorker> StartAsync(MailServer server) =>
        TestWorker.Start(Fixture.Name, await Fixture.DatabaseAsync<DeskContext>(), ["dispatch", $"{server.Port}"]);

    private Task<int> LeftAsync() => Desk.ReadAsync(context => context.Set<Delivery>().CountAsync(delivery => delivery.State != DeliveryState.Delivered, Token));

    private sealed record Mail(string To, string MessageId, int Number)
    {
        public static Mail Of(ReceivedMail received)
        {
            using var stream = new MemoryStream(received.Raw);
            using var mail = MimeMessage.Load(stream);
            var text = mail.TextBody!;
            var message = text.IndexOf("Message ", StringComparison.Ordinal);
            return new Mail(received.To[0], mail.MessageId!, message < 0 ? 0 : text[message + "Message ".Length] - '0');
        }
    }
}
