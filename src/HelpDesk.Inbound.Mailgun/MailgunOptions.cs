namespace HelpDesk.Inbound.Mailgun;

/// <summary>How Mailgun is known. Bound from <c>HelpDesk:Mailgun</c>; validated at start. No setting skips the check of a signature.</summary>
public sealed class MailgunOptions
{
    /// <summary>The HTTP webhook signing key of the Mailgun account (not an API key). Required, unless <see cref="SigningKeys"/> has one.</summary>
    /// <value>Default: null.</value>
    public string? SigningKey { get; set; }

    /// <summary>Keys that count as well: while Mailgun goes over from one key to the next, and for a second account.</summary>
    /// <value>Default: empty.</value>
    public IList<string> SigningKeys { get; } = [];

    /// <summary>How old a signature may be. What is older is refused, since nobody can tell whether it was seen before.</summary>
    /// <value>
    /// Default: 24 hours; 9 hours to 7 days. Mailgun repeats a delivery that has failed for about 8 hours, with the signature that it had at first: with less, a mail that waits
    /// for a database to come back would be refused.
    /// </value>
    public TimeSpan ReplayWindow { get; set; } = TimeSpan.FromHours(24);

    /// <summary>
    /// Whether the domain's spam filter is on at Mailgun, and marks mail by headers: then Mailgun adds <c>X-Mailgun-Spf</c> and <c>X-Mailgun-Dkim-Check-Result</c>, and what they say
    /// lets agents answer by mail. Set it to false where the filter is off: there a sender could write such headers.
    /// </summary>
    /// <value>Default: true.</value>
    public bool HasSpamFilter { get; set; } = true;

    /// <summary>All keys there are.</summary>
    internal IEnumerable<string> AllKeys() => SigningKeys.Prepend(SigningKey ?? "").Select(key => (key ?? "").Trim()).Where(key => key.Length > 0).Distinct(StringComparer.Ordinal);
}
