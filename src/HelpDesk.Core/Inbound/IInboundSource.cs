namespace HelpDesk.Inbound;

/// <summary>A way by which mail comes in, and what it knows about senders.</summary>
/// <remarks>
/// A package or host implements it for another provider and registers it with <c>AddInboundSource&lt;T&gt;()</c>. A singleton; called from several threads at once.
/// It judges after the receipt, from the stored mail alone, so that a mail can be processed again.
/// </remarks>
public interface IInboundSource
{
    /// <summary>The stable name, as <c>mailgun</c>: 1 to 32 lower-case letters and digits.</summary>
    string Name { get; }

    /// <summary>Tells whether the provider has found the sender to be who the header <c>From</c> says.</summary>
    /// <remarks>Believe only headers that the provider itself adds, and only where there is exactly one instance: the sender may have written others of that name.</remarks>
    SenderVerdict Judge(SenderClaim claim);
}

/// <summary>What a source judges.</summary>
public sealed record SenderClaim
{
    /// <summary>The address in the header <c>From</c>, in lower case, its domain as it is written on the wire (<c>xn--…</c>).</summary>
    public required string From { get; init; }

    /// <summary>The envelope's sender; empty where there is none or it is not known.</summary>
    public required string Sender { get; init; }

    /// <summary>All headers of the mail in their order, names and values as they were written: unfolded, but not decoded.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }
}

/// <summary>Whether a sender is who they say.</summary>
public enum SenderVerdict
{
    /// <summary>The provider has not said.</summary>
    Unknown,

    /// <summary>Authenticated, as by an aligned SPF or DKIM result.</summary>
    Passed,

    /// <summary>The provider has found the contrary.</summary>
    Failed,
}
