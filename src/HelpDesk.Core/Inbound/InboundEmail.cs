namespace HelpDesk.Inbound;

/// <summary>A mail as a source got it: the raw bytes, and what the envelope says. Nothing of it is believed before it is processed.</summary>
public sealed record InboundEmail
{
    /// <summary>The name of the source that delivers it, as <c>mailgun</c>: an <see cref="IInboundSource.Name"/>.</summary>
    public required string Source { get; init; }

    /// <summary>The source's own key of this delivery, of any length: a second delivery under it has no effect.</summary>
    public required string DeliveryKey { get; init; }

    /// <summary>The envelope's recipient: the address to which it was delivered, whatever the headers say.</summary>
    public required string Recipient { get; init; }

    /// <summary>The envelope's sender; empty for the null return path of bounces; null, as by default, where the source does not know it.</summary>
    public string? Sender { get; init; }

    /// <summary>The whole message as it came over the wire; read once to its end, not disposed of.</summary>
    public required Stream Content { get; init; }

    /// <summary>What the source found odd, for agents to see. Default: nothing.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}

/// <summary>What became of a delivery.</summary>
public sealed record InboundReceipt
{
    internal InboundReceipt()
    {
    }

    /// <summary>The received mail; of a repetition, the first one.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whether it was here before: the same delivery, or the same mail by another one. Nothing was stored.</summary>
    public required bool IsDuplicate { get; init; }
}

/// <summary>What a mail provider says about a mail that the help desk has sent.</summary>
public sealed record DeliveryReport
{
    /// <summary>What happened.</summary>
    public required DeliveryReportKind Kind { get; init; }

    /// <summary>The address to which the mail went.</summary>
    public required string Recipient { get; init; }

    /// <summary>The Message-ID of the mail, with or without angle brackets. A mail that is none of ours is ignored.</summary>
    public required string MessageId { get; init; }

    /// <summary>What the provider says of the cause; shown to agents.</summary>
    public string? Reason { get; init; }

    /// <summary>The source's own key of this report, of any length: neither a report nor a mail that came under it before is taken again. Default: null, for none.</summary>
    public string? DeliveryKey { get; init; }
}

/// <summary>What can happen to a mail that was sent.</summary>
public enum DeliveryReportKind
{
    /// <summary>It can never be delivered: the address is undeliverable from now on, until a mail comes from it.</summary>
    Failed,

    /// <summary>The recipient complained: they get no automatic mail any more.</summary>
    Complained,
}
