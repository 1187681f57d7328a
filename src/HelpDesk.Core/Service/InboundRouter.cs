using System.Text;
using HelpDesk.Inbound;
using HelpDesk.People;
using HelpDesk.Persistence;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MimeKit;

namespace HelpDesk.Service;

/// <summary>Decides what becomes of a mail: whether its sender may write where the evidence leads.</summary>
internal sealed class InboundRouter(HelpDeskDb db, EvidenceFinder evidences, IUserDirectory directory, IEnumerable<IInboundSource> sources, TimeProvider clock, IOptions<HelpDeskOptions> options)
{
    private const string NotToTheirAddress = "It says to be from an agent, but did not come to that agent's reply address.";

    public async Task<MailDecision> DecideAsync(InboundMail row, ParsedMail mail, CancellationToken cancellationToken)
    {
        var kind = MailClassifier.Classify(mail.Headers, mail.Type, mail.Head.Sender?.Email, row.Sender);
        var isReport = mail.Type?.IsMimeType("multipart", "report") == true;
        if (kind == MailClass.Bounce && isReport)
            return new MailDecision(MailFate.Report, "A mail server reports.");
        if (mail.Head.Sender is not { } sender)
            return MailDecision.Hold(mail.Head.FromCount == 0 ? "It does not say from whom it is." : "It does not say from which one person it is: there are several senders, or no usable address.");
        if (IsOwn(sender.Email, row.Recipient))
            return MailDecision.Hold("It says to be from an address of the help desk itself.");
        if (await IsOverCapAsync(sender.Email, row.Id, cancellationToken))
            return MailDecision.Hold($"Its sender has written more than {options.Value.Inbound.MostPerSender} mails within an hour.") with { IsFlood = true };

        var author = await AuthorAsync(sender, cancellationToken);
        var verdict = Judge(row, mail, sender);
        var evidence = await evidences.FindAsync(row, mail, author, cancellationToken);
        if (kind == MailClass.AutoReply && author.IsAgent && evidence.Participant is not { Kind: not ParticipantKind.Agent })
            return new MailDecision(MailFate.Reject, "It was written by an agent's machine.") { TicketId = evidence.TicketId };

        var decision = evidence.By switch
        {
            EvidenceKind.Token => ByToken(evidence, author, verdict),
            EvidenceKind.MessageId => ByMessageId(evidence, author, verdict),
            EvidenceKind.Number when evidence.Participant is not null => ByNumber(evidence, author, verdict),
            _ => New(row, evidence, author, verdict, kind),
        };
        // What has no return path, or says to be from a mail server, and is no report: a person may have written it all the same.
        if (kind == MailClass.Bounce && decision.Fate == MailFate.Reject)
            return MailDecision.Hold("It came as reports of mail servers come, but is none, and belongs to no ticket.");
        return kind == MailClass.Human || decision.Fate != MailFate.Message || decision.TicketId is null ? decision : Automatic(decision, kind);
    }

    /// <summary>What a mail becomes that an agent releases. The agent vouches for its place, not for its sender: whoever says to be a colleague is not let speak for the help desk.</summary>
    public async Task<MailDecision> DecideReleaseAsync(InboundMail row, ParsedMail mail, Guid? ticketId, string agentName, CancellationToken cancellationToken)
    {
        var reason = $"Released by {agentName}. It had been held: {row.Reason}";
        var author = mail.Head.Sender is { } sender && !IsOwn(sender.Email, row.Recipient) ? await AuthorAsync(sender, cancellationToken) : MailAuthor.Unknown;
        var participant = ticketId is { } id ? await evidences.FindParticipantAsync(id, author, cancellationToken) : null;
        var isOfAgent = participant is null ? author.IsAgent : participant.Kind == ParticipantKind.Agent;
        var isAutomatic = MailClassifier.Classify(mail.Headers, mail.Type, author.Email, row.Sender) != MailClass.Human;
        var isForged = mail.Head.Sender is { } claimed && Judge(row, mail, claimed) == SenderVerdict.Failed;
        return new MailDecision(MailFate.Message, reason)
        {
            TicketId = ticketId,
            ParticipantId = participant?.Id,
            Author = author,
            IsOfAgent = isOfAgent,
            IsAutomatic = isAutomatic,
            IsForged = isForged,
            IsNote = ticketId is not null && (isOfAgent || isAutomatic),
        };
    }

    private static MailDecision ByToken(Evidence evidence, MailAuthor author, SenderVerdict verdict)
    {
        var person = evidence.Participant!;
        if (!author.Is(person))
            return MailDecision.Hold("It came to the reply address of somebody else: its sender may be a stranger who was given the address.", evidence.TicketId);
        if (person.Kind != ParticipantKind.Agent)
            return evidence.Accept("By the reply address of its sender.", author);
        if (!author.IsAgent)
            return MailDecision.Hold("It came to the reply address of an agent, who is none any more.", evidence.TicketId);
        return verdict == SenderVerdict.Passed
            ? evidence.Accept("By the reply address of the agent, whose sender the mail provider has authenticated.", author) with { IsNote = evidence.IsAboutNote }
            : MailDecision.Hold("It says to be from an agent, but the mail provider has not authenticated its sender.", evidence.TicketId);
    }

