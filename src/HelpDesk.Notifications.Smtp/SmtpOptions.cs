using MimeKit;

namespace HelpDesk.Notifications.Smtp;

/// <summary>The mail server and what mails look like. Bound from <c>HelpDesk:Smtp</c>; validated at start.</summary>
/// <remarks>TLS is used wherever the server offers it, from the first byte on port 465, and always where there is a <see cref="UserName"/>; the server's certificate is always checked.</remarks>
public sealed class SmtpOptions
{
    /// <summary>The mail server's name or IP address. Required.</summary>
    /// <value>Default: null.</value>
    public string? Host { get; set; }

    /// <summary>The mail server's port.</summary>
    /// <value>Default: null, which is 587 where <see cref="UserName"/> is set, and 25 where it is not.</value>
    public int? Port { get; set; }

    /// <summary>Who signs in at the mail server.</summary>
    /// <value>Default: null, and nobody signs in.</value>
    public string? UserName { get; set; }

    /// <summary>The password of <see cref="UserName"/>. It never leaves without TLS.</summary>
    /// <value>Default: null.</value>
    public string? Password { get; set; }

    /// <summary>Whom mails are from, as <c>Support &lt;support@example.com&gt;</c> or <c>support@example.com</c>. Bounces go to its address. Required.</summary>
    /// <value>Default: null.</value>
    public string? From { get; set; }

    /// <summary>The domain whose mail comes back to the help desk, as <c>reply.example.com</c>: each person's answers go to an address of their own in it.</summary>
    /// <value>Default: null, and answers go to <see cref="From"/>.</value>
    public string? ReplyDomain { get; set; }

    /// <summary>How long one mail may take, with connecting; then it is tried again later.</summary>
    /// <value>Default: 40 seconds, which is also the most; at least 1 second. Servers that look into mails before they answer take their time, and a mail whose answer does not come is sent again.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(40);

    /// <summary>How many connections to the mail server one process has at once. They are used again, and closed after 30 seconds without a mail.</summary>
    /// <value>Default: 2; 1 to 100.</value>
    public int MostConnections { get; set; } = 2;

    /// <summary>A folder with templates that replace the shipped ones of the same file name, or add a language; relative to the host's content root. They are read at start.</summary>
    /// <value>Default: null.</value>
    public string? TemplateFolder { get; set; }

    internal int EffectivePort => Port ?? (HasUser ? 587 : 25);

    internal bool HasUser => !string.IsNullOrEmpty(UserName);

    /// <summary>Whom mails are from; null where <see cref="From"/> is not one address that every server takes.</summary>
    internal MailboxAddress? FromMailbox() =>
        MailboxAddress.TryParse(From, out var mailbox) && mailbox.LocalPart.All(c => c is > ' ' and <= '~') && Domain.ToAscii(mailbox.Domain) is not null ? mailbox : null;

    /// <summary><see cref="ReplyDomain"/> in ASCII; null where there is none.</summary>
    internal string? AsciiReplyDomain() => string.IsNullOrEmpty(ReplyDomain) ? null : Domain.ToAscii(ReplyDomain);

    /// <summary>The domain of <see cref="From"/> in ASCII; null where there is none.</summary>
    internal string? AsciiFromDomain() => FromMailbox() is { } mailbox ? Domain.ToAscii(mailbox.Domain) : null;
}
