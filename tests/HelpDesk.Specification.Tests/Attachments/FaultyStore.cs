using HelpDesk.Attachments;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace HelpDesk.Specification.Attachments;

/// <summary>What a store may do instead of its work.</summary>
public enum StoreFault
{
    None,

    /// <summary>Answers 503 before it has read anything.</summary>
    PutRefused,

    /// <summary>Breaks off amid the bytes.</summary>
    PutBroken,

    /// <summary>Stores, and then its answer gets lost.</summary>
    PutAnswerLost,

    /// <summary>Answers nothing, is given up, and stores much later all the same: see <see cref="FaultyStore.StoreLateAsync"/>.</summary>
    PutLate,

    /// <summary>Has fewer bytes than it was given.</summary>
    WrongSize,

    /// <summary>Has other bytes than it was given.</summary>
    WrongChecksum,

    /// <summary>Does not read to the end, and says that all is well.</summary>
    StopsReading,

    /// <summary>Wraps whatever it meets while it reads.</summary>
    PutWraps,

    /// <summary>Deletes nothing.</summary>
    DeleteRefused,

    /// <summary>Opens nothing.</summary>
    OpenRefused,
}

/// <summary>A store over a real one, which fails as told.</summary>
public sealed class FaultyStore(IAttachmentStore real) : IAttachmentStore
{
    private readonly List<(string Key, byte[] Bytes)> late = [];

    public StoreFault Fault { get; set; }

    /// <summary>Puts one over the folder of a host.</summary>
    public static void Use(HelpDeskBuilder builder) => builder.Services.Replace(ServiceDescriptor.Singleton<IAttachmentStore>(
        services => new FaultyStore(new FileSystemAttachmentStore(services.GetRequiredService<IOptions<HelpDeskOptions>>()))));

    /// <summary>The one object that cannot be deleted.</summary>
    public string? Poisoned { get; set; }

    /// <summary>How often a deletion was refused.</summary>
    public int Refusals { get; private set; }

    public async Task<StoredContent> PutAsync(string key, Stream content, CancellationToken cancellationToken)
    {
        switch (Fault)
        {
            case StoreFault.PutRefused:
                throw new HttpRequestException("503 Slow Down");
            case StoreFault.PutBroken:
                _ = await content.ReadAsync(new byte[3], cancellationToken);
                throw new IOException("Connection reset by peer.");
            case StoreFault.PutAnswerLost:
                await real.PutAsync(key, content, cancellationToken);
                throw new TimeoutException("The answer did not come.");
            case StoreFault.PutLate:
                late.Add((key, await BytesAsync(content, cancellationToken)));
                throw new TimeoutException("The answer did not come.");
            case StoreFault.PutWraps:
                try
                {
                    return await real.PutAsync(key, content, cancellationToken);
                }
                catch (Exception exception)
                {
                    throw new HttpRequestException("The body could not be sent.", exception);
                }

            case StoreFault.WrongSize:
                var bytes = await BytesAsync(content, cancellationToken);
                return await real.PutAsync(key, new TrickleStream(bytes.AsMemory(0, bytes.Length - 1)), cancellationToken);
            case StoreFault.WrongChecksum:
                return await real.PutAsync(key, content, cancellationToken) with { Sha256 = new string('0', 64) };
            case StoreFault.StopsReading:
                var part = new byte[3];
                var read = await content.ReadAtLeastAsync(part, part.Length, throwOnEndOfStream: false, cancellationToken);
                return await real.PutAsync(key, new TrickleStream(part.AsMemory(0, read)), cancellationToken);
            default:
                return await real.PutAsync(key, content, cancellationToken);
        }
    }

    public Task<Stream?> OpenAsync(string key, long offset, CancellationToken cancellationToken) =>
        Fault == StoreFault.OpenRefused ? throw new HttpRequestException("503 Slow Down") : real.OpenAsync(key, offset, cancellationToken);

    public Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        if (Fault == StoreFault.DeleteRefused || key == Poisoned)
        {
            Refusals++;
            throw new HttpRequestException("503 Slow Down");
        }

        return real.DeleteAsync(key, cancellationToken);
    }

    public IAsyncEnumerable<StoredObject> ListAsync(string prefix, CancellationToken cancellationToken) => real.ListAsync(prefix, cancellationToken);

    /// <summary>Now comes what was given up.</summary>
    public async Task StoreLateAsync()
    {
        foreach (var (key, bytes) in late)
            await real.PutAsync(key, new TrickleStream(bytes), CancellationToken.None);
        late.Clear();
    }

    private static async Task<byte[]> BytesAsync(Stream content, CancellationToken cancellationToken)
    {
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, cancellationToken);
        return copy.ToArray();
    }
}
