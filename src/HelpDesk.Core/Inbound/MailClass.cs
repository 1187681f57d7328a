namespace HelpDesk.Inbound;

/// <summary>What kind of writer stands behind a mail.</summary>
internal enum MailClass
{
    Human,

    /// <summary>Many get it: a newsletter, a mailing list.</summary>
    List,

    /// <summary>A machine answers, as an absence note.</summary>
    AutoReply,

    /// <summary>A mail server reports.</summary>
    Bounce,
}
