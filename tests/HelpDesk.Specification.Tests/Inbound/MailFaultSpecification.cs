using HelpDesk.Inbound;
using HelpDesk.Specification.Desks;
using HelpDesk.Specification.Faults;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Specification.Inbound;

/// <summary>Whatever call fails while a mail is received or processed: delivered and processed again, it is one message.</summary>
public abstract class MailFaultSpecification(HelpDeskFixture fixture) : MailTest(fixture)
{
    private const int MostCalls = 80;

    [Theory]
    [InlineData(Fault.Before, false)]
    [InlineData(Fault.After, false)]
    [InlineData(Fault.Cancellation, false)]
    [InlineData(Fault.Before, true)]
    [InlineData(Fault.After, true)]
    [InlineData(Fault.Cancellation, true)]
    public async Task A_fault_at_any_call_neither_loses_nor_doubles_a_mail(Fault fault, bool isAnswer)
    {
        var injector = new FaultInjector();
        var setup = MailSetup();
        await using var desk = await Fixture.StartAsync(new DeskSetup { HasHandlers = false, HelpDesk = setup.HelpDesk, Options = setup.Options, Context = options => options.AddInterceptors(injector) });
        var ticket = await desk.OpenAsync(Alice);
        var token = await desk.ReadAsync(context => context.Set<Participant>().Where(person => person.TicketId == ticket.Id).Select(person => person.ReplyToken).SingleAsync(Token));
        var recipient = isAnswer ? $"reply+{token}@reply.desk.example" : Support;

        var call = 0;
        bool hasFired;
        do
        {
            Assert.True(++call < MostCalls, "There is no end.");
            var key = $"{fault}-{isAnswer}-{call}".ToLowerInvariant();
            var mail = WithFile(key).ToBytes();
            injector.Arm(fault, call);
            await TryAsync(desk, mail, recipient, key, injector.Token);
            hasFired = injector.HasFired;
            injector.Disarm();

            // The sender delivers again what was not accepted; whatever hangs is due again.
            await ReceiveAsync(desk, mail, recipient, key, "alice@example.org");
            desk.Clock.Advance(TimeSpan.FromMinutes(30));
            await ProcessAsync(desk);

            var stored = await desk.ReadAsync(context => context.Set<InboundMail>().AsNoTracking().SingleAsync(row => row.DeliveryKey == key, Token));
            Assert.True(stored.State == InboundMailState.Processed, $"Call {call}: {stored.State}, {stored.Reason}");
            Assert.Equal(1, await desk.ReadAsync(context => context.Set<TicketMessage>().CountAsync(message => message.Body == key, Token)));
            Assert.Equal(1, await desk.ReadAsync(context => context.Set<TicketAttachment>().CountAsync(file => file.MessageId == stored.MessageId, Token)));
        }
        while (hasFired);

        Assert.True(call > 15, $"Only {call} calls were seen.");
        desk.Clock.Advance(TimeSpan.FromDays(3));
        await desk.SweepFilesAsync();
        // A raw mail and a file for each, and nothing else.
        Assert.Equal(call * 2, Directory.EnumerateFiles(desk.Files, "*", SearchOption.AllDirectories).Count());
    }

    private static async Task TryAsync(Desk desk, byte[] mail, string recipient, string key, CancellationToken cancellationToken)
    {
        try
        {
            await ReceiveAsync(desk, mail, recipient, key, "alice@example.org", cancellationToken);
            await ProcessAsync(desk, cancellationToken);
        }
        catch (Exception exception) when (exception is InjectedFaultException or HelpDeskException or DbUpdateException or OperationCanceledException or InvalidOperationException)
        {
            // The provider gets an error, and delivers again.
        }
    }

    private static Eml WithFile(string body) => new()
    {
        From = "alice@example.org",
        ContentType = "multipart/mixed; boundary=b",
        Body = $"""
            --b
            Content-Type: text/plain

            {body}
            --b
            Content-Type: application/pdf; name=a.pdf
            Content-Disposition: attachment; filename=a.pdf

            %PDF-
            --b--
            """,
    };
}
