namespace HelpDesk.Inbound.Pickup;

/// <summary>The folder from which raw mail is taken. Bound from <c>HelpDesk:Inbound:Pickup</c>.</summary>
public sealed class PickupFolderOptions
{
    /// <summary>The folder, absolute or relative to the host's content root. Required by <c>AddPickupFolderInbound()</c>; it is made where it is missing.</summary>
    /// <value>Default: null.</value>
    public string? Path { get; set; }

    /// <summary>The address to which a mail counts as delivered whose headers do not say it.</summary>
    /// <value>Default: null, and such a mail is moved to the folder <c>rejected</c>.</value>
    public string? Recipient { get; set; }

    /// <summary>
    /// The name by which your mail server signs its header <c>Authentication-Results</c> (RFC 8601), as <c>mx.example.com</c>. The server must remove headers of that name that others have
    /// written. Without it nobody counts as authenticated, and agents cannot answer by mail.
    /// </summary>
    /// <value>Default: null.</value>
    public string? AuthenticationServer { get; set; }

    /// <summary>How often the folder is looked into.</summary>
    /// <value>Default: 1 second; 0.1 seconds to 1 hour.</value>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether the library's service looks. Where not, the host's own scheduler calls <see cref="IPickupFolder"/>.</summary>
    /// <value>Default: true.</value>
    public bool RunsInBackground { get; set; } = true;
}
