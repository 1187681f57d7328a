using System.Text.RegularExpressions;
using HelpDesk.Notifications;
using HelpDesk.People;
using HelpDesk.Persistence;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HelpDesk.Service;

/// <summary>Ends loops of machines that answer each other: how many automatic mails one address gets that is no agent's.</summary>
/// <remarks>Counted when a mail is about to be sent, among those that were decided before it. So of several at once the first ones go, whichever process sends them.</remarks>
internal sealed partial class AutomaticMailCaps(HelpDeskDb db, IUserDirectory directory, IOptions<HelpDeskOptions> options)
{
    /// <summary>Why a mail must not be sent; null where it may.</summary>
    public async Task<string?> FindAsync(Letter letter, Ticket ticket, CancellationToken cancellationToken)
    {
        if (!letter.Row.IsAutomatic || letter.Row.Email is null || letter.IsForAgent || await IsAgentAsync(letter.Person.UserId, cancellationToken))
            return null;

        var (id, email, sender, at) = (letter.Row.Id, letter.Row.Email, letter.Row.Sender, letter.Row.PlannedAt);
        var caps = options.Value.Notifications;
        var since = at - caps.AutomaticMailWindow;
        var subjects = await db.Notifications.AsNoTracking()
            .Where(row => row.Email == email && row.Sender == sender && row.IsAutomatic && row.State != NotificationState.Refused && row.PlannedAt > since && row.PlannedAt <= at && (row.PlannedAt < at || row.Id.CompareTo(id) < 0))
            .OrderByDescending(row => row.PlannedAt)
            .Join(db.Tickets.AsNoTracking(), row => row.TicketId, other => other.Id, (_, other) => other.Subject)
            .Take(caps.MostAutomaticMails)
            .ToListAsync(cancellationToken);
        if (subjects.Count >= caps.MostAutomaticMails)
            return $"{caps.MostAutomaticMails} automatic mails have gone to the address within {caps.AutomaticMailWindow}.";

        var subject = Bare(ticket.Subject);
        return subjects.Count(other => string.Equals(Bare(other), subject, StringComparison.OrdinalIgnoreCase)) >= caps.MostAutomaticMailsOfOneSubject
            ? $"{caps.MostAutomaticMailsOfOneSubject} automatic mails of this subject have gone to the address within {caps.AutomaticMailWindow}."
            : null;
    }

    private async Task<bool> IsAgentAsync(string? userId, CancellationToken cancellationToken) =>
        userId is not null && await directory.GetRolesAsync(userId, cancellationToken) != HelpDeskRoles.None;

    private static string Bare(string subject) => Prefixes().Replace(subject, "").Trim();

    // What mail programs put before the subject of an answer.
    [GeneratedRegex(@"^(\s*(re|aw|antw|sv|vs|fw|fwd|wg|tr|rif|res|odp)(\[\d+\])?\s*:)+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Prefixes();
}
