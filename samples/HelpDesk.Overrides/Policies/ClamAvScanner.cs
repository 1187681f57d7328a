using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using HelpDesk.Attachments;

namespace HelpDesk.Overrides.Policies;

/// <summary>Asks clamd, the daemon of ClamAV, over its socket: the command INSTREAM, then the file in chunks, each after its length.</summary>
/// <remarks>clamd refuses more than its own StreamMaxLength (25 MB unless set): let that be no less than HelpDesk:Limits:AttachmentSize.</remarks>
public sealed class ClamAvScanner(IConfiguration configuration) : IAttachmentScanner
{
    public async Task<ScanVerdict> ScanAsync(AttachmentScan file, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(configuration["ClamAv:Host"]!, configuration.GetValue("ClamAv:Port", 3310), cancellationToken);
        await using var clamd = client.GetStream();
        await clamd.WriteAsync("zINSTREAM\0"u8.ToArray(), cancellationToken);

        var chunk = new byte[sizeof(int) + (64 * 1024)];
        int read;
        do
        {
            read = await file.Content.ReadAsync(chunk.AsMemory(sizeof(int)), cancellationToken);
            BinaryPrimitives.WriteInt32BigEndian(chunk, read); // a chunk of no bytes is the end
        }
        while (await TryWriteAsync(clamd, chunk.AsMemory(0, sizeof(int) + read), cancellationToken) && read > 0);

        using var reader = new StreamReader(clamd, Encoding.UTF8);
        var answer = (await reader.ReadToEndAsync(cancellationToken)).TrimEnd('\0', '\n');
        if (answer == "stream: OK")
            return ScanVerdict.Clean;
        return answer.StartsWith("stream: ", StringComparison.Ordinal) && answer.EndsWith(" FOUND", StringComparison.Ordinal)
            ? ScanVerdict.Infected(answer["stream: ".Length..^" FOUND".Length])
            : throw new IOException($"clamd has not scanned the file: {answer}");
    }

    // clamd hangs up on what is too large for it, and says so before.
    private static async Task<bool> TryWriteAsync(Stream clamd, ReadOnlyMemory<byte> chunk, CancellationToken cancellationToken)
    {
        try
        {
            await clamd.WriteAsync(chunk, cancellationToken);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
