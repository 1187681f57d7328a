using System.Buffers;

namespace HelpDesk.Inbound.Mailgun.Forms;

/// <summary>Reads <c>application/x-www-form-urlencoded</c>, of any length and with any bytes.</summary>
internal sealed class UrlEncodedDecoder(RequestBytes body, ReceivedForm form)
{
    private const int BufferSize = 64 * 1024;

    private readonly ArrayBufferWriter<byte> name = new();
    private PercentDecoder decoder;
    private bool isName = true;
    private bool hasContent;

    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        var input = ArrayPool<byte>.Shared.Rent(BufferSize);
        var output = ArrayPool<byte>.Shared.Rent(BufferSize + PercentDecoder.Excess);
        try
        {
            int count;
            while ((count = await body.ReadAsync(input.AsMemory(0, BufferSize), cancellationToken)) > 0)
            {
                for (var position = 0; position < count;)
                {
                    var end = decoder.Decode(input.AsSpan(position, count - position), output, isName, out var read, out var written);
                    position += read;
                    await TakeAsync(output.AsMemory(0, written), cancellationToken);
                    if (end == '=')
                        await BeginValueAsync(cancellationToken);
                    else if (end == '&')
                        await EndFieldAsync(output, cancellationToken);
                }
            }

            await EndFieldAsync(output, cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(input);
            ArrayPool<byte>.Shared.Return(output);
        }
    }

    private async ValueTask TakeAsync(ReadOnlyMemory<byte> decoded, CancellationToken cancellationToken)
    {
        if (!isName)
        {
            await form.AppendAsync(decoded, cancellationToken);
            return;
        }

        if (name.WrittenCount + decoded.Length > FormLimits.NameBytes)
            throw new NotAcceptableException($"The name of a field has more than {FormLimits.NameBytes} bytes.");
        name.Write(decoded.Span);
        hasContent |= decoded.Length > 0;
    }

    private async ValueTask BeginValueAsync(CancellationToken cancellationToken)
    {
        await form.BeginAsync(name.WrittenMemory, fileName: null, type: null, cancellationToken);
        name.ResetWrittenCount();
        isName = false;
    }

    private async ValueTask EndFieldAsync(byte[] output, CancellationToken cancellationToken)
    {
        await TakeAsync(output.AsMemory(0, decoder.Flush(output)), cancellationToken);
        // Nothing between two separators is no field; a name alone is one without a value.
        if (isName && hasContent)
            await BeginValueAsync(cancellationToken);
        if (!isName)
            form.End();
        isName = true;
        hasContent = false;
    }
}
