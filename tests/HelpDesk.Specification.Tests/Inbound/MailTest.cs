using HelpDesk.Inbound;
using HelpDesk.Notifications;
using HelpDesk.Specification.Attachments;
using HelpDesk.Specification.Desks;
using HelpDesk.Specification.Notifying;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Specification.Inbound;

/// <summary>A host to which mail comes in, from a source of which a test can say whom it has authenticated.</summary>
public abstract class MailTest(HelpDeskFixture fixture) : NotifyingTest(fixture)
{
    protected const string Support = "support@desk.example";

    protected const string Zoe = "zoe@example.net";

    protected override DeskSetup Setup => MailSetup();

    protected FaultyStore Store => (FaultyStore)Desk.Services.GetRequiredService<HelpDesk.Attachments.IAttachmentStore>();

    protected static DeskSetup MailSetup(Action<HelpDeskOptions>? options = null, Action<HelpDeskBuilder>? also = null) => SetupOf(
        settings =>
        {
            settings.Inbound.OwnAddresses.Add(Support);
            options?.Invoke(settings);
        },
        builder =>
        {
            FaultyStore.Use(builder);
            builder.AddInboundSource<TestSource>();
            also?.Invoke(builder);
        });

    /// <summary>The tests of a class share a database, but each has a folder of its own.</summary>
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Desk.ReadAsync(async context =>
            await context.Set<InboundMail>().ExecuteDeleteAsync(Token) + await context.Set<HelpDesk.Attachments.Upload>().ExecuteDeleteAsync(Token));
    }

    protected Task<InboundReceipt> ReceiveAsync(Eml mail, string recipient = Support, string? key = null, string? sender = Zoe) => ReceiveAsync(Desk, mail.ToBytes(), recipient, key, sender);

    protected static async Task<InboundReceipt> ReceiveAsync(Desk desk, byte[] mail, string recipient = Support, string? key = null, string? sender = Zoe, CancellationToken? cancellationToken = null)
    {
        await using var scope = desk.NewScope();
        return await scope.Services.GetRequiredService<IInboundEmailProcessor>().ReceiveAsync(
            new InboundEmail { Source = TestSource.Called, DeliveryKey = key ?? $"{Guid.NewGuid():N}", Recipient = recipient, Sender = sender, Content = new MemoryStream(mail) }, cancellationToken ?? Token);
    }

    protected Task<InboundResult> ProcessAsync() => ProcessAsync(Desk);

    protected static async Task<InboundResult> ProcessAsync(Desk desk, CancellationToken? cancellationToken = null)
    {
        await using var scope = desk.NewScope();
        return await scope.Services.GetRequiredService<IInboundEmailProcessor>().ProcessAsync(cancellationToken ?? Token);
    }

    /// <summary>Receives a mail, processes it, and tells what became of it.</summary>
    protected async Task<InboundMail> DeliverAsync(Eml mail, string recipient = Support, string? sender = Zoe)
    {
        var receipt = await ReceiveAsync(mail, recipient, sender: sender);
        await ProcessAsync();
        return await FindAsync(receipt.Id);
    }

    protected Task<InboundMail> FindAsync(Guid id) => Desk.ReadAsync(context => context.Set<InboundMail>().AsNoTracking().SingleAsync(mail => mail.Id == id, Token));

    protected Task<int> CountAsync<T>()
        where T : class => Desk.ReadAsync(context => context.Set<T>().CountAsync(Token));

    /// <summary>Opens a ticket by mail, and lets its sender be told of it.</summary>
    protected async Task<Guid> OpenByMailAsync(Eml? mail = null)
    {
        var opened = await DeliverAsync(mail ?? new Eml());
        Assert.Equal(InboundMailState.Processed, opened.State);
        await Desk.DispatchAsync();
        return opened.TicketId!.Value;
    }

    /// <summary>The address to which somebody's answers go.</summary>
    protected Task<string> ReplyAddressAsync(Guid ticket, string person) => Desk.ReadAsync(async context =>
        $"reply+{(await context.Set<Participant>().AsNoTracking().SingleAsync(row => row.TicketId == ticket && (row.UserId == person || row.Email == person), Token)).ReplyToken}@reply.desk.example");

    /// <summary>An agent who takes part, and so has a reply address.</summary>
    protected async Task<string> AnnsAddressAsync(Guid ticket)
    {
        await Desk.NoteAsync(Ann, ticket);
        await Desk.DispatchAsync();
        return await ReplyAddressAsync(ticket, Ann.Id);
    }

    protected async Task<IReadOnlyList<string>> TextsAsync(Guid ticket) => await Desk.TextsAsync(Mia, ticket);

    protected Task<T> OnMailboxAsync<T>(Func<IInboundMailbox, Task<T>> ask) => OnMailboxAsync(Desk, ask);

    protected static async Task<T> OnMailboxAsync<T>(Desk desk, Func<IInboundMailbox, Task<T>> ask)
    {
        await using var scope = desk.NewScope();
        return await ask(scope.Services.GetRequiredService<IInboundMailbox>());
    }

    protected async Task<IReadOnlyList<InboundMailView>> HeldAsync(Actor? actor = null) => (await OnMailboxAsync(mailbox => mailbox.ListAsync(new ListInboundMail { Actor = actor ?? Ann }, Token))).Mails;

    protected Notification LastTo(Guid ticket, string email) => Postman.Of(ticket).Last(one => one.Recipient.Email == email);
}

/// <summary>Believes what the header <c>X-Test-Sender</c> says, where there is one.</summary>
public sealed class TestSource : IInboundSource
{
    public const string Called = "test";

    public string Name => Called;

    public SenderVerdict Judge(SenderClaim claim) =>
        claim.Headers.Where(header => header.Key.Equals("X-Test-Sender", StringComparison.OrdinalIgnoreCase)).Select(header => header.Value).ToList() switch
        {
            ["pass"] => SenderVerdict.Passed,
            ["fail"] => SenderVerdict.Failed,
            _ => SenderVerdict.Unknown,
        };
}
