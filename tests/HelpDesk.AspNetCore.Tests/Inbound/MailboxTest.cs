using System.Text.Json;
using HelpDesk.AspNetCore.Tests.Infrastructure;
using HelpDesk.Inbound;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.AspNetCore.Tests.Inbound;

/// <summary>A test with mail that waits, on the plain host.</summary>
public abstract class MailboxTest(SharedHost shared) : HelpDeskTest(shared)
{
    /// <summary>A stranger's mail to the reply address of somebody in a ticket.</summary>
    private protected async Task<Guid> HintAsync(Guid ticket, string person)
    {
        var mail = await Host.MailAsync(new TestMail { To = await ReplyAddressAsync(ticket, person) });
        Assert.Equal((InboundMailState.Held, ticket), (mail.State, mail.TicketId!.Value));
        return mail.Id;
    }

    /// <summary>Where somebody's answers to a ticket go.</summary>
    private protected async Task<string> ReplyAddressAsync(Guid ticket, string person)
    {
        var id = Users.Id(person);
        var token = await Host.ReadAsync(db => db.Set<Participant>().Where(row => row.TicketId == ticket && row.UserId == id).Select(row => row.ReplyToken).SingleAsync(Token));
        return $"reply+{token}@desk.example";
    }

    private protected async Task<JsonElement> FindAsync(Guid mail, string state = "held") =>
        (await Ann.GetAsync($"/inbound?limit=100&state={state}")).Is(200).Json.Data().Single(row => row.GetProperty("id").GetGuid() == mail);

    private protected async Task GoneAsync(Guid mail)
    {
        foreach (var state in new[] { "held", "failed" })
            Assert.DoesNotContain(mail.ToString(), (await Ann.GetAsync($"/inbound?limit=100&state={state}")).Is(200).Text, StringComparison.Ordinal);
        foreach (var decision in new[] { "release", "reject", "retry" })
            (await Ann.PostAsync($"/inbound/{mail}/{decision}")).Is(400, "validation");
        (await Ann.GetAsync($"/inbound/{mail}/raw")).Is(404, "not_found");
    }
}
