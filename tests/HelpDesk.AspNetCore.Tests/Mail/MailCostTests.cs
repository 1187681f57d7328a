using System.Data.Common;
using HelpDesk.AspNetCore.Tests.Infrastructure;
using HelpDesk.Inbound;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace HelpDesk.AspNetCore.Tests.Mail;

/// <summary>How often a mail goes to the database: on PostgreSQL, through the whole host.</summary>
public sealed class MailCostTests(ITestOutputHelper output)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_goes_to_the_database_a_few_times_only()
    {
        var counter = new Counter();
        await using var host = await MailHost.StartAsync(() => TestDatabase.PostgresAsync(Token), context: options => options.AddInterceptors(counter));
        var ticket = (await (await host.AsAsync(Users.Alice)).OpenAsync()).Id;
        var token = await host.ReadAsync(db => db.Set<Participant>().Where(person => person.TicketId == ticket).Select(person => person.ReplyToken).SingleAsync(Token));
        // The first of all draws the store's prefix, and looks for roles.
        await ReceiveAsync("support@example.com", "first@example.net");
        await ProcessAsync();

        Assert.InRange(await CountAsync(() => ReceiveAsync("support@example.com", "zoe@example.net")), 1, 9);
        Assert.InRange(await CountAsync(ProcessAsync), 1, 18);
        Assert.InRange(await CountAsync(() => ReceiveAsync($"reply+{token}@reply.example.com", Users.Email(Users.Alice))), 1, 9);
        Assert.InRange(await CountAsync(ProcessAsync), 1, 18);
        Assert.InRange(await CountAsync(() => ReceiveAsync("support@example.com", "zoe@example.net", "again"), times: 2), 1, 10);
        Assert.InRange(await CountAsync(ProcessAsync), 1, 18);
        Assert.Equal(0, await host.ReadAsync(db => db.Set<InboundMail>().CountAsync(mail => mail.State != InboundMailState.Processed, Token)));

        async Task ReceiveAsync(string recipient, string from, string? key = null) =>
            Assert.Equal(200, await MailgunPost.RawAsync(host.CreateClient(), MailgunPost.Mail("Text", from), recipient, host.Clock.GetUtcNow(), key));

        Task ProcessAsync() => host.WithAsync<IInboundEmailProcessor, InboundResult>(processor => processor.ProcessAsync(Token));

        async Task<int> CountAsync(Func<Task> act, int times = 1)
        {
            counter.Commands.Clear();
            for (var i = 0; i < times; i++)
                await act();
            output.WriteLine($"{counter.Commands.Count}");
            return counter.Commands.Count;
        }
    }

    private sealed class Counter : DbCommandInterceptor
    {
        public List<string> Commands { get; } = [];

        public override DbCommand CommandInitialized(CommandEndEventData eventData, DbCommand result)
        {
            Commands.Add(result.CommandText);
            return result;
        }
    }
}
