using HelpDesk.Specification.Desks;
using HelpDesk.Specification.Infrastructure;

namespace HelpDesk.Specification.Attachments;

/// <summary>A process stores files and is killed, again and again, between any two of its instructions.</summary>
public abstract class KilledUploadSpecification(HelpDeskFixture fixture, ITestOutputHelper output) : AttachmentTest(fixture)
{
    private const int Kills = 8;

    [Fact]
    public async Task A_killed_process_leaves_nothing_that_the_sweep_does_not_find()
    {
        var database = await Fixture.DatabaseAsync<DeskContext>();
        var (waiting, cutOff) = (0, 0);
        // As often as it takes to hit an upload.
        for (var kill = 0; kill < Kills || (waiting == 0 && kill < 5 * Kills); kill++)
        {
            using var worker = TestWorker.Start(Fixture.Name, database, ["attach", Desk.Files]);
            // It is at work now, at another point each time.
            for (var line = 0; line <= kill % Kills; line++)
                Assert.NotNull(await worker.ReadLineAsync(Token));
            await worker.KillAsync(Token);

            var shelf = (await Shelf.OfAsync(Desk)).HasEveryAttachment();
            waiting = Math.Max(waiting, shelf.Uploads.Count);
            cutOff = shelf.Objects.Count(key => key.EndsWith(".partial", StringComparison.Ordinal));
        }

        var left = await Shelf.OfAsync(Desk);
        output.WriteLine($"After {Kills} kills: {left.Attachments.Count} attachments, {left.Uploads.Count} uploads, {left.Objects.Count} objects, {cutOff} of them cut off; at most {waiting} uploads waited after a kill.");
        Assert.True(left.Attachments.Count >= Kills, "The process did not come to its work.");
        Assert.True(waiting > 0, "No kill hit an upload.");
        await Shelf.SweepAndCheckAsync(Desk);
    }
}
