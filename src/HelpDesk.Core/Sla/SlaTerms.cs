using HelpDesk.Tickets;

namespace HelpDesk.Sla;

/// <summary>What is promised for one ticket as it is now.</summary>
public sealed record SlaTerms
{
    /// <summary>No promise at all.</summary>
    public static SlaTerms None { get; } = new();

    /// <summary>Until the first public answer of an agent, from the opening. Null for no such promise.</summary>
    public SlaTerm? FirstResponse { get; init; }

    /// <summary>Until the answer to the oldest unanswered message of the requester, each time after the first response. Null for no such promise.</summary>
    public SlaTerm? NextResponse { get; init; }

    /// <summary>Until the resolution, from the opening. Null for no such promise.</summary>
    public SlaTerm? Resolution { get; init; }

    /// <summary>Whether the time in which the ticket is pending does not count. Default: false.</summary>
    public bool PauseWhilePending { get; init; }

    internal SlaTerm? Of(TargetKind kind) => kind switch
    {
        TargetKind.FirstResponse => FirstResponse,
        TargetKind.NextResponse => NextResponse,
        TargetKind.Resolution => Resolution,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}

/// <summary>How long something may take.</summary>
public sealed record SlaTerm
{
    /// <summary>The longest duration of a term.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    /// <summary>Business time by the <see cref="Calendar"/>: more than zero, at most <see cref="Longest"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The duration is not within these bounds.</exception>
    public required TimeSpan Duration
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value.Ticks, nameof(Duration));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Longest, nameof(Duration));
            field = value;
        }
    }

    /// <summary>When the time counts. Default: <see cref="BusinessCalendar.Always"/>.</summary>
    public BusinessCalendar Calendar { get; init; } = BusinessCalendar.Always;

    /// <summary>Why this duration, as agents are told: <c>contract Gold</c>, <c>priority high</c>. At most 200 characters. Default: none.</summary>
    public string? Reason { get; init; }

    internal string Explain()
    {
        var time = $"{Words(Duration)}, {Calendar.Name}";
        return Reason is null ? time : $"{time}: {TextRules.Cut(Reason, 200)}";
    }

    private static string Words(TimeSpan time)
    {
        var parts = new[]
        {
            ((long)time.TotalHours, "h"),
            (time.Minutes, "min"),
            (time.Seconds, "s"),
        };
        var words = string.Join(' ', parts.Where(part => part.Item1 > 0).Select(part => $"{part.Item1} {part.Item2}"));
        return words.Length > 0 ? words : $"{time.TotalMilliseconds} ms";
    }
}
