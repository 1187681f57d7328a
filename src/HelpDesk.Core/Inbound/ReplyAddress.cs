using HelpDesk.Tickets;

namespace HelpDesk.Inbound;

/// <summary>The addresses to which answers go: <c>reply+token@domain</c>.</summary>
internal static class ReplyAddress
{
    private const string Prefix = "reply+";

    /// <summary>Whether an address is, or was meant to be, one of ours: also one whose token is mutilated.</summary>
    public static bool IsOne(string address) => address.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && address.Contains('@', StringComparison.Ordinal);

    /// <summary>The token, in lower case; null where there is none of the right length and letters.</summary>
    public static string? TokenOf(string address)
    {
        if (!IsOne(address))
            return null;

        var token = address[Prefix.Length..address.LastIndexOf('@')].ToLowerInvariant();
        return ReplyToken.IsOne(token) ? token : null;
    }
}
