namespace HelpDesk.Tickets;

/// <summary>The lengths that the schema sets: no option can raise them.</summary>
internal static class TicketLimits
{
    public const int KeyLength = 128;
    public const int NumberLength = 64;
    public const int SubjectLength = 255;
    public const int CategoryLength = 100;
    public const int EmailLength = 254;
    public const int NameLength = 200;
    public const int ReasonLength = 1000;
    public const int WordLength = 32;
    public const int MessageIdLength = 255;
    public const int ContentIdLength = 255;

    /// <summary>What the envelope of a mail may hold: more than an address that we write to.</summary>
    public const int EnvelopeAddressLength = 320;
}
