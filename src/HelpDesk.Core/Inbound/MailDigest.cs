using System.Security.Cryptography;
using System.Text;
using HelpDesk.Attachments;
using MimeKit;

namespace HelpDesk.Inbound;

/// <summary>Reads a mail through to the store, and learns on the way what tells it from others: its head, and a hash of what follows.</summary>
internal sealed class MailDigest(Stream source) : ReadThroughStream
{
    // What is longer has no end that we wait for; the mail is stored all the same.
    private const int LongestHead = MailMeter.LongestHeader;

    static MailDigest() => MailText.KnowCharsets();

    private readonly IncrementalHash body = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly MemoryStream head = new();
    private bool isPastHead;

    /// <summary>The head, once everything is read.</summary>
    public MailHead ReadHead(out HeaderList? headers)
    {
        headers = ReadHeaders(head.GetBuffer().AsSpan(0, (int)head.Length));
        return headers is null ? MailHead.Unreadable : MailHead.Of(headers);
    }

    /// <summary>The headers at the beginning of a mail; null where they cannot be read. Whatever they hold, it must not keep the mail from being stored.</summary>
    public static HeaderList? ReadHeaders(ReadOnlySpan<byte> bytes)
    {
        // The line by which mailboxes are kept in one file is no header.
        if (bytes.StartsWith("From "u8) && bytes.IndexOf((byte)'\n') is > 0 and var end)
            bytes = bytes[(end + 1)..];
        try
        {
            using var stream = new MemoryStream([.. bytes, .. "\r\n\r\n"u8]);
            return HeaderList.Load(stream);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or InvalidOperationException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    /// <summary>Mailbox, Message-ID and content as one hash. What servers add on the way is not in it.</summary>
    public string DuplicateKey(string mailbox, MailHead head, HeaderList? headers)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(mailbox.ToLowerInvariant());
        Append(head.MessageId ?? "");
        foreach (var id in new[] { HeaderId.From, HeaderId.Subject, HeaderId.Date, HeaderId.ContentType })
            Append(headers?[id] ?? "");
        all.AppendData(body.GetCurrentHash());
        if (headers is null)
            all.AppendData(this.head.ToArray());
        return Convert.ToHexStringLower(all.GetHashAndReset());

        void Append(string text)
        {
            all.AppendData(Encoding.UTF8.GetBytes(text));
            all.AppendData([0]);
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await source.ReadAsync(buffer, cancellationToken);
        Take(buffer.Span[..read]);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            body.Dispose();
            head.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        if (isPastHead)
        {
            body.AppendData(bytes);
            return;
        }

        for (var i = 0; i < bytes.Length; i++)
        {
            if (EndsHead(bytes[i]) || head.Length >= LongestHead)
            {
                isPastHead = true;
                body.AppendData(bytes[i..]);
                return;
            }

            head.WriteByte(bytes[i]);
        }
    }

    /// <summary>Whether a line break ends an empty line: the two bytes before it are already here.</summary>
    private bool EndsHead(byte next)
    {
        if (next != (byte)'\n')
            return false;

        var written = head.GetBuffer().AsSpan(0, (int)head.Length);
        return written.EndsWith("\n"u8) || written.EndsWith("\n\r"u8);
    }
}
