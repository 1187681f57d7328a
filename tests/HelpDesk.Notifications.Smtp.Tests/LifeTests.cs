using HelpDesk.Events;
using HelpDesk.Specification.Desks;
using HelpDesk.Specification.Infrastructure;
using HelpDesk.Tickets;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace HelpDesk.Notifications.Smtp;

/// <summary>A whole help desk with a database, whose mails a real server takes.</summary>
public sealed class LifeTests(SqliteDesk fixture) : IClassFixture<SqliteDesk>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_ticket_becomes_a_thread_of_mails()
    {
        await using var server = await MailServer.StartAsync();
        await using var desk = await StartAsync(server);
        var ticket = await desk.OpenAsync(Actors.Alice, subject: "Der Drucker brennt", body: "Seit heute früh.");
        await DispatchAsync(desk);
        await desk.ReplyAsync(Actors.Ann, ticket.Id, "Bitte löschen.");
        await DispatchAsync(desk);
        await desk.NoteAsync(Actors.Ben, ticket.Id, "canary-4711");
        await desk.ReplyAsync(Actors.Alice, ticket.Id, "Er ist aus.");
        await desk.ResolveAsync(Actors.Ann, ticket.Id, "Sehr gut.");
        await DispatchAsync(desk);

        var all = (await server.ReadAsync()).Select(received => (received.To, Mail: Post.Parse(received.Raw))).ToList();
        var toAlice = all.Where(one => one.To.SequenceEqual(["alice@example.org"])).Select(one => one.Mail).ToList();
        Assert.Equal(3, toAlice.Count);
        Assert.All(toAlice, mail => Assert.Equal($"[{ticket.Number}] Der Drucker brennt", mail.Subject));
        Assert.All(toAlice, mail => Assert.DoesNotContain("canary", Post.Text(mail) + Post.Html(mail), StringComparison.Ordinal));
        Assert.Equal(["auto-generated", null, null], toAlice.Select(mail => mail.Headers["Auto-Submitted"]));
        Assert.Equal([toAlice[0].MessageId!, toAlice[1].MessageId!], [.. toAlice[2].References]);
        Assert.Equal(toAlice[1].MessageId, toAlice[2].InReplyTo);
        Assert.All(toAlice, mail => Assert.EndsWith("@reply.example.com", mail.MessageId, StringComparison.Ordinal));
        Assert.Single(toAlice.Select(mail => mail.ReplyTo.Mailboxes.Single().Address).Distinct());
        Assert.Contains($"https://example.com/support/t/{ticket.Number}", Post.Text(toAlice[1]), StringComparison.Ordinal);

        // The new ticket to the administrator; Ann, who answered first, is responsible from then on.
        Assert.Equal(["root@example.org"], all.Where(one => Post.Text(one.Mail).Contains("There is a new ticket", StringComparison.Ordinal)).SelectMany(one => one.To));
        Assert.Equal(2, all.Count(one => one.To.SequenceEqual(["ann@example.org"])));
    }

    [Fact]
    public async Task Who_cannot_be_reached_is_in_the_history_and_holds_up_nobody()
    {
        await using var server = await MailServer.StartAsync("--refuse-nobody");
        await using var desk = await StartAsync(server);
        desk.Users.Add("nobody", "Nobody");
        var ticket = await desk.OpenAsync(Actor.User("nobody"));
        await DispatchAsync(desk);

        Assert.Contains(await desk.HistoryAsync(ticket.Id), entry => entry.Action == "undeliverable" && entry.Reason!.Contains("550 5.1.1", StringComparison.Ordinal));
        Assert.Equal(["root@example.org"], (await server.ReadAsync()).SelectMany(mail => mail.To));
    }

    private Task<Desk> StartAsync(MailServer server) => fixture.StartAsync(new DeskSetup
    {
        HasHandlers = false,
        Options = options =>
        {
            options.PublicBaseUrl = new Uri("https://example.com/support");
            options.Outbox.RunsInBackground = false;
        },
        HelpDesk = builder => builder.AddSmtpNotifications(options =>
        {
            options.Host = "127.0.0.1";
            options.Port = server.Port;
            options.From = "Support <support@example.com>";
            options.ReplyDomain = "reply.example.com";
        }),
    });

    private static async Task DispatchAsync(Desk desk)
    {
        await using var scope = desk.Services.CreateAsyncScope();
        var result = await scope.ServiceProvider.GetRequiredService<IOutboxDispatcher>().DispatchAsync(Token);
        Assert.Equal((0, 0), (result.Failed, result.Dead));
    }
}
