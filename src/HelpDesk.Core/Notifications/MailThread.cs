namespace HelpDesk.Notifications;

/// <summary>What a mail names as its predecessors.</summary>
internal static class MailThread
{
    public const int Most = 10;
    private const int MostCharacters = 1500;

    /// <summary>The first one, which holds the thread together, and the newest that still fit.</summary>
    public static IReadOnlyList<string> References(IEnumerable<string> earlier)
    {
        var all = earlier.Distinct(StringComparer.Ordinal).ToList();
        if (all.Count == 0)
            return [];

        var newest = new List<string>();
        var length = all[0].Length;
        for (var i = all.Count - 1; i > 0 && newest.Count < Most - 1 && length + 1 + all[i].Length <= MostCharacters; i--)
        {
            length += 1 + all[i].Length;
            newest.Insert(0, all[i]);
        }

        return [all[0], .. newest];
    }
}
