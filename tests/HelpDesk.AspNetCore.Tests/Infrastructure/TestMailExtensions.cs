using System.Text.Json;
using HelpDesk.Inbound;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.AspNetCore.Tests.Infrastructure;

/// <summary>Mail that comes in, without waiting for anything.</summary>
internal static class TestMailExtensions
{
    /// <summary>A reply address that nobody has: what comes there is held.</summary>
    public const string UnknownReplyAddress = "reply+aaaaaaaaaaaaaaaaaaaaaaaaaa@desk.example";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Receives a mail and processes it.</summary>
    public static async Task<InboundMail> MailAsync(this TestHelpDesk host, TestMail mail)
    {
        var receipt = await host.WithAsync<IInboundEmailProcessor, InboundReceipt>(async processor =>
        {
            using var content = new MemoryStream(mail.ToBytes());
            return await processor.ReceiveAsync(
                new InboundEmail { Source = "test", DeliveryKey = Guid.NewGuid().ToString(), Recipient = mail.To, Sender = "envelope@elsewhere.example", Content = content }, Token);
        });
        await host.WithAsync<IInboundEmailProcessor, InboundResult>(processor => processor.ProcessAsync(Token));
        return await host.ReadAsync(db => db.Set<InboundMail>().AsNoTracking().SingleAsync(row => row.Id == receipt.Id, Token));
    }

    /// <summary>A mail that waits for an agent, and hints at no ticket.</summary>
    public static async Task<Guid> HeldMailAsync(this TestHelpDesk host, TestMail? mail = null)
    {
        var held = await host.MailAsync((mail ?? new TestMail()) with { To = UnknownReplyAddress });
        Assert.Equal(InboundMailState.Held, held.State);
        return held.Id;
    }

    /// <summary>A mail that nobody can read.</summary>
    public static async Task<Guid> FailedMailAsync(this TestHelpDesk host)
    {
        var failed = await host.MailAsync(new TestMail { Headers = [.. Enumerable.Range(0, 20_001).Select(i => $"X-{i}: a")] });
        Assert.Equal(InboundMailState.Failed, failed.State);
        return failed.Id;
    }

    /// <summary>Makes a message of somebody's ticket out of a stranger's mail.</summary>
    public static async Task<Guid> MessageByMailAsync(this TestHelpDesk host, Guid ticket, TestMail mail)
    {
        var held = await host.HeldMailAsync(mail);
        (await (await host.AsAsync(Users.Ben)).PostAsync($"/inbound/{held}/release", new { ticket })).Is(200);
        return (await host.ReadAsync(db => db.Set<InboundMail>().AsNoTracking().SingleAsync(row => row.Id == held, Token))).MessageId!.Value;
    }

    /// <summary>An absence note of the requester: it changes nothing, and is kept for agents.</summary>
    public static async Task<Guid> NoteByMailAsync(this TestHelpDesk host, Answer ticket, string from, string text)
    {
        var mail = new TestMail { From = from, Subject = $"Away: {ticket.Json.Text("number")}", Text = text, Html = $"<p>{text}", Headers = ["Auto-Submitted: auto-replied"] };
        var note = (await host.MailAsync(mail)).MessageId!.Value;
        var shown = (await (await host.AsAsync(Users.Ben)).MessagesAsync(ticket.Id)).Single(message => message.GetProperty("id").GetGuid() == note);
        Assert.True(shown.GetProperty("isPrivate").GetBoolean());
        return note;
    }

    /// <summary>A ticket that a mail has opened, with its message.</summary>
    public static async Task<(Guid Ticket, Guid Message)> OpenByMailAsync(this TestHelpDesk host, TestMail mail)
    {
        var processed = await host.MailAsync(mail);
        Assert.Equal((InboundMailState.Processed, "Opened by mail."), (processed.State, processed.Reason));
        return (processed.TicketId!.Value, processed.MessageId!.Value);
    }

    /// <summary>The messages of a ticket as somebody sees them.</summary>
    public static async Task<IReadOnlyList<JsonElement>> MessagesAsync(this Caller caller, Guid ticket) =>
        [.. (await caller.GetAsync($"/tickets/{ticket}")).Is(200).Json.GetProperty("messages").EnumerateArray()];
}
