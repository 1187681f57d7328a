using System.Buffers;
using System.Text.RegularExpressions;

namespace HelpDesk.Inbound;

/// <summary>Knows the marks of quoted and forwarded mails and of signatures by their words.</summary>
/// <remarks>Every expression is of the kind that never goes back: its time is proportional to the line.</remarks>
internal static class ReplyMarks
{
    private const int LongestEnd = 60;

    private const string Bare = @"^[ <>*_|-]*";
    private const string Tail = @"[ .:：>*_-]*$";
    private const string Month = @"\p{L}[\p{L}\p{M}'’]*";

    // A day with its month or its year, or a time of day.
    private const string Date =
        @"\d{1,4} ?[-/.] ?\d{1,2} ?[-/.] ?\d{1,4}|\d{1,2}\.?(?: de| d[’'])? ?" + Month + @"\.?,?(?: de| del)?(?: " + Month + @")? ?\d{4}|"
        + Month + @"\.? \d{1,2}(?:st|nd|rd|th)?\.?,? \d{4}|\d{4}\.? ?" + Month + @"\.? ?\d{1,2}|\d{4} ?[年년]";
    private const string Time = @"\d{1,2}[:.h]\d{2}";
    private const string Address = @"[^@<>()\[\] ]+@[^@<>()\[\] ]+";

    // Stands for any verb in a text, so that the long list of verbs is in one expression only.
    private const string Verb = "\uE000";

    private static readonly SearchValues<char> DelimiterLetters = SearchValues.Create("-_,=+~#*ᐧ—–");

    private static readonly Regex Opened = Create($@"{Bare}(?:(?:{Any(ReplyWords.Openers)})[ ,]|(?:{Any(ReplyWords.OpenersInOne)}))");
    private static readonly Regex Dated = Create($@"{Bare}(?:[\p{{L}}\p{{M}}'’()]+[.,]* ){{0,2}}(?:{Date})");
    private static readonly Regex HasDay = Create(Date);
    private static readonly Regex HasTime = Create(Time);
    private static readonly Regex VerbAnywhere = Create(
        $@"\b(?:{Any(ReplyWords.Verbs.Where(verb => !char.IsLetter(verb[^1])))})|\b(?:{Any(ReplyWords.Verbs.Where(verb => char.IsLetter(verb[^1])))})\b|{Any(ReplyWords.VerbsInOne)}");
    private static readonly Regex VerbLast = Create($"{Verb}{Tail}");
    private static readonly Regex VerbBeforeName = Create(
        $@"\b(?:{Any(ReplyWords.VerbsBeforeNames)}) (?:[""'“„«<(\p{{Lu}}\p{{Lo}}]|[^ ]+ ?[:：]|.*@).*$");
    private static readonly Regex OfMyself = Create(
        $@"\b(?:{Any(ReplyWords.FirstPersons)}) {Verb}|{Verb} (?:{Any(ReplyWords.FirstPersons.Where(person => char.IsLower(person[0])))})\b");
    private static readonly Regex ByMyself = Create($"^(?:{Any(ReplyWords.FirstPersons)}) ");
    private static readonly Regex DatedAddress = Create($@"<(?:mailto:)? ?{Address} ?>? ?[:：]?$");
    private static readonly Regex AddressVerb = Create($@"{Address}(?:[>)\]""' ]|&gt;)*(?: via [^:]+)?{Verb}{Tail}");
    private static readonly Regex ViaVerb = Create($@"^(?:[^ ]+ ){{1,4}}via (?:[^ ]+ ){{1,4}}{Verb} ?[:：]?$");
    private static readonly Regex VerbOnDate = Create($@"{Verb} (?:{Any(ReplyWords.Openers.Select(opener => opener.ToLowerInvariant()))} |\(|\d).*\d");
    private static readonly Regex AddressDateVerb = Create($"<{Address}>.*(?:{Date}|{Time}).*{Verb}{Tail}");
    private static readonly Regex IsoDated = Create(@"^20\d\d-\d\d-\d\d \d\d?:\d\d GMT[+-]\d\d:\d\d [\p{L}\p{M}\d_ .'’-]+$");
    private static readonly Regex AliasQuote = Create(@"^""[^""]+"" == .+ writes:$");

    // For lines in small letters: that takes less time than to heed no case.
    private static readonly Regex Posted = Create(@"^posted by .+ on \d{1,2}/\d{1,2}/\d{4}$");
    private static readonly Regex ForwardedLine = Create($@"^[ >*_]*(?:{Any(ReplyWords.ForwardedLines)}) ?[:：][ *_]*$");
    private static readonly Regex ForwardedTitle = Create(
        $@"^[ >*_]*[-–—]{{2,}} ?(?:{Any(ReplyWords.ForwardedTitles)}) ?[:：]? ?[-–—]{{2,}}[ *_]*$");

    public static readonly HashSet<string> DateHeaders = [.. ReplyWords.DateHeaders];
    public static readonly HashSet<string> SubjectHeaders = [.. ReplyWords.SubjectHeaders];
    public static readonly HashSet<string> TextHeaders = [.. ReplyWords.TextHeaders];

    /// <summary>Initials or a first name, and the mark of a quote.</summary>
    public static readonly Regex NamedQuote = Create(@"^(?:\p{Lu}{1,4}|\p{Lu}\p{Ll}{1,20})>(?:[ >]|$)");

    public static readonly Regex MarkdownLink = Create(@"\[([^\]]+)\]\([^)]+\)");

    /// <summary>For a line in small letters, like all that follow.</summary>
    public static readonly Regex CertainSignature = Create($@"^[(<*_\[ ]*(?:{Any(ReplyWords.CertainSignatures)})");

