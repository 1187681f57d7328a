using System.Security.Cryptography;

namespace HelpDesk.Tickets;

/// <summary>Makes reply tokens: 128 random bits as 26 characters of lower-case base32, since mailers fold letter case.</summary>
internal static class ReplyToken
{
    public const int Length = 26;

    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    public static string Create()
    {
        Span<byte> bits = stackalloc byte[16];
        RandomNumberGenerator.Fill(bits);
        return string.Create(Length, new UInt128(BitConverter.ToUInt64(bits), BitConverter.ToUInt64(bits[8..])), static (text, value) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                text[i] = Alphabet[(int)(value & 31)];
                value >>= 5;
            }
        });
    }

    /// <summary>Whether a text has the form of a token.</summary>
    public static bool IsOne(string text) => text.Length == Length && text.All(letter => Alphabet.Contains(letter, StringComparison.Ordinal));
}
