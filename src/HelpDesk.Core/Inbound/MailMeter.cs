using MimeKit;

namespace HelpDesk.Inbound;

/// <summary>Goes through a mail once without keeping any of it, and refuses what would take too much to hold or to parse.</summary>
/// <remarks>
/// A header costs MimeKit the square of its length, and it looks for a cancellation only between two of them. So a header that does not end is stopped while its bytes are
/// handed over. What is a header, MimeKit itself says here: a scan of our own would be led astray by what it takes for one and we do not.
/// </remarks>
internal sealed class MailMeter : MimeReader
{
    public const int MostParts = 1_000;
    public const int MostHeaders = 20_000;
    public const int LongestHeader = 128 * 1024;
    private const int LongestTogether = 4 * 1024 * 1024;

    private readonly Feed feed;
    private int parts;
    private int headers;
    private long together;

    private MailMeter(ParserOptions options, Feed feed)
        : base(options, feed, MimeFormat.Entity) => this.feed = feed;

    /// <exception cref="UnreadableMailException">There is too much in it.</exception>
    public static async Task MeasureAsync(ParserOptions options, Stream mail, CancellationToken cancellationToken)
    {
        await using var feed = new Feed(mail);
        await new MailMeter(options, feed).ReadMessageAsync(cancellationToken);
        mail.Position = 0;
    }

    protected override Task OnHeadersBeginAsync(long beginOffset, int beginLineNumber, CancellationToken cancellationToken)
    {
        feed.BeginHeader();
        return Task.CompletedTask;
    }

    protected override Task OnHeaderReadAsync(Header header, int beginLineNumber, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        feed.BeginHeader();
        together += header.RawField.Length + header.RawValue.Length;
        if (++headers > MostHeaders)
            throw new UnreadableMailException($"The mail has more than {MostHeaders} headers.");
        if (together > LongestTogether)
            throw new UnreadableMailException($"The mail has more than {LongestTogether / 1024 / 1024} MiB of headers.");
        return Task.CompletedTask;
    }

    protected override Task OnHeadersEndAsync(long beginOffset, int beginLineNumber, long endOffset, int endLineNumber, CancellationToken cancellationToken)
    {
        feed.EndHeaders();
        return Task.CompletedTask;
    }

    protected override Task OnMimePartBeginAsync(ContentType contentType, long beginOffset, int beginLineNumber, CancellationToken cancellationToken) => CountPart(cancellationToken);

    protected override Task OnMultipartBeginAsync(ContentType contentType, long beginOffset, int beginLineNumber, CancellationToken cancellationToken) => CountPart(cancellationToken);

    protected override Task OnMessagePartBeginAsync(ContentType contentType, long beginOffset, int beginLineNumber, CancellationToken cancellationToken) => CountPart(cancellationToken);

    private Task CountPart(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (++parts > MostParts)
            throw new UnreadableMailException($"The mail has more than {MostParts} parts.");
        return Task.CompletedTask;
    }

    /// <summary>Hands the bytes over, and no more of one header than is allowed.</summary>
    private sealed class Feed(Stream mail) : Stream
    {
        private long? headerSince;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => mail.Length;

        public override long Position
        {
            get => mail.Position;
            set => throw new NotSupportedException();
        }

        public void BeginHeader() => headerSince = mail.Position;

        public void EndHeaders() => headerSince = null;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (mail.Position - headerSince > LongestHeader)
                throw new UnreadableMailException($"The mail has a header of more than {LongestHeader / 1024} KiB.");
            return await mail.ReadAsync(buffer, cancellationToken);
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A mail is read asynchronously.");

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
