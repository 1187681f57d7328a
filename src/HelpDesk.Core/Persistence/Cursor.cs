using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace HelpDesk.Persistence;

/// <summary>
/// An opaque place in a list. It carries a hash of the list that it belongs to (sort, filters, reader), so that it cannot be taken to another one;
/// what is in it is never trusted beyond a position among what the reader may see.
/// </summary>
internal static class Cursor
{
    private const int HashBytes = 8;
    private const int MaxLength = 200;

    public static string Create(string list, string position) =>
        Base64Url.EncodeToString([.. Hash(list), .. Encoding.UTF8.GetBytes(position)]);

    /// <exception cref="InvalidCursorException">The text is no cursor of this list.</exception>
    public static string Read(string list, string cursor)
    {
        if (cursor.Length > MaxLength || !Base64Url.IsValid(cursor))
            throw new InvalidCursorException();

        ReadOnlySpan<byte> bytes = Base64Url.DecodeFromChars(cursor);
        if (bytes.Length <= HashBytes || !bytes[..HashBytes].SequenceEqual(Hash(list)))
            throw new InvalidCursorException();

        return Encoding.UTF8.GetString(bytes[HashBytes..]);
    }

    private static byte[] Hash(string list) => SHA256.HashData(Encoding.UTF8.GetBytes(list))[..HashBytes];
}
