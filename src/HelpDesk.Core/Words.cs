namespace HelpDesk;

/// <summary>The lower-case (camelCase) words by which enumerations are stored and shown.</summary>
internal static class Words
{
    public static string Of<T>(T value)
        where T : struct, Enum => Table<T>.ByValue.TryGetValue(value, out var word) ? word : throw new ArgumentOutOfRangeException(nameof(value), value, null);

    public static T? Parse<T>(string? word)
        where T : struct, Enum => word is not null && Table<T>.ByWord.TryGetValue(word, out var value) ? value : null;

    public static string All<T>()
        where T : struct, Enum => string.Join(", ", Table<T>.ByWord.Keys);

    private static class Table<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<T, string> ByValue = Enum.GetValues<T>().ToDictionary(value => value, value => Camel(value.ToString()));
        public static readonly Dictionary<string, T> ByWord = ByValue.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

        private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
    }
}
