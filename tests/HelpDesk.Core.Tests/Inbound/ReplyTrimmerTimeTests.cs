using System.Text;
using HelpDesk.Inbound;

namespace HelpDesk.Core.Inbound;

/// <summary>Texts that could take long to trim. It is timed, so nothing else of this project may run meanwhile.</summary>
[CollectionDefinition(nameof(ReplyTrimmerTimeTests), DisableParallelization = true)]
[Collection(nameof(ReplyTrimmerTimeTests))]
public sealed class ReplyTrimmerTimeTests
{
    private const string Attribution = "On Tue, Mar 3, 2026 at 9:15 AM Alice Jones <alice@example.com> wrote:";

    [Theory]
    [InlineData(">", 1_000_000)]
    [InlineData(">\n", 500_000)]
    [InlineData(" ", 1_000_000)]
    [InlineData("On ", 333_333)]
    [InlineData("On \n", 250_000)]
    [InlineData("x", 1_000_000)]
    [InlineData("\n", 500_000)]
    [InlineData("a@b ", 250_000)]
    [InlineData("a@b:\n", 200_000)]
    [InlineData("On 3 March 2026 I\n", 55_000)]
    [InlineData("From: a@b\n\n", 90_000)]
    [InlineData(">>>>\n<<<<\n", 100_000)]
    [InlineData("-----BEGIN PGP SIGNATURE-----\n", 33_333)]
    [InlineData("___\n\n", 200_000)]
    [InlineData("Sent [from](my [[[[\n", 50_000)]
    [InlineData(Attribution + "\n> x\n\ny\n", 12_000)]
    [InlineData("\uD800\u0301\n", 333_333)]
    public void The_time_is_proportional_to_the_length(string piece, int count) => AssertLinear(piece, count);

    [Fact]
    public void The_time_is_proportional_to_the_length_of_lines_that_end_like_attributions() =>
        AssertLinear($"On 3 March 2026 {string.Concat(Enumerable.Repeat("a@b ", 100))}> :\n", 2_400);

    private static void AssertLinear(string piece, int count)
    {
        ReplyTrimmer.Trim($"Hello\n\n{Attribution}\n> x");
        var part = Measure(piece, count / 10);
        var whole = Measure(piece, count);

        Assert.True(whole < TimeSpan.FromSeconds(2), $"It took {whole}.");
        // Below some milliseconds it is the machine that is measured.
        Assert.True(whole < TimeSpan.FromMilliseconds(300) || whole < part * 30, $"A tenth took {part}, the whole {whole}.");
    }

    private static TimeSpan Measure(string piece, int count)
    {
        var text = new StringBuilder(piece.Length * count).Insert(0, piece, count).ToString();
        // The shortest of three, in time of the processor: what the machine does beside it only adds.
        return Enumerable.Range(0, 3).Min(_ =>
        {
            var before = Environment.CpuUsage.TotalTime;
            ReplyTrimmer.Trim(text);
            return Environment.CpuUsage.TotalTime - before;
        });
    }
}
