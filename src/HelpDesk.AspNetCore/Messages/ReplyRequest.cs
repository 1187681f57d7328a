namespace HelpDesk.AspNetCore.Messages;

/// <summary>The body that writes a message.</summary>
internal sealed record ReplyRequest
{
    public string? Body { get; init; }

    /// <summary>Whether it is a note; counts for agents only.</summary>
    public bool? IsPrivate { get; init; }
}
