using Microsoft.Extensions.Options;

namespace HelpDesk.Inbound.Pickup;

/// <summary>Believes the one header <c>Authentication-Results</c> that bears the name of the host's own mail server.</summary>
internal sealed class PickupFolderSource(IOptions<HelpDeskOptions> options) : IInboundSource
{
    public const string Called = "pickup";

    public string Name => Called;

    public SenderVerdict Judge(SenderClaim claim)
    {
        if (options.Value.Inbound.Pickup.AuthenticationServer is not { } server)
            return SenderVerdict.Unknown;

        // Those of other servers stand there too, whatever they look like.
        var own = claim.Headers
            .Where(header => header.Key.Equals("Authentication-Results", StringComparison.OrdinalIgnoreCase))
            .Select(header => header.Value)
            .Where(value => AuthenticationResults.ServerOf(value).Equals(server, StringComparison.OrdinalIgnoreCase))
            .ToList();
        if (own.Exists(value => value.Contains("dmarc=fail", StringComparison.OrdinalIgnoreCase)))
            return SenderVerdict.Failed;
        if (own.Count != 1 || AuthenticationResults.Split(own[0]) is not { } results)
            return SenderVerdict.Unknown;

        var methods = results.Skip(1).Select(Method.Parse).OfType<Method>().ToList();
        var domain = claim.From[(claim.From.LastIndexOf('@') + 1)..];
        return methods.Exists(method =>
            (method.Is("dmarc", "pass") && IsOf(method["header.from"], domain))
            || (method.Is("spf", "pass") && IsOf(method["smtp.mailfrom"], domain))
            || (method.Is("dkim", "pass") && IsOf(method["header.d"] ?? method["header.i"], domain)))
            ? SenderVerdict.Passed
            : SenderVerdict.Unknown;
    }

    private static bool IsOf(string? address, string domain) => address is not null && address[(address.LastIndexOf('@') + 1)..].Equals(domain, StringComparison.OrdinalIgnoreCase);

    /// <summary>One result, as <c>spf=pass smtp.mailfrom=ann@example.com</c>.</summary>
    private sealed record Method(string Name, string Result, IReadOnlyDictionary<string, string> Properties)
    {
        public string? this[string property] => Properties.GetValueOrDefault(property);

        public static Method? Parse(string text)
        {
            var pairs = text.Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(word => word.Split('=', 2)).Where(pair => pair.Length == 2).ToList();
            return pairs.Count == 0 ? null : new Method(pairs[0][0], pairs[0][1], pairs.Skip(1).GroupBy(pair => pair[0], StringComparer.OrdinalIgnoreCase).ToDictionary(group => group.Key, group => group.First()[1].Trim('"'), StringComparer.OrdinalIgnoreCase));
        }

        public bool Is(string name, string result) => Name.Equals(name, StringComparison.OrdinalIgnoreCase) && Result.Equals(result, StringComparison.OrdinalIgnoreCase);
    }
}
