using HelpDesk.Assignment;
using HelpDesk.People;
using HelpDesk.Persistence;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Service;

/// <summary>A message's author as stored: the directory knows the name of today, the participant that of then.</summary>
internal sealed record StoredAuthor(string? Id, string? ParticipantName, TicketRole Kind)
{
    /// <summary>The host's user, where the author is one.</summary>
    public string? UserId => Kind == TicketRole.System ? null : Id;
}

/// <summary>Who wrote the last message, as stored.</summary>
internal sealed record StoredLastMessage(StoredAuthor Author, DateTimeOffset At);

/// <summary>A ticket with what a list shows of it, before the names of users are known.</summary>
internal sealed class TicketRow
{
    public required Ticket Ticket { get; init; }

    public required string? RequesterName { get; init; }

    public required string? RequesterEmail { get; init; }

    public required StoredLastMessage? Last { get; init; }

    public required StoredLastMessage? LastPublic { get; init; }

    /// <summary>The row after a public message was added.</summary>
    public TicketRow With(StoredLastMessage last) =>
        new() { Ticket = Ticket, RequesterName = RequesterName, RequesterEmail = RequesterEmail, Last = last, LastPublic = last };

    public IEnumerable<string?> UserIds => [Ticket.RequesterId, Ticket.AssigneeId, Last?.Author.UserId, LastPublic?.Author.UserId];
}

/// <summary>The one query by which tickets are read for showing, and the making of views from it.</summary>
internal static class TicketProjection
{
    /// <summary>Adds requester and last messages to tickets, by key look-ups only. Whether the tickets are tracked is the caller's word.</summary>
    public static IQueryable<TicketRow> Rows(HelpDeskDb db, IQueryable<Ticket> tickets) =>
        from ticket in tickets
        from requester in db.Participants.Where(p => p.Id == ticket.RequesterParticipantId).DefaultIfEmpty()
        from last in db.Messages.Where(m => m.Id == ticket.LastMessageId).DefaultIfEmpty()
        from lastBy in db.Participants.Where(p => p.Id == last!.AuthorParticipantId).DefaultIfEmpty()
        from shown in db.Messages.Where(m => m.Id == ticket.LastPublicMessageId).DefaultIfEmpty()
        from shownBy in db.Participants.Where(p => p.Id == shown!.AuthorParticipantId).DefaultIfEmpty()
        select new TicketRow
        {
            Ticket = ticket,
            RequesterName = requester!.Name,
            RequesterEmail = requester.Email,
            Last = last == null ? null : new StoredLastMessage(new StoredAuthor(last.AuthorId, lastBy!.Name, last.AuthorKind), last.CreatedAt),
            LastPublic = shown == null ? null : new StoredLastMessage(new StoredAuthor(shown.AuthorId, shownBy!.Name, shown.AuthorKind), shown.CreatedAt),
        };

    public static TicketView View(TicketRow row, bool isInternal, People people) => isInternal ? ForAgent(row, people) : ForRequester(row, people);

    public static RequesterTicket ForRequester(TicketRow row, People people)
    {
        var ticket = row.Ticket;
        return new RequesterTicket
        {
            Id = ticket.Id,
            Number = ticket.Number,
            Subject = ticket.Subject,
            Status = ticket.Status,
            Priority = ticket.Priority,
            Category = ticket.Category,
            Channel = ticket.Channel,
            Requester = new Person(ticket.RequesterId, people.Name(ticket.RequesterId, row.RequesterName)),
            Assignee = Assignee(ticket, people),
            LastMessage = Last(row.LastPublic, people),
            LinkedTo = ticket.LinkedTicketId,
            CreatedAt = ticket.CreatedAt,
            UpdatedAt = ticket.PublicUpdatedAt,
            ResolvedAt = ticket.ResolvedAt,
            ClosedAt = ticket.ClosedAt,
            Version = ticket.PublicVersion,
        };
    }

