using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace HelpDesk.Storage.S3;

internal static class Md5
{
    [SuppressMessage("Security", "CA5351", Justification = "What S3 checks uploads by, against accidents; the signature holds the SHA-256.")]
    public static byte[] Of(ReadOnlySpan<byte> bytes) => MD5.HashData(bytes);
}
