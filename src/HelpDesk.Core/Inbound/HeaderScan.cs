namespace HelpDesk.Inbound;

/// <summary>Finds headers that are too long before a parser meets them: what those cost grows with the square of their length.</summary>
/// <remarks>It need not be exact: it looks where headers can stand, at the beginning, behind what may be a boundary, and at the head of a mail within the mail.</remarks>
internal sealed class HeaderScan
{
    public const int LongestHeader = 128 * 1024;
    private const int LongestTogether = 8 * 1024 * 1024;
    private const int Watched = 256;

    private readonly byte[] line = new byte[Watched];
    private long lineLength;
    private long headerLength;
    private long together;
    private bool inHeaders = true;
    private bool holdsMessage;

    /// <exception cref="UnreadableMailException">One is too long, or all together are.</exception>
    public static async Task CheckAsync(Stream mail, CancellationToken cancellationToken)
    {
        var scan = new HeaderScan();
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await mail.ReadAsync(buffer, cancellationToken)) > 0)
            scan.Take(buffer.AsSpan(0, read));
        mail.Position = 0;
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var end = bytes.IndexOf((byte)'\n');
            var part = end < 0 ? bytes : bytes[..(end + 1)];
            if (lineLength < Watched)
                part[..(int)Math.Min(part.Length, Watched - lineLength)].CopyTo(line.AsSpan((int)lineLength));
            lineLength += part.Length;
            if (inHeaders)
                Count(part.Length);
            if (end >= 0)
                EndLine();
            bytes = bytes[part.Length..];
        }
    }

    private void Count(int length)
    {
        headerLength += length;
        together += length;
        if (headerLength > LongestHeader)
            throw new UnreadableMailException($"The mail has a header of more than {LongestHeader / 1024} KiB.");
        if (together > LongestTogether)
            throw new UnreadableMailException($"The mail has more than {LongestTogether / 1024 / 1024} MiB of headers.");
    }

    private void EndLine()
    {
        var known = line.AsSpan(0, (int)Math.Min(lineLength, Watched));
        if (known.TrimEnd("\r\n"u8).Length == 0)
        {
            // The head of a mail within the mail follows at once.
            inHeaders = inHeaders && holdsMessage;
            holdsMessage = false;
            headerLength = 0;
        }
        else if (known.StartsWith("--"u8))
        {
            inHeaders = true;
            headerLength = 0;
        }
        else if (inHeaders)
        {
            if (known[0] is not ((byte)' ' or (byte)'\t'))
                headerLength = lineLength;
            holdsMessage |= known.IndexOf("essage/"u8) >= 0 || known.IndexOf("ESSAGE/"u8) >= 0;
        }

        lineLength = 0;
    }
}
