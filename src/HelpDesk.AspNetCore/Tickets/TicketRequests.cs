using System.ComponentModel;
using System.Runtime.CompilerServices;
using HelpDesk.AspNetCore.Http;
using HelpDesk.Tickets;

namespace HelpDesk.AspNetCore.Tickets;

/// <summary>The body that opens a ticket. What is not here cannot be set by a request.</summary>
internal record OpenTicketRequest
{
    public string? Subject { get; init; }

    public string? Body { get; init; }

    public TicketPriority? Priority { get; init; }

    public string? Category { get; init; }

    /// <summary>On behalf of this user; from agents only.</summary>
    public string? RequesterId { get; init; }

    /// <summary>On behalf of this address; from agents only.</summary>
    public string? RequesterEmail { get; init; }
}

/// <summary>The same with files, for OpenAPI: they are no field that is read like the others.</summary>
internal sealed record OpenTicketForm : OpenTicketRequest
{
    [Description(RequestForm.FilesDescription)]
    public IReadOnlyList<Stream> Attachments { get; init; } = [];
}

/// <summary>What can be changed of one ticket and of several. A field that is absent stays as it is, which null cannot say: so each remembers whether it was there.</summary>
internal record TicketFieldsRequest
{
    private readonly HashSet<string> present = [];

    public TicketPriority? Priority { get; init => field = Present(value); }

    public string? Category { get; init => field = Present(value); }

    public string? AssigneeId { get; init => field = Present(value); }

    public TicketStatus? Status { get; init => field = Present(value); }

    public Optional<TicketPriority> PriorityField() => Required(nameof(Priority), Priority);

    public Optional<string?> CategoryField() => Field(nameof(Category), Category);

    public Optional<string?> AssigneeField() => Field(nameof(AssigneeId), AssigneeId);

    public Optional<TicketStatus> StatusField() => Required(nameof(Status), Status);

    protected T Present<T>(T value, [CallerMemberName] string name = "")
    {
        present.Add(name);
        return value;
    }

    protected Optional<T> Field<T>(string name, T value) => present.Contains(name) ? new Optional<T>(value) : default;

    private Optional<T> Required<T>(string name, T? value)
        where T : struct, Enum
    {
        if (!present.Contains(name))
            return default;
        return value ?? throw new ValidationException(name.ToLowerInvariant(), $"Use one of: {Words.All<T>()}.");
    }
}

/// <summary>The body that changes a ticket.</summary>
internal sealed record ChangeTicketRequest : TicketFieldsRequest
{
    public string? Subject { get; init => field = Present(value); }

    public DateTimeOffset? DueAt { get; init => field = Present(value); }

    /// <exception cref="ValidationException">A field is null that must have a value.</exception>
    public ChangeTicket ToCommand(Actor actor, TicketKey ticket, Guid? ifVersion) => new()
    {
        Actor = actor,
        Ticket = ticket,
        IfVersion = ifVersion,
        Subject = Field(nameof(Subject), Subject),
        Priority = PriorityField(),
        Category = CategoryField(),
        AssigneeId = AssigneeField(),
        Status = StatusField(),
        DueAt = Field(nameof(DueAt), DueAt),
    };
}

/// <summary>The optional body of resolve, close and reopen.</summary>
internal sealed record MoveTicketRequest
{
    public string? Message { get; init; }
}