    public static readonly Regex Signature = Create($@"^[(<*_\[ ]*(?:(?:{Any(ReplyWords.Signatures)})\b|נשלח מ).");

    /// <summary>What only people say. A program puts no verb and no day below a mail.</summary>
    public static readonly Regex Sentence = Create(
        @"\b(?:is|are|was|were|be|has|have|had|will|would|can|could|should|must|i|i'm|we|you|they|he|she|that|this|please|thanks|"
        + "yesterday|today|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday|point of view|perspective|experience|opinion|understanding|"
        + @"ist|sind|war|wurde|bitte|gestern|heute|est|sont|hier|gracias|ayer|ieri)\b|[?]");

    public static readonly Regex Excuse = Create(@"\b(?:excuse|pardon|forgive|apolog\w+|typos?|typoze|brevity|autocorrect|tippfehler|kürze|fautes)\b");

    public static readonly Regex Device = Create(
        @"i-?(?:phone|pad|pod)|android|samsung|galaxy|huawei|xiaomi|redmi|oneplus|nokia|\bhtc\b|\bsony|motorola|blackberry|windows|outlook|mail|yahoo|proton|"
        + @"phone|mobil|handy|tablet|\bcell\b|gerät|appareil|dispositivo|телефон|устройств|mailbox|thunderbird|\bmac\b|macbook|apple|verizon|typeapp|spike|superhuman");

    /// <summary>Whether the line is a line. A lone dash or asterisk is a bullet.</summary>
    public static bool IsDelimiter(string line) => line is not ("-" or "*" or "–") && line.AsSpan().IndexOfAnyExcept(DelimiterLetters) < 0;

    public static bool IsForwardMark(string line) => line.TrimEnd(' ', '*', '_') is { Length: > 0 } mark && mark[^1] switch
    {
        ':' or '：' => ForwardedLine.IsMatch(line.ToLowerInvariant()) || AliasQuote.IsMatch(line),
        '-' or '–' or '—' => ForwardedTitle.IsMatch(line.ToLowerInvariant()),
        _ => char.IsAsciiDigit(mark[^1]) && Posted.IsMatch(line.ToLowerInvariant()),
    };

    /// <summary>Whether the line may be the last one of an attribution: most lines are not, and need not be looked at together.</summary>
    public static bool EndsLikeAttribution(string line) =>
        line.Length > 0 && (IsEnded(line) || line[^1] == '>' || VerbAnywhere.IsMatch(line.AsSpan(Math.Max(0, line.Length - LongestEnd))) || IsoDated.IsMatch(line));

    /// <summary>Whether the text says when somebody wrote, from its first word on.</summary>
    public static bool IsAttribution(string text, bool isQuoteBelow)
    {
        if (!isQuoteBelow && !MayHaveDate(text))
            return false;
        if (IsoDated.IsMatch(text))
            return true;
        var isDated = Dated.IsMatch(text);
        if (!isDated && !Opened.IsMatch(text))
            return false;
        if (DatedAddress.IsMatch(text) && (IsEnded(text) ? HasDay.IsMatch(text) || HasTime.IsMatch(text) : isDated && char.IsAsciiDigit(text[0])))
            return true;
        var marked = VerbAnywhere.Replace(text, Verb);
        var isLast = VerbLast.IsMatch(marked) && (IsEnded(text) || isQuoteBelow || text.Contains('@', StringComparison.Ordinal));
        if (!isLast && !(IsEnded(text) && VerbBeforeName.IsMatch(text)))
            return false;
        return HasDate(text) ? isQuoteBelow || !OfMyself.IsMatch(marked) : isQuoteBelow && !OfMyself.IsMatch(marked);
    }

    /// <summary>Whether the text says who wrote, with an address or a way, but begins anyhow.</summary>
    public static bool IsNamedAttribution(string text, bool isQuoteBelow)
    {
        if (!MayHaveDate(text) && !text.Contains(" via ", StringComparison.Ordinal))
            return false;
        var marked = VerbAnywhere.Replace(text, Verb);
        if (marked == text || ByMyself.IsMatch(text))
            return false;
        if (AddressVerb.IsMatch(marked) || (ViaVerb.IsMatch(marked) && (isQuoteBelow || IsEnded(text))))
            return !OfMyself.IsMatch(marked);
        if (!IsEnded(text) || !HasDate(text))
            return false;
        return VerbOnDate.IsMatch(marked) || AddressDateVerb.IsMatch(marked) || (HasTime.IsMatch(text) && char.IsAsciiDigit(text[0]) && VerbLast.IsMatch(marked));
    }

    /// <summary>Whether every angle bracket of an address has its other half.</summary>
    public static bool IsClosed(string line) =>
        line.LastIndexOf('<') <= line.LastIndexOf('>') && (line.Contains('<', StringComparison.Ordinal) || !line.TrimStart('>', ' ').Contains('>', StringComparison.Ordinal));

    private static bool IsEnded(string text) => text[^1] is ':' or '：' or '-';

    private static bool MayHaveDate(string text) => text.AsSpan().ContainsAnyInRange('0', '9') || text.Contains('@', StringComparison.Ordinal);

    private static bool HasDate(string text) => HasDay.IsMatch(text) || HasTime.IsMatch(text) || text.Contains('@', StringComparison.Ordinal);

    // The longest first, since the first one that fits is taken.
    private static string Any(IEnumerable<string> words) => string.Join('|', words.OrderByDescending(word => word.Length));

    private static Regex Create(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
}
