using System.Buffers;
using System.Text;

namespace HelpDesk.Inbound.Mailgun.Forms;

/// <summary>Reads <c>multipart/form-data</c> byte for byte. Lines may end in CRLF or in LF alone, as the first delimiter does.</summary>
internal sealed class MultipartDecoder(RequestBytes body, ReceivedForm form, string boundary)
{
    private const int BufferSize = 2 * FormLimits.NameBytes;

    private readonly byte[] dashed = Encoding.ASCII.GetBytes("--" + boundary);
    private byte[] delimiter = Encoding.ASCII.GetBytes("\n--" + boundary);
    private byte[] buffer = [];
    private int start;
    private long headerBytes;
    private int end;
    private bool isAtEnd;

    /// <exception cref="NotAcceptableException">It is no such form, or does not end.</exception>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var isOpen = await ReadContentAsync(isKept: false, cancellationToken);
            while (isOpen)
            {
                await BeginFieldAsync(cancellationToken);
                isOpen = await ReadContentAsync(isKept: true, cancellationToken);
                form.End();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = [];
        }
    }

    /// <summary>Reads up to the next delimiter and over it.</summary>
    /// <returns>Whether a part follows.</returns>
    private async Task<bool> ReadContentAsync(bool isKept, CancellationToken cancellationToken)
    {
        // What begins with a delimiter is empty: the line end before it was the last one of the headers, or there is none at all.
        if (await FillAsync(dashed.Length, cancellationToken) && Unread[..dashed.Length].SequenceEqual(dashed)
            && await ReadTailAsync(dashed.Length, isKept, cancellationToken) is { } follows)
            return follows;

        while (true)
        {
            var at = Unread.IndexOf(delimiter);
            var length = at >= 0 ? at : Math.Max(0, end - start - delimiter.Length + 1);
            if (isKept)
                await form.AppendAsync(buffer.AsMemory(start, length), cancellationToken);
            start += length;
            if (at < 0)
            {
                if (!await FillAsync(end - start + 1, cancellationToken))
                    throw new NotAcceptableException("The form does not end: its last boundary is missing.");
            }
            else if (await ReadTailAsync(delimiter.Length, isKept, cancellationToken) is { } hasNext)
            {
                return hasNext;
            }
            else
            {
                // It only looked like one: its first byte is content, and behind it the search goes on.
                if (isKept)
                    await form.AppendAsync(buffer.AsMemory(start, 1), cancellationToken);
                start++;
            }
        }
    }

    /// <summary>Reads over a delimiter of that length, if it is one.</summary>
    /// <returns>Whether a part follows; null where it is none.</returns>
    private async Task<bool?> ReadTailAsync(int length, bool isKept, CancellationToken cancellationToken)
    {
        var tail = DelimiterTail.Of(Unread[length..], isAtEnd);
        while (tail.IsOpen)
        {
            await FillAsync(end - start + 1, cancellationToken);
            tail = DelimiterTail.Of(Unread[length..], isAtEnd);
        }

        if (tail.Length is not { } tailLength)
            return null;

        // The first delimiter tells how lines end. Of the values of a form with CRLF, a lone LF is content.
        if (!isKept && tail.HasCarriageReturn)
            delimiter = [(byte)'\r', .. delimiter];
        start += length + tailLength;
        return !tail.IsLast;
    }

    private async Task BeginFieldAsync(CancellationToken cancellationToken)
    {
        var headers = new PartHeaders();
        var length = 0;
        while (true)
        {
            var searched = 0;
            int at;
            while ((at = Unread[searched..].IndexOf((byte)'\n')) < 0)
            {
                searched = end - start;
                if (length + searched > FormLimits.NameBytes)
                    throw new NotAcceptableException($"The headers of a part of the form have more than {FormLimits.NameBytes} bytes.");
                if (!await FillAsync(searched + 1, cancellationToken))
                    throw new NotAcceptableException("The form does not end: a part of it has headers alone.");
            }

            var line = buffer.AsMemory(start, searched + at);
            start += searched + at + 1;
            length += line.Length;
            if (length > FormLimits.NameBytes)
                throw new NotAcceptableException($"The headers of a part of the form have more than {FormLimits.NameBytes} bytes.");
            headerBytes += line.Length;
            if (headerBytes > FormLimits.AllHeaderBytes)
                throw new NotAcceptableException($"The headers of all parts of the form have more than {FormLimits.AllHeaderBytes} bytes.");
            if (line.Span is [.., (byte)'\r'])
                line = line[..^1];
            if (line.Length == 0)
                break;
            headers.Add(line.Span);
        }

        var (name, fileName, type) = headers.Read();
        await form.BeginAsync(name, fileName, type, cancellationToken);
    }

    private ReadOnlySpan<byte> Unread => buffer.AsSpan(start, end - start);

    /// <summary>Sees to it that so many bytes are there.</summary>
    /// <returns>False where the form has no more.</returns>
    private async ValueTask<bool> FillAsync(int count, CancellationToken cancellationToken)
    {
        while (end - start < count && !isAtEnd)
        {
            if (end == BufferSize)
            {
                buffer.AsSpan(start, end - start).CopyTo(buffer);
                (start, end) = (0, end - start);
            }

            var read = await body.ReadAsync(buffer.AsMemory(end, BufferSize - end), cancellationToken);
            isAtEnd = read == 0;
            end += read;
        }

        return end - start >= count;
    }
}
