namespace HelpDesk.Tickets;

/// <summary>A text that agents answer with again and again.</summary>
public class SavedReply
{
    /// <summary>For EF Core and lazy-loading proxies.</summary>
    protected SavedReply()
    {
    }

    internal SavedReply(string ownerId) => OwnerId = ownerId;

    /// <summary>The key.</summary>
    public Guid Id { get; private set; }

    /// <summary>The host's user id of the agent who wrote it.</summary>
    public string OwnerId { get; private set; } = "";

    /// <summary>The title.</summary>
    public string Title { get; private set; } = "";

    /// <summary>The text.</summary>
    public string Body { get; private set; } = "";

    /// <summary>Whether the other agents see it too.</summary>
    public bool Shared { get; private set; }

    internal void Become(string title, string body, bool shared)
    {
        Title = title;
        Body = body;
        Shared = shared;
    }
}
