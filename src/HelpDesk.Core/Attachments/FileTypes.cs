namespace HelpDesk.Attachments;

/// <summary>Which files are allowed, and whether the first bytes of well-known ones are what the name says.</summary>
internal static class FileTypes
{
    /// <summary>How many of the first bytes must be known.</summary>
    public const int HeadLength = 16;

    private static readonly Dictionary<string, Func<ReadOnlyMemory<byte>, bool>> Signatures = new(StringComparer.Ordinal)
    {
        [".png"] = Begins(0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A),
        [".jpg"] = Begins(0xFF, 0xD8, 0xFF),
        [".jpeg"] = Begins(0xFF, 0xD8, 0xFF),
        [".gif"] = head => head.Span.StartsWith("GIF87a"u8) || head.Span.StartsWith("GIF89a"u8),
        [".webp"] = head => head.Span.StartsWith("RIFF"u8) && head.Span[Math.Min(8, head.Length)..].StartsWith("WEBP"u8),
        [".pdf"] = head => head.Span.StartsWith("%PDF-"u8),
        [".zip"] = IsZip,
        [".docx"] = IsZip,
        [".xlsx"] = IsZip,
        [".pptx"] = IsZip,
        [".odt"] = IsZip,
        [".ods"] = IsZip,
    };

    public static bool IsAllowed(AttachmentOptions options, string fileName) =>
        options.AllowedExtensions.Count == 0 || options.AllowedExtensions.Contains(FileNames.Extension(fileName), StringComparer.OrdinalIgnoreCase);

    /// <summary>Only where types are restricted: a file is as inert under a wrong name as under the right one.</summary>
    public static bool Fits(AttachmentOptions options, string fileName, ReadOnlyMemory<byte> head) =>
        options.AllowedExtensions.Count == 0 || !Signatures.TryGetValue(FileNames.Extension(fileName), out var fits) || fits(head);

    private static bool IsZip(ReadOnlyMemory<byte> head) => head.Span.StartsWith("PK\x03\x04"u8) || head.Span.StartsWith("PK\x05\x06"u8);

    private static Func<ReadOnlyMemory<byte>, bool> Begins(params byte[] signature) => head => head.Span.StartsWith(signature);
}
