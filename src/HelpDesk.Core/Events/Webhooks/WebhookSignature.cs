using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace HelpDesk.Events;

/// <summary>Signs a post after Standard Webhooks, with the symmetric scheme <c>v1</c>.</summary>
internal static class WebhookSignature
{
    public const string SecretPrefix = "whsec_";
    public const int FewestBytes = 24;
    public const int MostBytes = 64;

    public static bool IsSecret([NotNullWhen(true)] string? secret) => Read(secret) is not null;

    /// <summary>One signature for each secret, as the header holds them.</summary>
    public static string Sign(IEnumerable<string> secrets, string id, long timestamp, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.")), .. body];
        return string.Join(' ', secrets.Distinct(StringComparer.Ordinal).Select(Sign));

        string Sign(string secret)
        {
            var key = Read(secret) ?? throw new ArgumentException("A secret of a webhook cannot be read.", nameof(secrets));
            return "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed));
        }
    }

    private static byte[]? Read(string? secret)
    {
        if (secret is null || !secret.StartsWith(SecretPrefix, StringComparison.Ordinal))
            return null;

        var bytes = new byte[MostBytes + 1];
        return Convert.TryFromBase64String(secret[SecretPrefix.Length..], bytes, out var length) && length is >= FewestBytes and <= MostBytes ? bytes[..length] : null;
    }
}
