using HelpDesk.Attachments;
using HelpDesk.Inbound;
using HelpDesk.Tickets;

namespace HelpDesk.Service;

/// <summary>Processes one mail: reads it, decides, and does what was decided. Repeatable up to its commit.</summary>
internal sealed class InboundHandler(
    InboundLedger ledger, InboundRouter router, InboundFiles files, TicketService tickets, DeliveryReports reports, IAttachmentUploads uploads, ISenderAccounts? accounts = null)
{
    private const string NoText = "(no text)";

    /// <returns>Where the mail is now; null where somebody else has it.</returns>
    public async Task<InboundMailState?> HandleAsync(ClaimedMail claim, CancellationToken cancellationToken)
    {
        if (await ledger.FindAsync(claim, cancellationToken) is not { } row)
            return null;

        await using var raw = await files.OpenAsync(row, cancellationToken);
        var mail = await MailParser.ParseAsync(raw, cancellationToken);
        var decision = await router.DecideAsync(row, mail, cancellationToken);
        switch (decision.Fate)
        {
            case MailFate.Message:
                return await BecomeAsync(claim, row, mail, decision, cancellationToken);
            case MailFate.Report:
                var outcome = await reports.TakeAsync(mail, cancellationToken);
                return await SettleAsync(InboundMailState.Processed, outcome.Reason, outcome.TicketId);
            case MailFate.Hold when decision.IsFlood:
                await ledger.HoldFloodAsync(mail.Head.Sender!.Email, decision.Reason, cancellationToken);
                return await SettleAsync(InboundMailState.Held, decision.Reason, decision.TicketId);
            default:
                return await SettleAsync(decision.Fate == MailFate.Hold ? InboundMailState.Held : InboundMailState.Rejected, decision.Reason, decision.TicketId);
        }

        async Task<InboundMailState?> SettleAsync(InboundMailState state, string reason, Guid? ticketId) =>
            await ledger.SettleAsync(claim, state, reason, ticketId, mail.Head, state == InboundMailState.Held ? mail.Text : null, cancellationToken) ? state : null;
    }

    /// <summary>Lets a mail become what an agent has decided.</summary>
    public async Task<InboundMailState?> ReleaseAsync(ClaimedMail claim, InboundMail row, Guid? ticketId, string agentName, CancellationToken cancellationToken)
    {
        await using var raw = await files.OpenAsync(row, cancellationToken);
        var mail = await MailParser.ParseAsync(raw, cancellationToken);
        return await BecomeAsync(claim, row, mail, await router.DecideReleaseAsync(row, mail, ticketId, agentName, cancellationToken), cancellationToken);
    }

    private async Task<InboundMailState?> BecomeAsync(ClaimedMail claim, InboundMail row, ParsedMail mail, MailDecision decision, CancellationToken cancellationToken)
    {
        var staged = new List<Guid>();
        var taken = false;
        try
        {
            decision = await WithAccountAsync(decision, cancellationToken);
            var remarks = new List<string>(mail.Remarks);
            if (row.Remarks is not null)
                remarks.Insert(0, row.Remarks);
            var trimmed = ReplyTrimmer.Trim(mail.Text);
            var message = new MailMessage
            {
                Claim = claim,
                Decision = decision,
                Head = mail.Head,
                Body = trimmed.Visible.Length == 0 ? NoText : trimmed.Visible,
                WholeText = trimmed.IsTrimmed ? mail.Text : null,
                // What colleagues quote to each other may stand in an agent's HTML; the text alone is sure to be without it.
                Html = decision.IsOfAgent ? null : mail.Html,
                Files = await files.StageAsync(mail, row.Size, staged, remarks, cancellationToken),
                Remarks = remarks.Count == 0 ? null : TextRules.Cut(string.Join(' ', remarks), TicketLimits.ReasonLength),
                WantsNoAnswer = decision.IsAutomatic || decision.IsForged || MailClassifier.ForbidsAnswers(mail.Headers),
            };
            taken = await tickets.TakeMailAsync(message, cancellationToken) is not null;
            return taken ? InboundMailState.Processed : null;
        }
        catch (Exception exception) when (exception is TransitionNotAllowedException or ForbiddenException && claim.State == InboundMailState.Received)
        {
            var reason = $"{decision.Reason} But its sender cannot answer there: {exception.Message}";
            return await ledger.SettleAsync(claim, InboundMailState.Held, reason, decision.TicketId, mail.Head, mail.Text, cancellationToken) ? InboundMailState.Held : null;
        }
        finally
        {
            if (!taken && staged.Count > 0)
                await uploads.DiscardAsync(new DiscardUploads { Actor = InboundLedger.Self, Uploads = staged }, CancellationToken.None);
        }
    }

    /// <summary>Whoever opens a ticket and is nobody's user gets an account, where the host gives one.</summary>
    private async Task<MailDecision> WithAccountAsync(MailDecision decision, CancellationToken cancellationToken)
    {
        var author = decision.Author;
        if (accounts is null || decision.TicketId is not null || decision.IsForged || author is not { UserId: null, Email: { } email })
            return decision;

        var userId = await accounts.FindOrCreateAsync(new MailSender(email, author.Name), cancellationToken);
        if (userId is { Length: 0 or > TicketLimits.KeyLength })
            throw new InvalidOperationException($"{accounts.GetType().Name} returned an id of {userId.Length} characters. A user id has 1 to {TicketLimits.KeyLength}.");
        return decision with { Author = author with { UserId = userId } };
    }
}
