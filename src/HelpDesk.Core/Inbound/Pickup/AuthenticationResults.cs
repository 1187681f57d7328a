using System.Text;

namespace HelpDesk.Inbound.Pickup;

/// <summary>Takes a header <c>Authentication-Results</c> (RFC 8601) apart. Senders choose parts of it, as the address of the envelope: what is not plain is not read at all.</summary>
internal static class AuthenticationResults
{
    /// <summary>The name of the server whose results they are: the first word.</summary>
    public static string ServerOf(string value)
    {
        var text = value.TrimStart();
        var end = text.AsSpan().IndexOfAny(" \t;(");
        return end < 0 ? text : text[..end];
    }

    /// <returns>The parts between the semicolons, without comments; null where there is anything by which a part could look like another: quotes, escapes, encoded words, comments that do not end.</returns>
    public static IReadOnlyList<string>? Split(string value)
    {
        if (value.AsSpan().ContainsAny("\"\\\0") || value.Contains("=?", StringComparison.Ordinal))
            return null;

        var parts = new List<string>();
        var part = new StringBuilder();
        var depth = 0;
        foreach (var character in value)
        {
            depth += character == '(' ? 1 : 0;
            if (depth == 0 && character == ';')
            {
                parts.Add(part.ToString());
                part.Clear();
            }
            else if (depth == 0)
            {
                part.Append(character);
            }

            depth -= character == ')' ? 1 : 0;
            if (depth < 0)
                return null;
        }

        parts.Add(part.ToString());
        return depth == 0 ? parts : null;
    }
}
