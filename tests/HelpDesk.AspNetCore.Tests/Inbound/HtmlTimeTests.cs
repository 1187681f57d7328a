using HelpDesk.AspNetCore.Tests.Infrastructure;

namespace HelpDesk.AspNetCore.Tests.Inbound;

/// <summary>HTML that takes long to show. It is timed, so nothing else of this project may run meanwhile.</summary>
[CollectionDefinition(nameof(HtmlTimeTests), DisableParallelization = true)]
[Collection(nameof(HtmlTimeTests))]
public sealed class HtmlTimeTests(SharedHost shared) : HelpDeskTest(shared)
{
    [Theory]
    [InlineData("<div>", 100_000)]
    [InlineData("<table><tr><td>", 100_000)]
    [InlineData("<blockquote>", 100_000)]
    [InlineData("<b>", 100_000)]
    [InlineData("<a href=x><div>", 60_000)]
    [InlineData("<ul><li>", 100_000)]
    [InlineData("<svg><g>", 100_000)]
    [InlineData("<template>", 90_000)]
    [InlineData("<rt>", 200_000)]
    [InlineData("<x-y>", 190_000)]
    [InlineData("<br>", 200_000)]
    [InlineData("<p>x", 200_000)]
    [InlineData("<b></p>", 140_000)]
    [InlineData("<frameset>", 90_000)]
    public async Task What_would_take_a_browser_or_us_too_long_is_said_not_to_be_shown(string markup, int times)
    {
        var answer = await ShowQuicklyAsync(string.Concat(Enumerable.Repeat(markup, Math.Min(times, 999_999 / markup.Length))));

        Assert.Contains("<p>The HTML of this mail cannot be shown; read its text.</p>", answer.Text, StringComparison.Ordinal);
    }

    /// <summary>Every row is just below what is refused, and made to be slow.</summary>
    [Theory]
    [InlineData("<div>", 990, "x", 1, "")]
    [InlineData("<x-y>", 900, "x<br>", 39_000, "")]
    [InlineData("<font>", 100, "<p>x</p>", 39_000, "")]
    [InlineData("<p>x", 39_000, "", 0, "")]
    [InlineData("<x-y>a</x-y>b", 39_000, "", 0, "")]
    [InlineData("<script></script>b", 39_000, "", 0, "")]
    [InlineData("<a href=http://a.example/>b</a>", 30_000, "", 0, "")]
    [InlineData("<", 999_999, "", 0, "")]
    [InlineData("&lt;", 249_999, "", 0, "")]
    [InlineData("<!---->", 140_000, "", 0, "")]
    [InlineData("<p ", 1, "a=1 b=2 title=c ", 60_000, ">")]
    public async Task What_is_just_within_bounds_is_shown_in_seconds(string first, int times, string then, int thenTimes, string end)
    {
        var html = string.Concat(Enumerable.Repeat(first, times)) + string.Concat(Enumerable.Repeat(then, thenTimes)) + end;

        var answer = await ShowQuicklyAsync(html);

        Assert.DoesNotContain("cannot be shown", answer.Text, StringComparison.Ordinal);
    }

    private async Task<Answer> ShowQuicklyAsync(string html)
    {
        var (_, message) = await Host.OpenByMailAsync(new TestMail { From = $"{Guid.NewGuid():N}@elsewhere.example", Html = html });
        Assert.True((await Ann.GetAsync($"/messages/{message}/html")).Status == 200);
        // The processor's time of this process, in which nothing else runs: by the clock, it was the load of another test project that was measured.
        var before = Environment.CpuUsage.TotalTime;
        var answer = (await Ann.GetAsync($"/messages/{message}/html")).Is(200);
        // At most some two seconds. Without the bounds it was a minute.
        var taken = Environment.CpuUsage.TotalTime - before;
        Assert.True(taken < TimeSpan.FromSeconds(10), $"It took {taken}.");
        return answer;
    }
}
