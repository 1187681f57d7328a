using Microsoft.Extensions.Options;

namespace HelpDesk.Inbound.Mailgun;

/// <summary>Mailgun as a way by which mail comes in, and what its own headers say of senders.</summary>
internal sealed class MailgunSource(IOptions<MailgunOptions> options) : IInboundSource
{
    public const string SourceName = "mailgun";

    private const string Spf = "X-Mailgun-Spf";
    private const string Dkim = "X-Mailgun-Dkim-Check-Result";
    private const string DkimSignature = "DKIM-Signature";
    private const string Pass = "Pass";

    public string Name => SourceName;

    public SenderVerdict Judge(SenderClaim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        var from = DomainOf(claim.From);
        if (from is null || !options.Value.HasSpamFilter)
            return SenderVerdict.Unknown;

        var spf = Only(claim, Spf);
        if ((Is(spf, Pass) && Is(DomainOf(claim.Sender), from)) || IsSignedFor(claim, from))
            return SenderVerdict.Passed;
        // A sender may add a header that says something better, but cannot take away what Mailgun says.
        return claim.Headers.Any(header => Is(header.Key.Trim(), Spf) && (Is(header.Value.Trim(), "Fail") || Is(header.Value.Trim(), "SoftFail"))) ? SenderVerdict.Failed : SenderVerdict.Unknown;
    }

    // With several signatures nobody knows which of them the result is about: the sender may have added one of a domain that is not theirs.
    private static bool IsSignedFor(SenderClaim claim, string from) =>
        Is(Only(claim, Dkim), Pass) && Only(claim, DkimSignature) is { } signature && SigningDomain(signature) is { } domain && IsOrIsBelow(from, domain);

    private static string? SigningDomain(string signature)
    {
        var values = signature.Split(';').Select(tag => tag.Split('=', 2)).Where(tag => tag.Length == 2 && tag[0].Trim() == "d").Select(tag => tag[1].Trim()).ToList();
        return values.Count == 1 ? values[0] : null;
    }

    // A parent of one label would be a whole top-level domain.
    private static bool IsOrIsBelow(string domain, string parent) =>
        parent.IndexOf('.', StringComparison.Ordinal) > 0 && (Is(domain, parent) || domain.EndsWith("." + parent, StringComparison.OrdinalIgnoreCase));

    /// <summary>The value of the header, if there is exactly one.</summary>
    private static string? Only(SenderClaim claim, string name)
    {
        var found = claim.Headers.Where(header => Is(header.Key.Trim(), name)).Take(2).ToList();
        return found.Count == 1 ? found[0].Value.Trim() : null;
    }

    private static string? DomainOf(string address) => address.LastIndexOf('@') is > 0 and var at && at < address.Length - 1 ? address[(at + 1)..] : null;

    private static bool Is(string? text, string other) => string.Equals(text, other, StringComparison.OrdinalIgnoreCase);
}
