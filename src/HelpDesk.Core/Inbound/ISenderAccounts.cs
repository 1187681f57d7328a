namespace HelpDesk.Inbound;

/// <summary>Gives an account of the host to whoever writes for the first time.</summary>
/// <remarks>
/// A host that wants that implements it and registers it with <c>UseSenderAccounts&lt;T&gt;()</c>; without it, strangers are known by mail only. A mail proves nothing about who wrote it:
/// an account made here must not be usable before its owner has confirmed the address. Scoped; called before the ticket's commit and again in a repetition, so make it idempotent.
/// </remarks>
public interface ISenderAccounts
{
    /// <summary>Finds or makes the account whose address that is.</summary>
    /// <returns>The host's user id; null to know the sender by mail only.</returns>
    Task<string?> FindOrCreateAsync(MailSender sender, CancellationToken cancellationToken);
}

/// <summary>Who has written a mail, as its header <c>From</c> says.</summary>
/// <param name="Email">The address in lower case.</param>
/// <param name="Name">The name that the mail gives, else the part of the address before the <c>@</c>.</param>
public sealed record MailSender(string Email, string Name);
