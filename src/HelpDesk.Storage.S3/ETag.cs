using System.Security.Cryptography;
using Amazon.S3;

namespace HelpDesk.Storage.S3;

/// <summary>What a service says that it has, compared with what it was sent.</summary>
internal static class ETag
{
    private const int Length = 2 * MD5.HashSizeInBytes;

    /// <exception cref="OtherBytesException">The tag is a checksum, and that of other bytes.</exception>
    public static void Check(string? tag, ServerSideEncryptionMethod? encryption, byte[] md5) => Compare(tag, encryption, Convert.ToHexStringLower(md5));

    /// <summary>The same for an object of several parts, whose tag is the checksum of theirs and their number.</summary>
    /// <exception cref="OtherBytesException">The tag is a checksum, and that of other parts.</exception>
    public static void Check(string? tag, ServerSideEncryptionMethod? encryption, IReadOnlyCollection<byte[]> parts) =>
        Compare(tag, encryption, $"{Convert.ToHexStringLower(Md5.Of([.. parts.SelectMany(part => part)]))}-{parts.Count}");

    // Under a key of KMS the tag looks like a checksum and is none. Other services may have tags of any form, or none: what is no checksum says nothing.
    private static void Compare(string? tag, ServerSideEncryptionMethod? encryption, string expected)
    {
        var known = tag?.Trim('"') ?? "";
        var isChecksum = (encryption is null || encryption == ServerSideEncryptionMethod.None || encryption == ServerSideEncryptionMethod.AES256)
            && known.Length == expected.Length && known[..Length].All(char.IsAsciiHexDigit);
        if (isChecksum && !string.Equals(known, expected, StringComparison.OrdinalIgnoreCase))
            throw new OtherBytesException("The service has stored other bytes than it was sent.");
    }
}
