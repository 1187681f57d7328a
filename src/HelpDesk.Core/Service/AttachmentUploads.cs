using HelpDesk.Attachments;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HelpDesk.Service;

internal sealed class AttachmentUploads(UploadStaging staging, IServiceScopeFactory scopes, IOptions<HelpDeskOptions> options) : IAttachmentUploads
{
    private const int BatchSize = 100;

    public Task<StagedUpload> StageAsync(StageUpload command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(command.Content);
        return staging.StageAsync(command, new StagingRules(options.Value.Limits.AttachmentSize, options.Value.Attachments, IsScanned: true) { IsFromClient = true }, cancellationToken);
    }

    public async Task<int> DiscardAsync(DiscardUploads command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (command.Uploads.Count == 0)
            return 0;

        using var apart = staging.Apart();
        await using var scope = scopes.CreateAsyncScope();
        var ledger = scope.ServiceProvider.GetRequiredService<UploadLedger>();
        var removal = scope.ServiceProvider.GetRequiredService<UploadRemoval>();
        var deleted = 0;
        foreach (var uploads in command.Uploads.Chunk(BatchSize))
            deleted += await removal.DeleteAsync(await ledger.ClaimStagedAsync(command.Actor, uploads, cancellationToken), cancellationToken);
        return deleted;
    }
}
