namespace HelpDesk.Inbound;

/// <summary>Takes mail in. Call it; do not implement it.</summary>
/// <remarks>
/// Scoped. Receipt and processing are apart: <see cref="ReceiveAsync"/> only stores, so that no mail is lost to what is wrong with it; <see cref="ProcessAsync"/> makes
/// messages of what was received, and is run by a service of the library on every node. Each call commits by itself, and none may be made inside a transaction of the host.
/// </remarks>
public interface IInboundEmailProcessor
{
    /// <summary>Stores a mail: the raw bytes, then its row. When it returns, the mail is safe; processing follows.</summary>
    /// <exception cref="TooLargeException">It is larger than <see cref="InboundOptions.MaximumSize"/>.</exception>
    /// <exception cref="StorageUnavailableException">The store did not do its work; deliver it again later.</exception>
    /// <exception cref="ArgumentException">No source of that name is registered.</exception>
    Task<InboundReceipt> ReceiveAsync(InboundEmail email, CancellationToken cancellationToken = default);

    /// <summary>Processes what was received, until nothing is left that is due. Any number of processes may call it at once.</summary>
    Task<InboundResult> ProcessAsync(CancellationToken cancellationToken = default);

    /// <summary>Takes note of what became of a mail that was sent. A repetition has no effect.</summary>
    Task ReportAsync(DeliveryReport report, CancellationToken cancellationToken = default);
}

/// <summary>What a run has done.</summary>
public sealed record InboundResult
{
    internal InboundResult()
    {
    }

    /// <summary>Mails that became messages, or did what they were for, as bounces do.</summary>
    public int Processed { get; init; }

    /// <summary>Mails that wait for an agent's decision.</summary>
    public int Held { get; init; }

    /// <summary>Mails that a rule has dropped.</summary>
    public int Rejected { get; init; }

    /// <summary>Mails that could not be processed, and those that are tried again later.</summary>
    public int Failed { get; init; }
}
