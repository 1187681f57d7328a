namespace HelpDesk.Attachments;

/// <summary>Looks for malware. A file is in quarantine, where no command can take it and nobody can read it, until the scanner has called it clean.</summary>
/// <remarks>
/// There is none by default; register one with <c>UseAttachmentScanner&lt;T&gt;()</c>. It is scoped, and is given each file once it is stored. An exception counts as
/// "not available": the file is refused for now.
/// </remarks>
public interface IAttachmentScanner
{
    /// <summary>Scans a file.</summary>
    Task<ScanVerdict> ScanAsync(AttachmentScan file, CancellationToken cancellationToken);
}

/// <summary>A file to be scanned. New members may be added in a minor version.</summary>
public sealed record AttachmentScan
{
    /// <summary>The cleaned name.</summary>
    public required string FileName { get; init; }

    /// <summary>The media type as it came.</summary>
    public required string ContentType { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>The bytes as the store has them. Asynchronous reading only; the library disposes of it.</summary>
    public required Stream Content { get; init; }
}

/// <summary>What a scanner has found.</summary>
public sealed record ScanVerdict
{
    private ScanVerdict()
    {
    }

    /// <summary>Nothing.</summary>
    public static ScanVerdict Clean { get; } = new();

    /// <summary>What was found, for the log; null for nothing.</summary>
    public string? Threat { get; private init; }

    /// <summary>Something, by its name.</summary>
    public static ScanVerdict Infected(string threat)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(threat);
        return new ScanVerdict { Threat = threat };
    }
}
