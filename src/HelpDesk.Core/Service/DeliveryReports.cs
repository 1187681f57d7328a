using HelpDesk.Inbound;
using HelpDesk.Persistence;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HelpDesk.Service;

/// <summary>Takes note of mails that did not arrive, or were not wanted. Only a Message-ID that we have given out counts, so that nobody can make another's address fail.</summary>
internal sealed class DeliveryReports(HelpDeskDb db, CommandRunner runner, TimeProvider clock, IOptions<HelpDeskOptions> options)
{
    private const string Route = "report";

    // Longer than any provider's signature is taken.
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(8);

    /// <summary>What a mail server reports by mail.</summary>
    public async Task<ReportOutcome> TakeAsync(ParsedMail bounce, CancellationToken cancellationToken)
    {
        if (BounceReader.Read(bounce) is not { MessageIds.Count: > 0 } report)
            return new ReportOutcome("A mail server reports, but not of which mail.", null);

        var sent = await FindAsync(report.MessageIds, cancellationToken);
        var mail = sent.Find(row => row.Email is not null && report.Recipients.Contains(row.Email)) ?? (report.Recipients.Count == 0 ? sent.FirstOrDefault() : null);
        if (mail is null)
            return new ReportOutcome("A mail server reports of a mail that is none of ours.", null);
        if (!report.IsPermanent || report.Recipients.Count == 0)
            return new ReportOutcome("A mail server reports, and has not given up for good.", mail.TicketId);

        await MarkAsync(mail, DeliveryReportKind.Failed, report.Reason, deliveryKey: null, cancellationToken);
        return new ReportOutcome("A mail server reports that a mail of ours cannot be delivered.", mail.TicketId);
    }

    /// <summary>What a provider reports by its own way.</summary>
    public async Task TakeAsync(DeliveryReport report, CancellationToken cancellationToken)
    {
        var id = report.MessageId.Trim();
        var messageId = id.StartsWith('<') ? id : $"<{id}>";
        var email = TextRules.NormalizeEmail(report.Recipient);
        if (email is null || messageId.Length > TicketLimits.MessageIdLength || !TextRules.IsStorable(messageId))
            return;

        if ((await FindAsync([messageId], cancellationToken)).Find(row => row.Email == email) is { } mail)
            await MarkAsync(mail, report.Kind, report.Reason, report.DeliveryKey is { } key ? InboundEmailProcessor.KeyOf(key) : null, cancellationToken);
    }

    /// <summary>Whether the key has brought a report before, or a mail: what a provider signs is the key alone, so it must not bring anything else.</summary>
    private async Task<bool> IsUsedAsync(string deliveryKey, CancellationToken cancellationToken)
    {
        var owner = InboundLedger.Self.Id;
        return await db.IdempotencyKeys.AsNoTracking().AnyAsync(row => row.ActorId == owner && row.Route == Route && row.Key == deliveryKey, cancellationToken)
            || await db.InboundMail.AsNoTracking().AnyAsync(row => row.DeliveryKey == deliveryKey, cancellationToken);
    }

    private async Task<List<SentMail>> FindAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var found = await db.Notifications.AsNoTracking().Where(row => ids.Contains(row.MessageId)).OrderByDescending(row => row.PlannedAt).Take(MailParser.MostAnswered)
            .Select(row => new SentMail(row.MessageId, row.TicketId, row.ParticipantId, row.Email)).ToListAsync(cancellationToken);
        // A database may compare more kindly than we do.
        return found.FindAll(mail => ids.Contains(mail.MessageId));
    }

    private Task MarkAsync(SentMail mail, DeliveryReportKind kind, string? reason, string? deliveryKey, CancellationToken cancellationToken) => runner.RunAsync(
        "inbound.report",
        async (attempt, token) =>
        {
            await attempt.LockAsync(mail.TicketId, evenFirst: true, token);
            var ticket = await db.Tickets.AsTracking().FirstOrDefaultAsync(row => row.Id == mail.TicketId, token);
            var person = await db.Participants.AsTracking().FirstOrDefaultAsync(row => row.Id == mail.ParticipantId, token);
            if (ticket is null || person is null || !await attempt.TrackAsync(ticket, token) || !await attempt.TrackAsync(person, token))
                return false;
            if (kind == DeliveryReportKind.Failed ? person.Undeliverable : person.Complained)
                return false;

            if (deliveryKey is not null)
            {
                if (await IsUsedAsync(deliveryKey, token))
                    return false;
                attempt.Claim(new IdempotencyKey(InboundLedger.Self.Id, Route, deliveryKey, "") { TicketId = mail.TicketId, ExpiresAt = clock.GetStorableNow() + Remembered });
            }

            // The address fails on all of its tickets, and whoever complains has had enough of all of them.
            var others = db.Participants.Where(row => row.Email == mail.Email && row.Id != person.Id);
            if (kind == DeliveryReportKind.Failed)
            {
                person.Undeliverable = true;
                await others.ExecuteUpdateAsync(set => set.SetProperty(row => row.Undeliverable, true), token);
            }
            else
            {
                person.Complained = true;
                await others.ExecuteUpdateAsync(set => set.SetProperty(row => row.Complained, true), token);
            }

            var change = new TicketChange(ticket, InboundLedger.Self, TicketRole.System, clock.GetStorableNow(ticket), TicketRules.From(options.Value));
            var text = kind == DeliveryReportKind.Failed ? $"Mail to {person.Name} cannot be delivered." : $"{person.Name} has complained of a mail, and gets no automatic ones any more.";
            change.Record(kind == DeliveryReportKind.Failed ? "undeliverable" : "complained", eventKind: null, isPublic: false, reason: $"{text} {TextRules.OneLine(reason ?? "")}".TrimEnd());
            attempt.Store(change);
            return true;
        },
        cancellationToken);

    /// <summary>What came of a report.</summary>
    internal sealed record ReportOutcome(string Reason, Guid? TicketId);

    private sealed record SentMail(string MessageId, Guid TicketId, Guid ParticipantId, string? Email);
}
