namespace HelpDesk.Tickets;

/// <summary>Why somebody takes part in a ticket.</summary>
public enum ParticipantKind
{
    /// <summary>The person whose ticket it is.</summary>
    Requester,

    /// <summary>An agent who wrote in it or is responsible for it.</summary>
    Agent,

    /// <summary>Somebody else who is kept informed.</summary>
    Cc,
}

/// <summary>A person of one ticket: a user of the host, or somebody known by mail only.</summary>
public class Participant
{
    /// <summary>For EF Core and lazy-loading proxies.</summary>
    protected Participant()
    {
    }

    internal Participant(Guid ticketId, ParticipantKind kind, string? userId, string? email, string name, string replyToken)
    {
        TicketId = ticketId;
        Kind = kind;
        UserId = userId;
        Email = email;
        Name = name;
        ReplyToken = replyToken;
    }

    /// <summary>The key.</summary>
    public Guid Id { get; private set; }

    /// <summary>The ticket.</summary>
    public Guid TicketId { get; private set; }

    /// <summary>The host's user id; null for somebody known by mail only.</summary>
    public string? UserId { get; internal set; }

    /// <summary>The address in lower case, at most 254 characters; null where the host knows none.</summary>
    public string? Email { get; private set; }

    /// <summary>The name as it was when the person joined; shown when the host no longer knows the user.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Why the person takes part.</summary>
    public ParticipantKind Kind { get; private set; }

    /// <summary>The secret of this person's reply address: 128 random bits as 26 characters of lower-case base32, unique.</summary>
    public string ReplyToken { get; private set; } = "";

    /// <summary>Whether mail to the address is known to fail.</summary>
    public bool Undeliverable { get; internal set; }

    /// <summary>Whether the person gets agents' answers only, because the mail that opened the ticket asked for it.</summary>
    public bool NoAutomaticMail { get; internal set; }

    /// <summary>Whether somebody has complained of mail to the address: it gets agents' answers only, about this ticket and later ones.</summary>
    public bool Complained { get; internal set; }
}
