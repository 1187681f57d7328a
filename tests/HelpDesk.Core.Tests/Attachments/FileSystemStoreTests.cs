using HelpDesk.Attachments;
using HelpDesk.Specification.Attachments;
using Microsoft.Extensions.Options;

namespace HelpDesk.Core.Attachments;

public sealed class FileSystemStoreTests : StoreSpecification
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"helpdesk-files-{Guid.NewGuid():N}");

    public override async ValueTask DisposeAsync()
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        await base.DisposeAsync();
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("attachments/../../outside")]
    [InlineData("/etc/passwd")]
    [InlineData("attachments//x")]
    [InlineData("attachments/.hidden")]
    [InlineData("attachments/x\0y")]
    [InlineData("attachments/..")]
    [InlineData("attachments\\..\\..\\outside")]
    [InlineData("C:/outside")]
    [InlineData("")]
    public async Task No_key_leads_out_of_the_folder(string key)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Store.PutAsync(key, new TrickleStream(Bytes(1)), Token));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.OpenAsync(key, 0, Token));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.DeleteAsync(key, Token));
    }

    [Fact]
    public async Task A_key_is_never_written_over()
    {
        var key = NewKey();
        await Store.PutAsync(key, new TrickleStream(Bytes(10)), Token);

        await Assert.ThrowsAsync<IOException>(() => Store.PutAsync(key, new TrickleStream(Bytes(20)), Token));

        Assert.Equal(Bytes(10), await ReadAsync(key));
    }

    [Fact]
    public async Task What_a_killed_process_has_left_is_listed_and_can_be_deleted()
    {
        var key = NewKey();
        var partial = Path.Combine(folder, key + ".partial");
        Directory.CreateDirectory(Path.GetDirectoryName(partial)!);
        await File.WriteAllBytesAsync(partial, Bytes(10), Token);

        var left = Assert.Single(await ListAsync("attachments/"));
        await Store.DeleteAsync(left.Key, Token);

        Assert.Empty(await ListAsync("attachments/"));
        Assert.False(File.Exists(partial));
    }

    [Fact]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Interoperability", "CA1416", Justification = "Skipped there.")]
    public async Task Only_the_process_and_its_group_may_read_the_files()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("Windows has no such modes.");
        var key = NewKey();
        await Store.PutAsync(key, new TrickleStream(Bytes(10)), Token);

        const UnixFileMode others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(Path.Combine(folder, key)) & (others | UnixFileMode.UserExecute));
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(folder) & others);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_says_which_setting_to_change()
    {
        await File.WriteAllTextAsync(folder, "no folder", Token);
        try
        {
            var exception = await Assert.ThrowsAsync<IOException>(() => Store.PutAsync(NewKey(), new TrickleStream(Bytes(1)), Token));

            Assert.Contains("HelpDesk:Attachments:Path", exception.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(folder);
        }
    }

    protected override Task<IAttachmentStore> StartAsync()
    {
        var options = new HelpDeskOptions();
        options.Attachments.Path = folder;
        return Task.FromResult<IAttachmentStore>(new FileSystemAttachmentStore(Options.Create(options)));
    }
}
