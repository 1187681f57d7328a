using HelpDesk.Inbound.Mailgun.Forms;

namespace HelpDesk.Inbound.Mailgun.Mime;

/// <summary>A mail as it is handed over: its bytes, its envelope, and what was odd.</summary>
internal sealed record RawMail(Stream Content, Envelope Envelope, IReadOnlyList<string> Remarks, Spool? Spool = null) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        await Content.DisposeAsync();
        if (Spool is not null)
            await Spool.DisposeAsync();
    }
}
