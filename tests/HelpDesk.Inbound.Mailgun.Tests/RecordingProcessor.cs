using System.Security.Cryptography;
using MimeKit;

namespace HelpDesk.Inbound.Mailgun;

/// <summary>Stands in for the processor of Core: keeps what it is given, and knows deliveries by their key as that one does.</summary>
internal sealed class RecordingProcessor : IInboundEmailProcessor
{
    private readonly Lock gate = new();
    private readonly List<ReceivedEmail> received = [];
    private readonly List<DeliveryReport> reports = [];

    public Exception? Failure { get; set; }

    /// <summary>What is awaited before anything is done.</summary>
    public Func<CancellationToken, Task>? Before { get; set; }

    /// <summary>Whether only length and hash of a mail are kept.</summary>
    public bool KeepsNothing { get; set; }

    public int Calls { get; private set; }

    public IReadOnlyList<ReceivedEmail> Received => received;

    public IReadOnlyList<DeliveryReport> Reports => reports;

    public async Task<InboundReceipt> ReceiveAsync(InboundEmail email, CancellationToken cancellationToken = default)
    {
        Calls++;
        if (Before is not null)
            await Before(cancellationToken);
        if (Failure is not null)
            throw Failure;

        var hash = KeepsNothing ? await SHA256.HashDataAsync(email.Content, cancellationToken) : null;
        using var bytes = new MemoryStream();
        if (!KeepsNothing)
            await email.Content.CopyToAsync(bytes, cancellationToken);
        lock (gate)
        {
            if (received.Find(known => known.Email.DeliveryKey == email.DeliveryKey) is { } known)
                return new InboundReceipt { Id = known.Id, IsDuplicate = true };

            received.Add(new ReceivedEmail(Guid.NewGuid(), email, bytes.ToArray(), hash));
            return new InboundReceipt { Id = received[^1].Id, IsDuplicate = false };
        }
    }

    public Task<InboundResult> ProcessAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task ReportAsync(DeliveryReport report, CancellationToken cancellationToken = default)
    {
        if (Failure is not null)
            throw Failure;
        reports.Add(report);
        return Task.CompletedTask;
    }
}

internal sealed record ReceivedEmail(Guid Id, InboundEmail Email, byte[] Raw, byte[]? Hash)
{
    public MimeMessage Parse() => MimeMessage.Load(new MemoryStream(Raw), TestContext.Current.CancellationToken);
}
