using HelpDesk.Attachments;
using HelpDesk.Specification.Attachments;

namespace HelpDesk.Storage.S3;

public sealed class S3StoreTests : StoreSpecification
{
    private Bucket? bucket;

    public override async ValueTask DisposeAsync()
    {
        bucket?.Dispose();
        await base.DisposeAsync();
    }

    protected override async Task<IAttachmentStore> StartAsync()
    {
        bucket = await Bucket.CreateAsync(Token);
        return bucket.Store();
    }
}
