using System.Buffers;

namespace HelpDesk.Inbound.Mailgun.Forms;

/// <summary>Decodes urlencoded bytes as they come in pieces. What is no escape stands for itself.</summary>
internal struct PercentDecoder
{
    /// <summary>How much longer than its input an output can be: an escape that was begun in an earlier piece and turns out to be none.</summary>
    public const int Excess = 2;

    private static readonly SearchValues<byte> Special = SearchValues.Create("%+&="u8);

    // Of an escape that is not complete: how many characters were read, and the second of them.
    private int pending;
    private byte firstDigit;

    /// <summary>Decodes up to the end of the input, or of what is being read: <c>&amp;</c> ends a field, <c>=</c> a name.</summary>
    /// <param name="input">The next bytes.</param>
    /// <param name="output">At least <see cref="Excess"/> longer.</param>
    /// <param name="isName">Whether a name is being read.</param>
    /// <param name="read">How many bytes of the input were read, with what has ended it.</param>
    /// <param name="written">How many bytes were put out.</param>
    /// <returns>What has ended it; 0 for the end of the input.</returns>
    public byte Decode(ReadOnlySpan<byte> input, Span<byte> output, bool isName, out int read, out int written)
    {
        (read, written) = (0, 0);
        while (read < input.Length)
        {
            if (pending == 0)
            {
                var plain = input[read..].IndexOfAny(Special);
                var length = plain < 0 ? input.Length - read : plain;
                input.Slice(read, length).CopyTo(output[written..]);
                read += length;
                written += length;
                if (read == input.Length)
                    return 0;
            }

            var next = input[read];
            if (pending > 0 && char.IsAsciiHexDigit((char)next))
            {
                if (pending == 2)
                    output[written++] = (byte)((Value(firstDigit) << 4) | Value(next));
                firstDigit = next;
                pending = pending == 1 ? 2 : 0;
                read++;
                continue;
            }

            written += Flush(output[written..]);
            read++;
            if (next == '%')
                pending = 1;
            else if (next == '&' || (next == '=' && isName))
                return next;
            else
                output[written++] = next == '+' ? (byte)' ' : next;
        }

        return 0;
    }

    /// <summary>Puts out what was begun as an escape and is none.</summary>
    public int Flush(Span<byte> output)
    {
        if (pending > 0)
            output[0] = (byte)'%';
        if (pending > 1)
            output[1] = firstDigit;
        var written = pending;
        pending = 0;
        return written;
    }

    private static int Value(byte digit) => digit switch
    {
        <= (byte)'9' => digit - '0',
        <= (byte)'F' => digit - 'A' + 10,
        _ => digit - 'a' + 10,
    };
}
