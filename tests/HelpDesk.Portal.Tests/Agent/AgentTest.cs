using System.Globalization;
using System.Text;
using HelpDesk.Inbound;
using HelpDesk.Portal.Tests.Infrastructure;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace HelpDesk.Portal.Tests.Agent;

/// <summary>A test of what agents see, with what others do meanwhile.</summary>
public abstract class AgentTest(PortalHost host) : PortalTest(host)
{
    private static int mails;

    private protected async Task<Actor> AgentAsync(string person) => Actor.User(await Host.IdOfAsync(person), HelpDeskRoles.Support);

    /// <summary>Changes a ticket without a browser.</summary>
    private protected async Task ChangeAsync(string number, Func<ChangeTicket, ChangeTicket> change)
    {
        var command = change(new ChangeTicket { Actor = await AgentAsync("ben"), Ticket = TicketKey.Parse(number) });
        await Host.DoAsync(tickets => tickets.ChangeAsync(command, CancellationToken));
    }

    /// <summary>Opens a ticket that is assigned to an agent.</summary>
    private protected async Task<string> AssignedAsync(string agent, string subject, TicketPriority priority = TicketPriority.Normal, string? category = null, TimeSpan? dueIn = null)
    {
        var number = await OpenTicketAsync("alice", subject, priority: priority, category: category);
        var id = await Host.IdOfAsync(agent);
        if (dueIn < TimeSpan.Zero)
            await OpenedYesterdayAsync(number);
        var dueAt = dueIn is { } time ? TimeProvider.System.GetUtcNow() + time : default(DateTimeOffset?);
        await ChangeAsync(number, change => change with { AssigneeId = id, DueAt = dueAt is null ? default : dueAt });
        return number;
    }

    /// <summary>No due time lies before the opening of its ticket.</summary>
    private async Task OpenedYesterdayAsync(string number)
    {
        await using var scope = Host.Services.CreateAsyncScope();
        var yesterday = TimeProvider.System.GetUtcNow().AddDays(-1);
        var tickets = scope.ServiceProvider.GetRequiredService<SampleHost.Data.AppDbContext>().Set<Ticket>();
        Assert.Equal(1, await tickets.Where(ticket => ticket.Number == number).ExecuteUpdateAsync(set => set.SetProperty(ticket => ticket.CreatedAt, yesterday), CancellationToken));
    }

    /// <summary>A ticket as an agent sees it now.</summary>
    private protected async Task<AgentConversation> ReadAsync(string number)
    {
        var actor = await AgentAsync("ben");
        return (AgentConversation)(await Host.DoAsync(tickets => tickets.GetAsync(new GetTicket { Actor = actor, Ticket = TicketKey.Parse(number) }, CancellationToken)))!;
    }

    /// <summary>A stranger's mail. To an address that nobody has, or with a sender that it does not prove, it is held.</summary>
    private protected async Task MailAsync(string subject, string text = "It is so.", string from = "carol@elsewhere.example", string to = "reply+aaaaaaaaaaaaaaaaaaaaaaaaaa@desk.example", int headers = 0, string contentType = "text/plain; charset=utf-8")
    {
        var number = Interlocked.Increment(ref mails);
        var mail = new StringBuilder();
        mail.Append(CultureInfo.InvariantCulture, $"From: {from}\r\nTo: {to}\r\nSubject: {subject}\r\nMessage-ID: <{number}-{Guid.NewGuid():N}@elsewhere.example>\r\n");
        for (var i = 0; i < headers; i++)
            mail.Append(CultureInfo.InvariantCulture, $"X-{i}: a\r\n");
        mail.Append(CultureInfo.InvariantCulture, $"MIME-Version: 1.0\r\nContent-Type: {contentType}\r\n\r\n{text}\r\n");
        await using var scope = Host.Services.CreateAsyncScope();
        var processor = scope.ServiceProvider.GetRequiredService<IInboundEmailProcessor>();
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(mail.ToString()));
        await processor.ReceiveAsync(new InboundEmail { Source = "pickup", DeliveryKey = Guid.NewGuid().ToString(), Recipient = to, Sender = "envelope@elsewhere.example", Content = content }, CancellationToken);
        await processor.ProcessAsync(CancellationToken);
    }

    /// <summary>A stranger's mail to the reply address of a ticket's requester: it is held, and hints at the ticket.</summary>
    private protected async Task MailToAsync(string number, string subject, string text = "It is so.")
    {
        await using var scope = Host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SampleHost.Data.AppDbContext>();
        var ticket = db.Set<Ticket>().Single(row => row.Number == number);
        var token = db.Set<Participant>().Single(row => row.TicketId == ticket.Id && row.UserId == ticket.RequesterId).ReplyToken;
        await MailAsync(subject, text, to: $"reply+{token}@desk.example");
    }

    /// <summary>The row of a ticket, as a table's row or as a card.</summary>
    private protected static ILocator Row(IPage page, string number) => page.Locator("[data-row]").Filter(new() { HasText = number });

    private protected static ILocator Checkbox(IPage page, string number) => page.GetByRole(AriaRole.Checkbox, new() { Name = $"Select {number}" });

    private protected static Task<string[]> OrderAsync(IPage page) => page.Locator("[data-row] .hd-number").EvaluateAllAsync<string[]>("numbers => numbers.map(number => number.textContent)");
}
