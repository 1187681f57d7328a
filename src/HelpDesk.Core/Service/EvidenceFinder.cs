using System.Security.Cryptography;
using System.Text;
using HelpDesk.Inbound;
using HelpDesk.Notifications;
using HelpDesk.Persistence;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Service;

/// <summary>Finds the ticket that a mail is about. It believes secrets that we have given out, in the order of their strength, and last a number, never what a mail says of itself.</summary>
internal sealed class EvidenceFinder(HelpDeskDb db)
{
    public async Task<Evidence> FindAsync(InboundMail row, ParsedMail mail, MailAuthor author, CancellationToken cancellationToken)
    {
        var answered = await FindAnsweredAsync([.. mail.Answers], author.Email!, cancellationToken);
        var isAboutNote = answered is { Kind: NotificationKind.NoteAdded };
        if (ReplyAddress.TokenOf(row.Recipient) is { } token && await FindByTokenAsync(token, cancellationToken) is { } owner)
            return new Evidence(EvidenceKind.Token, owner.TicketId, owner) { IsAboutNote = isAboutNote };
        if (answered is not null)
            return new Evidence(EvidenceKind.MessageId, answered.Participant.TicketId, answered.Participant) { IsAboutNote = isAboutNote };
        return await FindByNumberAsync(mail.Head.Subject, author, cancellationToken);
    }

    private async Task<Participant?> FindByTokenAsync(string token, CancellationToken cancellationToken)
    {
        var found = await db.Participants.AsNoTracking().FirstOrDefaultAsync(person => person.ReplyToken == token, cancellationToken);
        // A database may compare more kindly than we do.
        return found is not null && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(found.ReplyToken), Encoding.ASCII.GetBytes(token)) ? found : null;
    }

    /// <summary>The nearest of the answered mails that we have sent to this address.</summary>
    private async Task<Answered?> FindAnsweredAsync(List<string> ids, string email, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
            return null;

        var sent = await db.Notifications.AsNoTracking()
            .Where(row => ids.Contains(row.MessageId) && row.Email == email)
            .Join(db.Participants.AsNoTracking(), row => row.ParticipantId, person => person.Id, (row, person) => new { row.MessageId, row.Email, row.Kind, Participant = person })
            .ToListAsync(cancellationToken);
        // A database may compare more kindly than we do.
        return sent.Where(row => row.Email == email && ids.Contains(row.MessageId)).OrderBy(row => ids.IndexOf(row.MessageId)).Select(row => new Answered(row.Kind, row.Participant)).FirstOrDefault();
    }

    private async Task<Evidence> FindByNumberAsync(string subject, MailAuthor author, CancellationToken cancellationToken)
    {
        var numbers = SubjectNumbers.In(subject);
        if (numbers.Count == 0)
            return Evidence.None;

        var (email, userId) = (author.Email, author.UserId);
        var found = await db.Tickets.AsNoTracking().AsSingleQuery()
            .Where(ticket => numbers.Contains(ticket.Number))
            .OrderBy(ticket => ticket.Number)
            .Select(ticket => new
            {
                ticket.Id,
                ticket.Number,
                // Of a user the host knows which address is confirmed. Any other may be somebody else's, who writes something to us with this number in it.
                People = db.Participants.Where(person => person.TicketId == ticket.Id && ((person.UserId == null && person.Email == email) || (userId != null && person.UserId == userId))).ToList(),
            })
            .ToListAsync(cancellationToken);
        var tickets = found.ConvertAll(ticket => (ticket.Id, ticket.Number, Participant: Choose(ticket.People, author)));
        var best = tickets.Find(ticket => ticket.Participant is not null) is { Participant: not null } own ? own : tickets.FirstOrDefault();
        return best.Number is null ? Evidence.None : new Evidence(EvidenceKind.Number, best.Id, best.Participant) { Number = best.Number };
    }

    /// <summary>The one of several rows that gives least: who is an agent on the ticket is nothing else.</summary>
    private static Participant? Choose(IEnumerable<Participant> people, MailAuthor author) =>
        people.Where(person => author.Is(person)).OrderBy(person => person.Kind == ParticipantKind.Agent ? 0 : 1).ThenBy(person => person.Id).FirstOrDefault();

    /// <summary>The author among those who take part in a ticket.</summary>
    public async Task<Participant?> FindParticipantAsync(Guid ticketId, MailAuthor author, CancellationToken cancellationToken)
    {
        var (email, userId) = (author.Email, author.UserId);
        var people = await db.Participants.AsNoTracking()
            .Where(person => person.TicketId == ticketId && ((email != null && person.Email == email) || (userId != null && person.UserId == userId)))
            .ToListAsync(cancellationToken);
        return Choose(people, author);
    }

    private sealed record Answered(NotificationKind Kind, Participant Participant);
}

/// <summary>By what a mail is known to belong to a ticket.</summary>
internal enum EvidenceKind
{
    None,
    Number,
    MessageId,
    Token,
}

/// <summary>What was found of a mail's ticket, and whose it is.</summary>
/// <param name="By">How.</param>
/// <param name="TicketId">The ticket; null for none.</param>
/// <param name="Participant">To whom the secret was given, or who takes part; null for nobody.</param>
internal sealed record Evidence(EvidenceKind By, Guid? TicketId, Participant? Participant)
{
    public static readonly Evidence None = new(EvidenceKind.None, null, null);

    public string? Number { get; init; }

    public bool IsAboutNote { get; init; }

    public MailDecision Accept(string reason, MailAuthor author) =>
        new(MailFate.Message, reason) { TicketId = TicketId, ParticipantId = Participant!.Id, Author = author with { UserId = Participant.UserId ?? author.UserId }, IsOfAgent = Participant.Kind == ParticipantKind.Agent };
}
