using System.Buffers;
using System.Text;

namespace HelpDesk.Inbound.Mailgun.Mime;

internal static class Utf8Text
{
    private const int BufferSize = 32 * 1024;

    /// <summary>Whether a text of any length is UTF-8.</summary>
    public static async Task<bool> IsValidAsync(Stream content, CancellationToken cancellationToken)
    {
        var decoder = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetDecoder();
        var bytes = ArrayPool<byte>.Shared.Rent(BufferSize);
        var characters = ArrayPool<char>.Shared.Rent(BufferSize + 1);
        try
        {
            int read;
            do
            {
                read = await content.ReadAsync(bytes.AsMemory(0, BufferSize), cancellationToken);
                decoder.GetChars(bytes.AsSpan(0, read), characters, flush: read == 0);
            }
            while (read > 0);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
            ArrayPool<char>.Shared.Return(characters);
        }
    }
}