    private static MailDecision ByMessageId(Evidence evidence, MailAuthor author, SenderVerdict verdict)
    {
        if (evidence.Participant!.Kind == ParticipantKind.Agent)
            return MailDecision.Hold(NotToTheirAddress, evidence.TicketId);
        // A Message-ID is no secret for whoever the mail was forwarded to.
        return verdict == SenderVerdict.Failed
            ? MailDecision.Hold("It answers a mail to its sender, but the mail provider says that the sender is forged.", evidence.TicketId)
            : evidence.Accept("By the mail to its sender that it answers.", author);
    }

    private static MailDecision ByNumber(Evidence evidence, MailAuthor author, SenderVerdict verdict)
    {
        if (evidence.Participant!.Kind == ParticipantKind.Agent)
            return MailDecision.Hold(NotToTheirAddress, evidence.TicketId);
        return verdict == SenderVerdict.Failed
            ? MailDecision.Hold("It names a ticket of its sender, but the mail provider says that the sender is forged.", evidence.TicketId)
            : evidence.Accept($"By the number {evidence.Number} in its subject: its sender takes part in that ticket.", author);
    }

    private MailDecision New(InboundMail row, Evidence evidence, MailAuthor author, SenderVerdict verdict, MailClass kind)
    {
        if (ReplyAddress.IsOne(row.Recipient))
            return MailDecision.Hold("It came to a reply address that is none of ours: mistyped, cut off, or of a ticket that is no longer there.", evidence.TicketId);
        if (author.IsAgent)
            return MailDecision.Hold(NotToTheirAddress, evidence.TicketId);
        if (verdict == SenderVerdict.Failed && author.UserId is not null)
            return MailDecision.Hold("It says to be from one of your users, but the mail provider says that the sender is forged.", evidence.TicketId);
        if (kind != MailClass.Human && !options.Value.Inbound.OpensForAutomaticMail)
        {
            return kind == MailClass.List
                ? MailDecision.Hold("It was sent to many by a list, and belongs to no ticket.", evidence.TicketId)
                : new MailDecision(MailFate.Reject, "It was written by a machine, and belongs to no ticket.");
        }

        var reason = evidence.By == EvidenceKind.Number
            ? $"Opened by mail. Its subject names {evidence.Number}, in which its sender does not take part."
            : "Opened by mail.";
        return new MailDecision(MailFate.Message, reason) { Author = author, IsAutomatic = kind != MailClass.Human, IsForged = verdict == SenderVerdict.Failed };
    }

    /// <summary>What a machine writes is kept for agents. It changes nothing, and nobody is told.</summary>
    private static MailDecision Automatic(MailDecision decision, MailClass kind) =>
        decision with { IsNote = true, IsAutomatic = true, Reason = $"{decision.Reason} It was {(kind == MailClass.List ? "sent by a list" : "written by a machine")}, so it changes nothing." };

    private async Task<MailAuthor> AuthorAsync(MailSender sender, CancellationToken cancellationToken)
    {
        var user = await directory.FindByEmailAsync(sender.Email, cancellationToken);
        var roles = user is null ? HelpDeskRoles.None : await directory.GetRolesAsync(user.Id, cancellationToken);
        return new MailAuthor(sender.Email, sender.Name, user?.Id, roles);
    }

    private async Task<bool> IsOverCapAsync(string from, Guid self, CancellationToken cancellationToken)
    {
        var since = clock.GetStorableNow() - TimeSpan.FromHours(1);
        var most = options.Value.Inbound.MostPerSender;
        return await db.InboundMail.AsNoTracking()
            .CountAsync(mail => mail.From == from && mail.State == InboundMailState.Processed && mail.ReceivedAt > since && mail.Id != self, cancellationToken) >= most;
    }

    private bool IsOwn(string email, string recipient)
    {
        var inbound = options.Value.Inbound;
        return email == TextRules.NormalizeEmail(recipient)
            || inbound.OwnAddresses.Any(own => TextRules.NormalizeEmail(own) == email)
            || (ReplyAddress.IsOne(email) && (inbound.ReplyDomain is null || OnTheWire(email).EndsWith($"@{inbound.ReplyDomain}", StringComparison.OrdinalIgnoreCase)));
    }

    private SenderVerdict Judge(InboundMail row, ParsedMail mail, MailSender sender) =>
        sources.FirstOrDefault(source => source.Name == row.Source)?.Judge(new SenderClaim
        {
            From = OnTheWire(sender.Email),
            Sender = row.Sender == "<>" ? "" : OnTheWire(row.Sender),
            Headers = [.. mail.Headers.Select(header => KeyValuePair.Create(header.Field, Unfolded(header)))],
        }) ?? SenderVerdict.Unknown;

    /// <summary>With its domain as mail servers write it, in their results too. What would not come back from there as it went (ß became ss once) stays as it is, and matches nothing.</summary>
    private static string OnTheWire(string address)
    {
        try
        {
            var encoded = MailboxAddress.EncodeAddrspec(address);
            return MailboxAddress.DecodeAddrspec(encoded).Equals(address, StringComparison.OrdinalIgnoreCase) || encoded.Equals(address, StringComparison.OrdinalIgnoreCase) ? encoded : address;
        }
        catch (ParseException)
        {
            return address;
        }
    }

    /// <summary>As it was written. Decoded, a word of the sender's could become a semicolon, and a part of what the provider says.</summary>
    private static string Unfolded(Header header) => Header.Unfold(Encoding.UTF8.GetString(header.RawValue)).Trim();
}
