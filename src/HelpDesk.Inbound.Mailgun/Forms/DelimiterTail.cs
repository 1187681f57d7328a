namespace HelpDesk.Inbound.Mailgun.Forms;

/// <summary>What stands behind a boundary and makes it a delimiter: two hyphens, or a line end after blanks.</summary>
internal readonly record struct DelimiterTail
{
    private const int MostBlanks = 256;

    /// <summary>Whether more bytes are needed to tell.</summary>
    public bool IsOpen { get; private init; }

    /// <summary>How long it is; null where the boundary is no delimiter.</summary>
    public int? Length { get; private init; }

    /// <summary>Whether it was the last delimiter.</summary>
    public bool IsLast { get; private init; }

    public bool HasCarriageReturn { get; private init; }

    public static DelimiterTail Of(ReadOnlySpan<byte> bytes, bool isAtEnd)
    {
        if (bytes.StartsWith("--"u8))
            return new DelimiterTail { Length = 2, IsLast = true };

        var blanks = bytes.IndexOfAnyExcept((byte)' ', (byte)'\t');
        if (blanks < 0)
            blanks = bytes.Length;
        if (blanks > MostBlanks)
            return default;

        var rest = bytes[blanks..];
        if (rest.StartsWith("\r\n"u8))
            return new DelimiterTail { Length = blanks + 2, HasCarriageReturn = true };
        if (rest.StartsWith("\n"u8))
            return new DelimiterTail { Length = blanks + 1 };

        var canBecomeOne = rest.Length == 0 || rest.SequenceEqual("\r"u8) || (blanks == 0 && rest.SequenceEqual("-"u8));
        if (!canBecomeOne)
            return default;

        // A form that stops right behind a boundary has nothing more to say.
        return isAtEnd ? new DelimiterTail { Length = bytes.Length, IsLast = true } : new DelimiterTail { IsOpen = true };
    }
}
