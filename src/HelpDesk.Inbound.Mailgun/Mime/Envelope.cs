using HelpDesk.Inbound.Mailgun.Forms;

namespace HelpDesk.Inbound.Mailgun.Mime;

/// <summary>To whom and from whom the mail was delivered, by Mailgun's own fields; the sender is empty for bounces, and null where it is not known.</summary>
internal sealed record Envelope(string Recipient, string? Sender)
{
    private const int MostValues = 100;
    private const int LongestAddress = 4 * 1024;

    /// <param name="form">The form.</param>
    /// <param name="headers">Mailgun's list of the mail's headers: they tell its own fields from headers with the same exact name.</param>
    /// <param name="remarks">Takes what is odd.</param>
    /// <param name="cancellationToken">A token.</param>
    public static async Task<Envelope> ReadAsync(ReceivedForm form, IReadOnlyList<KeyValuePair<string, string>>? headers, List<string> remarks, CancellationToken cancellationToken)
    {
        var recipients = await OwnAsync(form, KnownField.Recipient, headers, cancellationToken);
        var recipient = recipients.FirstOrDefault("").Trim();
        if (recipient.Length == 0)
            remarks.Add("The envelope names no recipient.");
        else if (recipients.Count > 1)
            remarks.Add("The envelope's recipient is there more than once; the first one counts.");
        var senders = await OwnAsync(form, KnownField.Sender, headers, cancellationToken);
        if (senders.Count != 1)
            remarks.Add(senders.Count == 0 ? "The envelope names no sender." : "The envelope's sender is there more than once, so it counts as unknown.");
        // A sender who could choose this could make a check of SPF pass that was about somebody else.
        return new Envelope(recipient, senders.Count == 1 ? senders[0].Trim() : null);
    }

    /// <summary>How many fields of that name are Mailgun's own, and no header of the mail.</summary>
    public static bool HasOwn(ReceivedForm form, KnownField known, IReadOnlyList<KeyValuePair<string, string>>? headers) =>
        form.CountOf(known) > (headers?.Count(header => header.Key == KnownFields.NameOf(known)) ?? 0);

    private static async Task<List<string>> OwnAsync(ReceivedForm form, KnownField known, IReadOnlyList<KeyValuePair<string, string>>? headers, CancellationToken cancellationToken)
    {
        var values = new List<string>();
        // With so many nobody can tell which one is Mailgun's.
        if (form.CountOf(known) > MostValues)
            return values;
        foreach (var field in form.All(known).Where(field => field.Length <= LongestAddress))
            values.Add(await form.TextAsync(field, cancellationToken));
        var own = new List<string>(values);
        foreach (var header in (headers ?? []).Where(header => header.Key == KnownFields.NameOf(known)))
            own.Remove(header.Value);
        return [.. own.Distinct(StringComparer.Ordinal)];
    }
}
