using System.Text.RegularExpressions;
using HelpDesk.Tickets;
using MimeKit;

namespace HelpDesk.Inbound;

/// <summary>Reads what a mail server reports: in the form of RFC 3464 where it keeps to it, else by the Message-IDs that it repeats.</summary>
internal static partial class BounceReader
{
    private const int MostSearched = 100_000;

    public static BounceReport? Read(MimeMessage message, MailParts parts)
    {
        var statuses = Entities(message.Body).OfType<MessageDeliveryStatus>().SelectMany(status => status.StatusGroups.Take(100)).ToList();
        var failed = statuses.Where(group => Is(group["Action"], "failed")).ToList();
        var returned = Entities(message.Body).SelectMany(ReturnedIds);
        var named = returned
            .Concat(MailHead.Ids(message.Headers, HeaderId.InReplyTo))
            .Concat(MailHead.Ids(message.Headers, HeaderId.References))
            .Concat(MessageIds().EnumerateMatchesIn(parts.Text(), MostSearched))
            .Distinct(StringComparer.Ordinal)
            .Take(MailParser.MostAnswered)
            .ToList();
        if (statuses.Count == 0 && named.Count == 0)
            return null;

        var about = failed.Count > 0 ? failed : statuses;
        return new BounceReport(
            IsPermanent: failed.Any(group => group["Status"]?.TrimStart().StartsWith('5') == true),
            [.. about.Select(group => Address(group["Final-Recipient"] ?? group["Original-Recipient"])).OfType<string>().Distinct(StringComparer.Ordinal)],
            named,
            about.Select(group => group["Diagnostic-Code"] ?? group["Status"]).FirstOrDefault(text => !string.IsNullOrWhiteSpace(text)));
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
        return MessageIds().EnumerateMatchesIn(MailText.Decode(bytes.Written, part.ContentType.CharsetEncoding), MostSearched);
    }

    private static IEnumerable<string> EnumerateMatchesIn(this Regex regex, string text, int most) =>
        regex.Matches(text.Length <= most ? text : text[..most]).Select(match => match.Value).Where(TextRules.IsStorable).Take(MailParser.MostAnswered);

    private static bool Is(string? value, string word) => value?.Trim().Equals(word, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Of <c>rfc822; somebody@example.com</c> the address.</summary>
    private static string? Address(string? value) => TextRules.NormalizeEmail(value?[(value.IndexOf(';', StringComparison.Ordinal) + 1)..].Trim().Trim('<', '>'));

    [GeneratedRegex("<[^<>@\\s]{1,150}@[^<>@\\s]{1,100}>", RegexOptions.CultureInvariant)]
    private static partial Regex MessageIds();
}
