using MimeKit;

namespace HelpDesk.Inbound;

/// <summary>Goes through a mail once without keeping any of it, and refuses what would take too much to hold: before it is parsed.</summary>
internal sealed class MailMeter(ParserOptions options, Stream mail) : MimeReader(options, mail, MimeFormat.Entity)
{
    public const int MostParts = 1_000;
    public const int MostHeaders = 20_000;

    private int parts;
    private int headers;

    /// <exception cref="UnreadableMailException">There is too much in it.</exception>
    public static async Task MeasureAsync(ParserOptions options, Stream mail, CancellationToken cancellationToken)
    {
        await HeaderScan.CheckAsync(mail, cancellationToken);
        await new MailMeter(options, mail).ReadMessageAsync(cancellationToken);
        mail.Position = 0;
    }

    protected override void OnHeaderRead(Header header, int beginLineNumber, CancellationToken cancellationToken) => CountHeader(cancellationToken);

    protected override Task OnHeaderReadAsync(Header header, int beginLineNumber, CancellationToken cancellationToken)
    {
        CountHeader(cancellationToken);
        return Task.CompletedTask;
    }

    protected override Task OnMimePartBeginAsync(ContentType contentType, long beginOffset, int beginLineNumber, CancellationToken cancellationToken) => CountPart(cancellationToken);

    protected override Task OnMultipartBeginAsync(ContentType contentType, long beginOffset, int beginLineNumber, CancellationToken cancellationToken) => CountPart(cancellationToken);

    protected override Task OnMessagePartBeginAsync(ContentType contentType, long beginOffset, int beginLineNumber, CancellationToken cancellationToken) => CountPart(cancellationToken);

    private void CountHeader(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (++headers > MostHeaders)
            throw new UnreadableMailException($"The mail has more than {MostHeaders} headers.");
    }

    private Task CountPart(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (++parts > MostParts)
            throw new UnreadableMailException($"The mail has more than {MostParts} parts.");
        return Task.CompletedTask;
    }
}