    public static AgentTicket ForAgent(TicketRow row, People people)
    {
        var ticket = row.Ticket;
        return new AgentTicket
        {
            Id = ticket.Id,
            Number = ticket.Number,
            Subject = ticket.Subject,
            Status = ticket.Status,
            Priority = ticket.Priority,
            Category = ticket.Category,
            Channel = ticket.Channel,
            Requester = new Person(ticket.RequesterId, people.Name(ticket.RequesterId, row.RequesterName)),
            Assignee = Assignee(ticket, people),
            LastMessage = Last(row.Last, people),
            LinkedTo = ticket.LinkedTicketId,
            CreatedAt = ticket.CreatedAt,
            UpdatedAt = ticket.UpdatedAt,
            ResolvedAt = ticket.ResolvedAt,
            ClosedAt = ticket.ClosedAt,
            Version = ticket.Version,
            RequesterEmail = row.RequesterEmail,
            FirstRespondedAt = ticket.FirstRespondedAt,
            DueAt = ticket.DueAt,
            EscalatedAt = ticket.EscalatedAt,
        };
    }

    private static Person? Assignee(Ticket ticket, People people) =>
        ticket.AssigneeId is { } id ? new Person(id, people.Name(id, null)) : null;

    private static LastMessage? Last(StoredLastMessage? last, People people) =>
        last is null ? null : new LastMessage(people.Author(last.Author).Name, last.Author.Kind, last.At);
}

/// <summary>A message as stored, with its author and files, before the names of users are known.</summary>
internal sealed class MessageRow
{
    public required TicketMessage Message { get; init; }

    public required string? AuthorName { get; init; }

    public required IReadOnlyList<AttachmentView> Attachments { get; init; }

    public StoredAuthor Author => new(Message.AuthorId, AuthorName, Message.AuthorKind);

    public AgentMessage ForAgent(People people) => new()
    {
        Id = Message.Id,
        Author = people.Author(Author),
        Body = Message.Body,
        HasHtml = Message.HasHtml,
        HasQuoted = Message.HasQuoted,
        IsPrivate = Message.IsPrivate,
        Channel = Message.Channel,
        CreatedAt = Message.CreatedAt,
        Attachments = Attachments,
    };

    /// <exception cref="InvalidOperationException">The message is a note: a query forgot to leave it out.</exception>
    public PublicMessage ForRequester(People people) => Message.IsPrivate
        ? throw new InvalidOperationException("A note cannot be shown to a requester.")
        : new PublicMessage
        {
            Id = Message.Id,
            Author = people.Author(Author),
            Body = Message.Body,
            HasHtml = Message.HasHtml,
            Channel = Message.Channel,
            CreatedAt = Message.CreatedAt,
            Attachments = Attachments,
        };

    public MessageView View(bool isInternal, People people) => isInternal ? ForAgent(people) : ForRequester(people);
}

/// <summary>The users that one answer mentions, found in one query.</summary>
internal sealed class People(IReadOnlyDictionary<string, DirectoryUser> users)
{
    private readonly Dictionary<string, string> agents = new(StringComparer.Ordinal);

    private const string Unknown = "Unknown user";

    public static async Task<People> FindAsync(IUserDirectory directory, IEnumerable<string?> ids, CancellationToken cancellationToken)
    {
        var wanted = ids.OfType<string>().ToHashSet(StringComparer.Ordinal);
        return new People(wanted.Count == 0 ? new Dictionary<string, DirectoryUser>() : await directory.FindAsync(wanted, cancellationToken));
    }

    public DirectoryUser? Find(string? id) => id is not null && users.TryGetValue(id, out var user) ? user : null;

    /// <summary>The name of today, else that of then.</summary>
    public string Name(string? id, string? then) =>
        Find(id)?.Name ?? (id is not null && agents.TryGetValue(id, out var name) ? name : then) ?? Unknown;

    /// <summary>Lets an agent be named who was found only while the answer was made.</summary>
    public void Add(AgentState? agent)
    {
        if (agent is not null)
            agents[agent.Id] = agent.Name;
    }

    public Author Author(StoredAuthor author) => author.Kind == TicketRole.System
        ? new Author(author.Id, author.Id ?? "System", author.Kind)
        : new Author(author.Id, Name(author.Id, author.ParticipantName), author.Kind);
}
