namespace HelpDesk.Persistence;

/// <summary>A command that was done under a key of its caller's, so that a repetition has no second effect.</summary>
public class IdempotencyKey
{
    /// <summary>For EF Core and lazy-loading proxies.</summary>
    protected IdempotencyKey()
    {
    }

    internal IdempotencyKey(string actorId, string route, string key, string fingerprint)
    {
        ActorId = actorId;
        Route = route;
        Key = key;
        Fingerprint = fingerprint;
    }

    /// <summary>The key of the row.</summary>
    public Guid Id { get; private set; }

    /// <summary>Whose key it is.</summary>
    public string ActorId { get; private set; } = "";

    /// <summary>The command, as <c>open</c>.</summary>
    public string Route { get; private set; } = "";

    /// <summary>The caller's key: 1 to 128 visible ASCII characters.</summary>
    public string Key { get; private set; } = "";

    /// <summary>SHA-256 of what the command said: the same key with another command is an error.</summary>
    public string Fingerprint { get; internal set; } = "";

    /// <summary>The ticket that came of it.</summary>
    public Guid TicketId { get; internal set; }

    /// <summary>The message that came of it.</summary>
    public Guid? MessageId { get; internal set; }

    /// <summary>From then on the key is free for another command, which takes the row over.</summary>
    public DateTimeOffset ExpiresAt { get; internal set; }
}
