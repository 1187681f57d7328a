using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace HelpDesk.Inbound.Mailgun.Signatures;

/// <summary>Tells what Mailgun has signed: the HMAC-SHA256 of timestamp and token, in lower-case hexadecimal digits. The rest of a delivery is not signed.</summary>
internal sealed class MailgunSignature(IOptions<MailgunOptions> options, TimeProvider clock)
{
    /// <summary>Mailgun's have 50 characters.</summary>
    public const int LongestToken = 512;

    private const int LongestTimestamp = 12;

    /// <summary>How much Mailgun's clock may be ahead of ours.</summary>
    private static readonly TimeSpan FutureTolerance = TimeSpan.FromMinutes(5);

    private readonly byte[][] keys = [.. options.Value.AllKeys().Select(Encoding.UTF8.GetBytes)];
    private readonly TimeSpan window = options.Value.ReplayWindow;

    /// <returns>The token: the key of this delivery.</returns>
    /// <exception cref="UnverifiedException">It is not signed by any of the keys, or not in time.</exception>
    public string Verify(SignatureClaim claim)
    {
        if (claim.Timestamp.Length > LongestTimestamp || !Array.TrueForAll(claim.Timestamp, digit => char.IsAsciiDigit((char)digit))
            || !long.TryParse(claim.Timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            throw new UnverifiedException("The timestamp is none.");
        if (claim.Token.Length is 0 or > LongestToken || !Array.TrueForAll(claim.Token, character => character is > (byte)' ' and <= (byte)'~'))
            throw new UnverifiedException("The token is none.");
        if (!IsSigned(claim))
            throw new UnverifiedException("The signature is wrong. Is HelpDesk:Mailgun:SigningKey the HTTP webhook signing key of this Mailgun account?");

        var now = clock.GetUtcNow();
        if (seconds < (now - window).ToUnixTimeSeconds() || seconds > (now + FutureTolerance).ToUnixTimeSeconds())
            throw new UnverifiedException($"The timestamp is older than {window} or in the future. Is the clock of this machine right?");
        return Encoding.ASCII.GetString(claim.Token);
    }

    private bool IsSigned(SignatureClaim claim)
    {
        byte[] signed = [.. claim.Timestamp, .. claim.Token];
        var isSigned = false;
        foreach (var key in keys)
        {
            var expected = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(HMACSHA256.HashData(key, signed)));
            isSigned |= CryptographicOperations.FixedTimeEquals(expected, claim.Signature);
        }

        return isSigned;
    }
}
