namespace HelpDesk.Numbering;

/// <summary>How numbers are given out.</summary>
public enum TicketNumberMode
{
    /// <summary>In the ticket's own transaction: no gaps, but creators of one scope wait for each other.</summary>
    Strict,

    /// <summary>From ranges that each process reserves ahead: gaps where a process stops or a command fails, never a repetition.</summary>
    Block,
}

/// <summary>Settings of ticket numbers: <c>TKT-2026-000001</c>.</summary>
public sealed class TicketNumberOptions
{
    /// <summary>What stands in front; letters and digits, at most 20.</summary>
    /// <value>Default: <c>TKT</c>.</value>
    public string Prefix { get; set; } = "TKT";

    /// <summary>Digits of the running number; past them it grows wider.</summary>
    /// <value>Default: 6.</value>
    public int Digits { get; set; } = 6;

    /// <summary>The IANA name of the zone in which the year turns.</summary>
    /// <value>Default: <c>UTC</c>.</value>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>Strict or block.</summary>
    /// <value>Default: null, which is strict on SQLite (where a second writer waits for the first anyway) and block elsewhere.</value>
    /// <remarks>
    /// Block mode now and then opens a second connection beside that of the ticket's transaction, by the same connection string but without what a host's
    /// interceptor does to a connection. Where that must not be (a pool without room, a <c>search_path</c> set by hand), choose strict.
    /// </remarks>
    public TicketNumberMode? Mode { get; set; }

    /// <summary>How many numbers a process reserves at once in block mode.</summary>
    /// <value>Default: 100.</value>
    public int BlockSize { get; set; } = 100;
}
