using HelpDesk.Inbound.Pickup;

namespace HelpDesk.Inbound;

/// <summary>How mail is taken in. Bound from <c>HelpDesk:Inbound</c>.</summary>
public sealed class InboundOptions
{
    /// <summary>The largest mail, in raw bytes with its attachments.</summary>
    /// <value>Default: 33,554,432 (32 MiB); at most 256 MiB.</value>
    public long MaximumSize { get; set; } = 32 * 1024 * 1024;

    /// <summary>The addresses that are the help desk's own: a mail that says to be from one of them is held. The sender's and the reply addresses of <c>AddSmtpNotifications</c> are known.</summary>
    /// <value>Default: empty.</value>
    public IList<string> OwnAddresses { get; } = [];

    /// <summary>How many mails of one sender become messages within an hour; what is more is held.</summary>
    /// <value>Default: 100; at least 1.</value>
    public int MostPerSender { get; set; } = 100;

    /// <summary>Whether auto-replies and mail of lists may open tickets. Bounces never do.</summary>
    /// <value>Default: false: auto-replies that belong to no ticket are dropped, mail of lists is held.</value>
    public bool OpensForAutomaticMail { get; set; }

    /// <summary>How long the raw mail and its record are kept; what is held or has failed, until somebody decides.</summary>
    /// <value>Default: 90 days; at least 7, for as long duplicates are known.</value>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How many mails one process works on at once. Those of one sender are taken one after another.</summary>
    /// <value>Default: 4; 1 to 100.</value>
    public int Parallelism { get; set; } = 4;

    /// <summary>How long the processing of one mail may take; then it is tried again.</summary>
    /// <value>Default: 2 minutes; 1 second to 1 hour.</value>
    public TimeSpan ProcessingTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How often a mail is tried before it waits for somebody to look at it, with pauses from seconds to a quarter of an hour.</summary>
    /// <value>Default: 30, which is about six hours; 1 to 1,000. What can never succeed is not repeated.</value>
    public int MostAttempts { get; set; } = 30;

    /// <summary>How often a process looks for mail that others have received.</summary>
    /// <value>Default: 1 second; 0.1 seconds to 1 minute.</value>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether the library's service processes. Where not, the host's own scheduler calls <see cref="IInboundEmailProcessor.ProcessAsync"/>.</summary>
    /// <value>Default: true.</value>
    public bool RunsInBackground { get; set; } = true;

    /// <summary>The folder of <c>AddPickupFolderInbound()</c>.</summary>
    public PickupFolderOptions Pickup { get; } = new();

    /// <summary>The domain of reply addresses: a mail that says to be from one of them is held.</summary>
    /// <value>Default: that of the mail sender, as <c>HelpDesk:Smtp:ReplyDomain</c>; without one those of any domain.</value>
    public string? ReplyDomain { get; set; }
}
