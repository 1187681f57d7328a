namespace HelpDesk.Service;

/// <summary>Puts events in order that were read as they were committed: their numbers are in the order of insertion.</summary>
/// <remarks>
/// A number that is missing may still be committed. What comes behind it is held back for a while; then the number counts as rolled back, and is late if it is committed after all.
/// Not safe for several threads.
/// </remarks>
internal sealed class EventLine
{
    /// <summary>How long a missing number holds back what comes behind it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>How long a missing number is looked for.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromSeconds(60);

    // A rollback leaves some, the restart of an SQL Server thousands, of which none will come.
    private const int MostMissing = 500;

    private readonly SortedDictionary<long, FeedRow> held = [];
    private readonly SortedDictionary<long, DateTimeOffset> missing = [];
    private readonly List<FeedRow> late = [];

    /// <summary>The highest number that was read.</summary>
    public long Read { get; private set; }

    /// <summary>The number up to which everything was released, or is missing.</summary>
    public long Mark { get; private set; }

    /// <summary>The numbers that are looked for.</summary>
    public IReadOnlyCollection<long> Missing => missing.Keys;

    /// <summary>Whether something could be released at once.</summary>
    public bool HasMore { get; private set; }

    /// <summary>When something can be released though nothing is read; null where nothing is held back.</summary>
    public DateTimeOffset? NextRelease { get; private set; }

    /// <summary>Begins behind the newest events, of which none is released.</summary>
    /// <param name="newest">The newest, by number. What is missing between them, and may still be committed, is looked for.</param>
    /// <param name="now">The time.</param>
    public static EventLine Behind(IReadOnlyList<(long Seq, DateTimeOffset At)> newest, DateTimeOffset now)
    {
        var line = new EventLine();
        // A number below an event of long ago was taken even before that.
        for (var i = newest.Count - 1; i > 0 && newest[i].At >= now - Memory; i--)
            line.Miss(newest[i - 1].Seq + 1, newest[i].Seq - 1, now);
        line.Read = line.Mark = newest.Count == 0 ? 0 : newest[^1].Seq;
        return line;
    }

    /// <summary>Takes what was read: numbers beyond <see cref="Read"/>, and some of those that were missing.</summary>
    public void Take(IEnumerable<FeedRow> rows, DateTimeOffset now)
    {
        foreach (var row in rows)
        {
            if (row.Seq > Read)
            {
                Miss(Read + 1, row.Seq - 1, now);
                Read = row.Seq;
                held.Add(row.Seq, row);
            }
            else if (missing.Remove(row.Seq))
            {
                if (row.Seq > Mark)
                    held.Add(row.Seq, row);
                else
                    late.Add(row with { IsLate = true });
            }
        }
    }

    /// <summary>Releases what is late, and in order what nothing holds back any more.</summary>
    public IReadOnlyList<FeedRow> Release(DateTimeOffset now, int most)
    {
        foreach (var (number, since) in missing.ToList())
        {
            if (since + Memory <= now)
                missing.Remove(number);
        }

        var gap = missing.Where(pair => pair.Key > Mark && pair.Value + Patience > now).Select(pair => ((long Seq, DateTimeOffset Since)?)(pair.Key, pair.Value)).FirstOrDefault();
        var released = late.ToList();
        late.Clear();
        while (released.Count < most && First() is { } row && !(gap?.Seq < row.Seq))
        {
            held.Remove(row.Seq);
            Mark = row.Seq;
            released.Add(row);
        }

        HasMore = First() is { } next && !(gap?.Seq < next.Seq);
        NextRelease = held.Count > 0 ? gap?.Since + Patience : null;
        return released;
    }

    private FeedRow? First()
    {
        using var rows = held.Values.GetEnumerator();
        return rows.MoveNext() ? rows.Current : null;
    }

    private void Miss(long first, long last, DateTimeOffset now)
    {
        for (var number = Math.Max(first, last - MostMissing + 1); number <= last; number++)
            missing[number] = now;
        while (missing.Count > MostMissing)
            missing.Remove(missing.Keys.First());
    }
}
