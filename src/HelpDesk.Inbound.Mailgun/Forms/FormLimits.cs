namespace HelpDesk.Inbound.Mailgun.Forms;

/// <summary>How much a form may hold. Everything has a bound before anybody is known to be Mailgun.</summary>
/// <param name="MailBytes">The largest mail.</param>
internal sealed record FormLimits(long MailBytes)
{
    /// <summary>A mail with more headers and files than this is none.</summary>
    public const int Fields = 200_000;

    /// <summary>A field's name; in a multipart form, all headers of a part.</summary>
    public const int NameBytes = 64 * 1024;

    /// <summary>The headers of all parts of a multipart form.</summary>
    public const long AllHeaderBytes = 32 * 1024 * 1024;

    // Headers come twice, once with all their JSON. Mailgun has limits of its own for them, and no list of them.
    private const int HeaderBytes = 16 * 1024 * 1024;

    // Mailgun sends a text twice, as it was and stripped.
    private const int Copies = 2;

    // A byte is three in a urlencoded form.
    private const int Growth = 3;

    /// <summary>What the fields hold together.</summary>
    public long Bytes => (Copies * MailBytes) + HeaderBytes;

    /// <summary>What comes over the wire.</summary>
    public long WireBytes => Growth * Bytes;
}
