namespace HelpDesk.Storage.S3;

/// <summary>Measures this process, so nothing else may run in it meanwhile.</summary>
[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
[Collection(nameof(MemoryTests))]
public sealed class MemoryTests : StoreTest
{
    private const int Megabyte = 1024 * 1024;

    [Fact]
    public async Task A_large_file_needs_the_memory_of_one_part()
    {
        var store = Bucket.Store();
        await store.PutAsync(NewKey(), new MeasuringStream(20 * Megabyte), Token);
        // What other tests have left must not be used again for this.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var before = Environment.WorkingSet;
        var content = new MeasuringStream(200 * Megabyte);

        var stored = await store.PutAsync(NewKey(), content, Token);

        var growth = (content.Peak - before) / Megabyte;
        TestContext.Current.TestOutputHelper?.WriteLine($"The working set grew by {growth} MiB at most, from {before / Megabyte} MiB.");
        Assert.Equal(200 * Megabyte, stored.Size);
        Assert.InRange(growth, -1000, 31);
    }
}
