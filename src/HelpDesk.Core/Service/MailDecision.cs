using HelpDesk.Tickets;

namespace HelpDesk.Service;

/// <summary>What becomes of a mail.</summary>
internal enum MailFate
{
    /// <summary>A message, of its ticket or of a new one; or a note.</summary>
    Message,

    /// <summary>It waits for an agent.</summary>
    Hold,

    /// <summary>It is dropped.</summary>
    Reject,

    /// <summary>It tells of a mail that we have sent.</summary>
    Report,
}

/// <summary>What becomes of a mail, and why.</summary>
internal sealed record MailDecision(MailFate Fate, string Reason)
{
    /// <summary>The ticket; null for a new one, or where a mail that waits hints at none.</summary>
    public Guid? TicketId { get; init; }

    /// <summary>The author among those who take part already.</summary>
    public Guid? ParticipantId { get; init; }

    public MailAuthor Author { get; init; } = MailAuthor.Unknown;

    /// <summary>Whether its author is an agent of the ticket, or says so.</summary>
    public bool IsOfAgent { get; init; }

    /// <summary>Whether the provider says that the sender is somebody else.</summary>
    public bool IsForged { get; init; }

    /// <summary>Whether its sender has written more than is allowed: what else waits of them has to wait for an agent too.</summary>
    public bool IsFlood { get; init; }

    /// <summary>Whether only agents may see it.</summary>
    public bool IsNote { get; init; }

    /// <summary>Whether a machine wrote it.</summary>
    public bool IsAutomatic { get; init; }

    public static MailDecision Hold(string reason, Guid? ticketId = null) => new(MailFate.Hold, reason) { TicketId = ticketId };
}

/// <summary>Who wrote a mail, as far as it is known.</summary>
internal sealed record MailAuthor(string? Email, string Name, string? UserId, HelpDeskRoles Roles)
{
    public static readonly MailAuthor Unknown = new(null, "Unknown sender", null, HelpDeskRoles.None);

    public bool IsAgent => Roles != HelpDeskRoles.None;

    /// <summary>Whether somebody who takes part is this person: compared as texts are, since some databases take one letter for another.</summary>
    public bool Is(Participant person) => (Email is not null && person.Email == Email) || (person.UserId is not null && person.UserId == UserId);
}
