using System.Text.RegularExpressions;
using HelpDesk.Tickets;
using MimeKit;

namespace HelpDesk.Inbound;

/// <summary>Reads what a mail server reports: in the form of RFC 3464 where it keeps to it, else by the Message-IDs that it repeats.</summary>
internal static partial class BounceReader
{
    private const int MostSearched = 64 * 1024;
    private const int MostGroups = 100;

    /// <returns>Null where nothing is reported of any mail.</returns>
    public static BounceReport? Read(ParsedMail mail)
    {
        var parts = Entities(mail.Message.Body).Take(MailMeter.MostParts).ToList();
        var groups = parts.OfType<MessageDeliveryStatus>().SelectMany(Groups).ToList();
        var failed = groups.FindAll(group => Is(group["Action"], "failed"));
        var named = parts.SelectMany(ReturnedIds)
            .Concat(mail.Answers)
            .Concat(MessageIds().EnumerateMatchesIn(mail.Text, MostSearched))
            .Distinct(StringComparer.Ordinal)
            .Take(MailParser.MostAnswered)
            .ToList();
        if (groups.Count == 0 && named.Count == 0)
            return null;

        var about = failed.Count > 0 ? failed : groups;
        return new BounceReport(
            IsPermanent: failed.Exists(group => group["Status"]?.TrimStart().StartsWith('5') == true),
            [.. about.SelectMany(group => new[] { Address(group["Final-Recipient"]), Address(group["Original-Recipient"]) }).OfType<string>().Distinct(StringComparer.Ordinal)],
            named,
            about.Select(group => group["Diagnostic-Code"] ?? group["Status"]).FirstOrDefault(text => !string.IsNullOrWhiteSpace(text)));
    }

    /// <summary>The groups of headers in a report. MimeKit would read all of it, however much that is.</summary>
    private static IEnumerable<HeaderList> Groups(MessageDeliveryStatus status)
    {
        if (status.Content is null)
            return [];

        using var bytes = new CappedStream(MostSearched);
        status.Content.DecodeTo(bytes);
        var text = MailText.Decode(bytes.Written, null, bytes.IsFull);
        return [.. text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Take(MostGroups).Select(group => MailDigest.ReadHeaders(System.Text.Encoding.UTF8.GetBytes(group.TrimStart('\n')))).OfType<HeaderList>()];
    }

    /// <summary>The parts of a report; what a mail within it holds is not the report's.</summary>
    private static IEnumerable<MimeEntity> Entities(MimeEntity? entity) => entity switch
    {
        null => [],
        Multipart multipart => multipart.SelectMany(Entities),
        _ => [entity],
    };

    private static IEnumerable<string> ReturnedIds(MimeEntity entity)
    {
        if (entity is MessagePart { Message: { } message })
            return MailHead.Ids(message.Headers, HeaderId.MessageId);
        if (entity is not MimePart { Content: { } content } part || !(part.ContentType.IsMimeType("text", "rfc822-headers") || part.ContentType.IsMimeType("message", "*")))
            return [];

        using var bytes = new CappedStream(MostSearched);
        content.DecodeTo(bytes);
        return MessageIds().EnumerateMatchesIn(MailText.Decode(bytes.Written, MailText.Find(part.ContentType.Charset), bytes.IsFull), MostSearched);
    }

    private static IEnumerable<string> EnumerateMatchesIn(this Regex regex, string text, int most) =>
        regex.Matches(text.Length <= most ? text : text[..most]).Select(match => match.Value).Where(TextRules.IsStorable).Take(MailParser.MostAnswered);

    private static bool Is(string? value, string word) => value?.Trim().Equals(word, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Of <c>rfc822; somebody@example.com</c> the address.</summary>
    private static string? Address(string? value) => TextRules.NormalizeEmail(value?[(value.IndexOf(';', StringComparison.Ordinal) + 1)..].Trim().Trim('<', '>'));

    [GeneratedRegex("<[^<>@\\s]{1,150}@[^<>@\\s]{1,100}>", RegexOptions.CultureInvariant)]
    private static partial Regex MessageIds();
}
