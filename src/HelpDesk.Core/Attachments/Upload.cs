using HelpDesk.Tickets;

namespace HelpDesk.Attachments;

/// <summary>How far an upload has come.</summary>
public enum UploadState
{
    /// <summary>The bytes are on their way, or in quarantine.</summary>
    Pending,

    /// <summary>The bytes are stored, and wait for a message.</summary>
    Stored,

    /// <summary>The bytes are being deleted.</summary>
    Deleting,
}

/// <summary>Bytes in the store that belong to no message yet. The row is there before the object, and after it.</summary>
public class Upload
{
    /// <summary>For EF Core and lazy-loading proxies.</summary>
    protected Upload()
    {
    }

    internal Upload(string storageKey, Actor owner, string fileName, string contentType, DateTimeOffset expiresAt)
    {
        // As a message's, since it becomes the key of the attachment. Any time will do that goes on.
        Id = Guid.CreateVersion7(expiresAt);
        StorageKey = storageKey;
        OwnerKind = owner.Kind;
        OwnerId = owner.Id;
        FileName = fileName;
        ContentType = contentType;
        ExpiresAt = expiresAt;
    }

    /// <summary>What is left of something else that is not needed any more: the sweep deletes its bytes.</summary>
    internal static Upload Leftover(string storageKey, Actor owner, DateTimeOffset now) => new(storageKey, owner, "", "", now) { State = UploadState.Deleting };

    /// <summary>Leaves it to the sweep.</summary>
    internal void Discard(DateTimeOffset now) => (State, ExpiresAt) = (UploadState.Deleting, now);

    /// <summary>What becomes of it when a command takes it: the key stays.</summary>
    internal TicketAttachment ToAttachment(Guid messageId, int position) => new(Id, messageId, position)
    {
        FileName = FileName,
        ContentType = ContentType,
        StorageKey = StorageKey,
        Size = Size,
        Sha256 = Sha256,
    };

    /// <summary>The key, by which a command takes the upload.</summary>
    public Guid Id { get; private set; }

    /// <summary>Where the store keeps the bytes.</summary>
    public string StorageKey { get; private set; } = "";

    /// <summary>Whether a user or a job uploaded: a job may bear the name of a user.</summary>
    public ActorKind OwnerKind { get; private set; }

    /// <summary>Who uploaded: the only one who can use it.</summary>
    public string OwnerId { get; private set; } = "";

    /// <summary>The cleaned name.</summary>
    public string FileName { get; private set; } = "";

    /// <summary>The media type as it was sent.</summary>
    public string ContentType { get; private set; } = "";

    /// <summary>Bytes; 0 while pending.</summary>
    public long Size { get; private set; }

    /// <summary>SHA-256 in lower-case hexadecimal; empty while pending.</summary>
    public string Sha256 { get; private set; } = "";

    /// <summary>How far it has come; the concurrency token, by which a command and the sweeper know of each other.</summary>
    public UploadState State { get; private set; }

    /// <summary>From then on the sweeper may delete it; while it is being deleted, when that is tried again.</summary>
    public DateTimeOffset ExpiresAt { get; private set; }
}
