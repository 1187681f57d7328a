using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using HelpDesk.Inbound.Mailgun.Forms;

namespace HelpDesk.Inbound.Mailgun.Mime;

/// <summary>Writes a mail. The same headers and parts give the same bytes: boundaries are made of what is between them, which therefore cannot hold them.</summary>
/// <remarks>And of that alone: a mail that comes over two routes has other headers of servers, but what tells it from other mails stays the same.</remarks>
internal sealed class MimeWriter(ReceivedForm form, Spool output)
{
    private const int LineBytes = 57;
    private const int LineLength = 76;
    private const int LinesAtOnce = 1024;

    /// <summary>Writes a header, whose value can be nothing but a value.</summary>
    public async ValueTask HeaderAsync(byte[] name, byte[] value, CancellationToken cancellationToken)
    {
        byte[] line = [.. name, .. ": "u8, .. value, .. "\r\n"u8];
        var written = line.AsSpan(0, line.Length - 2);
        written.Replace((byte)'\r', (byte)' ');
        written.Replace((byte)'\n', (byte)' ');
        written.Replace((byte)'\0', (byte)' ');
        await output.WriteAsync(line, cancellationToken);
    }

    /// <summary>Writes what follows the mail's own headers.</summary>
    /// <param name="container">The type of what holds all parts, as <c>multipart/mixed</c>; null where there is one body alone.</param>
    /// <param name="bodies">One text, or the same in several forms.</param>
    /// <param name="files">The attachments.</param>
    /// <param name="cancellationToken">A token.</param>
    public async Task ContentAsync(string? container, IReadOnlyList<MailPart> bodies, IReadOnlyList<MailPart> files, CancellationToken cancellationToken)
    {
        await TextAsync("MIME-Version: 1.0\r\n", cancellationToken);
        if (container is null)
        {
            await PartAsync(bodies.Single(), cancellationToken);
            return;
        }

        var digest = await DigestAsync(bodies.Concat(files), cancellationToken);
        await TextAsync(ContainerHeader(container, "=_p" + digest), cancellationToken);
        var hasAlternatives = bodies.Count > 1 && files.Count > 0;
        if (hasAlternatives)
        {
            await TextAsync($"--=_p{digest}\r\n{ContainerHeader("multipart/alternative", "=_a" + digest)}", cancellationToken);
            await PartsAsync(bodies, "=_a" + digest, cancellationToken);
            await TextAsync("\r\n", cancellationToken);
        }

        await PartsAsync(hasAlternatives ? files : [.. bodies, .. files], "=_p" + digest, cancellationToken);
        await TextAsync("\r\n", cancellationToken);
    }

    private static string ContainerHeader(string type, string boundary) => $"Content-Type: {type}; boundary=\"{boundary}\"\r\n\r\n";

    private async Task<string> DigestAsync(IEnumerable<MailPart> parts, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(LinesAtOnce * LineBytes);
        try
        {
            foreach (var part in parts)
            {
                hash.AppendData(Encoding.UTF8.GetBytes(part.Headers));
                await using var content = Open(part);
                hash.AppendData(BitConverter.GetBytes(content.Length));
                int read;
                while ((read = await content.ReadAsync(buffer, cancellationToken)) > 0)
                    hash.AppendData(buffer, 0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }

    private async Task PartsAsync(IEnumerable<MailPart> parts, string boundary, CancellationToken cancellationToken)
    {
        foreach (var part in parts)
        {
            await TextAsync($"--{boundary}\r\n", cancellationToken);
            await PartAsync(part, cancellationToken);
            await TextAsync("\r\n", cancellationToken);
        }

        await TextAsync($"--{boundary}--", cancellationToken);
    }

    private async Task PartAsync(MailPart part, CancellationToken cancellationToken)
    {
        await TextAsync(part.Headers + "\r\n", cancellationToken);
        await using var content = Open(part);
        var buffer = ArrayPool<byte>.Shared.Rent(LinesAtOnce * LineBytes);
        var lines = ArrayPool<byte>.Shared.Rent(LinesAtOnce * (LineLength + 2));
        try
        {
            int read;
            // Whole lines at once: only the last one may be shorter.
            while ((read = await content.ReadAtLeastAsync(buffer.AsMemory(0, LinesAtOnce * LineBytes), LinesAtOnce * LineBytes, throwOnEndOfStream: false, cancellationToken)) > 0)
                await output.WriteAsync(part.IsBase64 ? lines.AsMemory(0, Encode(buffer.AsSpan(0, read), lines)) : buffer.AsMemory(0, read), cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            ArrayPool<byte>.Shared.Return(lines);
        }
    }

    private static int Encode(ReadOnlySpan<byte> bytes, Span<byte> lines)
    {
        var written = 0;
        for (; bytes.Length > 0; bytes = bytes[Math.Min(bytes.Length, LineBytes)..])
        {
            Base64.EncodeToUtf8(bytes[..Math.Min(bytes.Length, LineBytes)], lines[written..], out _, out var length);
            written += length;
            lines[written++] = (byte)'\r';
            lines[written++] = (byte)'\n';
        }

        return written;
    }

    private Stream Open(MailPart part) => part.Field is { } field ? form.OpenRead(field) : Stream.Null;

    private ValueTask TextAsync(string text, CancellationToken cancellationToken) => output.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
}
