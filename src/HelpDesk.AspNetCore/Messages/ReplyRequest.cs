using System.ComponentModel;
using HelpDesk.AspNetCore.Http;

namespace HelpDesk.AspNetCore.Messages;

/// <summary>The body that writes a message.</summary>
internal record ReplyRequest
{
    public string? Body { get; init; }

    /// <summary>Whether it is a note; counts for agents only.</summary>
    public bool? IsPrivate { get; init; }
}

/// <summary>The same with files, for OpenAPI: they are no field that is read like the others.</summary>
internal sealed record ReplyForm : ReplyRequest
{
    [Description(RequestForm.FilesDescription)]
    public IReadOnlyList<Stream> Attachments { get; init; } = [];
}
