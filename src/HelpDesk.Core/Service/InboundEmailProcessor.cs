using System.Security.Cryptography;
using System.Text;
using System.Transactions;
using HelpDesk.Attachments;
using HelpDesk.Inbound;
using HelpDesk.Persistence;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HelpDesk.Service;

/// <summary>Stores mail as it comes. What it means is found out later.</summary>
internal sealed class InboundEmailProcessor(
    HelpDeskDb db,
    UploadStaging staging,
    InboundLedger ledger,
    InboundPump pump,
    DeliveryReports reports,
    IAttachmentUploads uploads,
    IEnumerable<IInboundSource> sources,
    BackgroundWork work,
    IOptions<HelpDeskOptions> options) : IInboundEmailProcessor
{
    public async Task<InboundReceipt> ReceiveAsync(InboundEmail email, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(email);
        ArgumentNullException.ThrowIfNull(email.Content);
        ArgumentException.ThrowIfNullOrEmpty(email.DeliveryKey);
        if (!sources.Any(source => source.Name == email.Source))
            throw new ArgumentException($"No inbound source is named '{email.Source}'. Register it with AddInboundSource<T>().", nameof(email));
        RefuseTransactions();
        using var activity = HelpDeskTelemetry.Start("inbound.receive");

        var key = KeyOf(email.DeliveryKey);
        // Before bytes are stored that nobody needs. The unique index decides among those that come at the same time.
        if (await ledger.FindDeliveryAsync(email.Source, key, cancellationToken) is { } known)
            return new InboundReceipt { Id = known, IsDuplicate = true };

        await using var content = new MailDigest(email.Content);
        var staged = await staging.StageAsync(
            new StageUpload { Actor = InboundLedger.Self, FileName = "mail.eml", ContentType = "message/rfc822", Content = content },
            new StagingRules(options.Value.Inbound.MaximumSize, new AttachmentOptions(), IsScanned: false),
            cancellationToken);
        InboundReceipt? receipt = null;
        try
        {
            var head = content.ReadHead(out var headers);
            var arrival = new MailArrival(email, key, content.DuplicateKey(email.Recipient, head, headers), head);
            receipt = await ledger.AddAsync(arrival, staged.Id, cancellationToken);
        }
        finally
        {
            // What was taken is no upload any more, and stays.
            if (receipt is not { IsDuplicate: false })
                await uploads.DiscardAsync(new DiscardUploads { Actor = InboundLedger.Self, Uploads = [staged.Id] }, CancellationToken.None);
        }

        work.Inbound.Now();
        return receipt;
    }

    public Task<InboundResult> ProcessAsync(CancellationToken cancellationToken = default)
    {
        RefuseTransactions();
        return pump.DrainAsync(cancellationToken);
    }

    public Task ReportAsync(DeliveryReport report, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(report);
        RefuseTransactions();
        return reports.TakeAsync(report, cancellationToken);
    }

    // As it is where every database compares it as we do: some fold letter case, or pass over blanks at the end.
    public static string KeyOf(string key) => key.Length <= TicketLimits.KeyLength && key.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-')
        ? key
        : $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))}";

    /// <summary>What a rollback of the host took back, the sender would believe to be delivered.</summary>
    private void RefuseTransactions()
    {
        if (db.Context.Database.CurrentTransaction is not null || db.Context.Database.GetEnlistedTransaction() is not null || Transaction.Current is not null)
            throw new InvalidOperationException("A transaction is open. Mail is received and processed in commits of their own: call it in a scope of its own, outside of every transaction.");
    }
}
