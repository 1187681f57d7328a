using HelpDesk.Attachments;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HelpDesk.AspNetCore.Http;

/// <summary>The files of one request: stored while it is read, and deleted at its end unless the command has taken them.</summary>
internal sealed class StagedFiles(IServiceProvider services, Actor actor) : IAsyncDisposable
{
    // The request may be over by then, because its client has gone: that must not stop the deletion, nor may it go on for ever.
    private static readonly TimeSpan CleaningTimeout = TimeSpan.FromSeconds(15);

    private readonly IAttachmentUploads uploads = services.GetRequiredService<IAttachmentUploads>();
    private readonly List<Guid> ids = [];
    private readonly HashSet<Guid> taken = [];

    /// <summary>In the order in which they came.</summary>
    public IReadOnlyList<Guid> Ids => ids;

    public async Task StageAsync(FormPart part, CancellationToken cancellationToken)
    {
        var command = new StageUpload { Actor = actor, FileName = part.FileName!, ContentType = part.ContentType, Content = part.Content };
        ids.Add((await uploads.StageAsync(command, cancellationToken)).Id);
    }

    /// <summary>These have become attachments of a message. In a repetition those of the first time have, and what was sent again is left over.</summary>
    public void Took(IEnumerable<Guid> attachments) => taken.UnionWith(attachments);

    public async ValueTask DisposeAsync()
    {
        var left = ids.Where(id => !taken.Contains(id)).ToList();
        if (left.Count == 0)
            return;

        using var timeout = new CancellationTokenSource(CleaningTimeout, services.GetRequiredService<TimeProvider>());
        try
        {
            // Not even this takes a file from a command of which only the answer was lost: what is an attachment is no upload any more.
            await uploads.DiscardAsync(new DiscardUploads { Actor = actor, Uploads = left }, timeout.Token);
        }
        catch (Exception exception)
        {
            // The request has its answer. The rows are there, so the sweep will find them.
            Log.UploadsNotDiscarded(services.GetRequiredService<ILoggerFactory>().CreateLogger("HelpDesk.AspNetCore"), left.Count, exception);
        }
    }
}
