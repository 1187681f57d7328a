using System.Diagnostics;
using System.Text;
using HelpDesk.AspNetCore.Tests.Infrastructure;

namespace HelpDesk.AspNetCore.Tests.Inbound;

/// <summary>The HTML of a mail as an answer: who gets it, with which headers, and what is too much.</summary>
public sealed class HtmlTests(SharedHost shared) : HelpDeskTest(shared)
{
    [Fact]
    public async Task It_is_a_document_that_may_do_nothing()
    {
        var (_, message) = await Host.OpenByMailAsync(new TestMail { Html = "<p>Grüße" });

        var answer = (await Ann.GetAsync($"/messages/{message}/html")).Is(200);

        const string document = "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"></head><body><p>Grüße</p></body></html>\n";
        Assert.Equal(document, answer.Text);
        Assert.Equal(
            $"""
            Cache-Control: no-store
            Content-Length: {Encoding.UTF8.GetByteCount(document)}
            Content-Security-Policy: default-src 'none'; img-src data:; sandbox
            Content-Type: text/html; charset=utf-8
            Cross-Origin-Resource-Policy: same-origin
            Referrer-Policy: no-referrer
            X-Content-Type-Options: nosniff
            """,
            answer.Head,
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public async Task A_foreign_mail_answers_like_a_missing_one()
    {
        var (_, message) = await Host.OpenByMailAsync(new TestMail { From = "alice@example.com", Html = "<p>Mine." });

        var missing = (await Bob.GetAsync($"/messages/{Guid.NewGuid()}/html")).Is(404, "not_found").Everything;

        Assert.Equal(missing, (await Bob.GetAsync($"/messages/{message}/html")).Everything);
        Assert.Equal(missing, (await Bob.GetAsync("/messages/nonsense/html")).Everything);
        (await Alice.GetAsync($"/messages/{message}/html")).Is(200);
        (await (await Host.AsAsync(Users.Anonymous)).GetAsync($"/messages/{message}/html")).Is(401, "unauthenticated");
    }

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

    [Fact]
    public async Task Neither_html_nor_text_of_a_note_is_for_the_requester()
    {
        const string canary = "canary-93b1";
        var note = await Host.NoteByMailAsync(await Alice.OpenAsync(), "alice@example.com", canary);

        foreach (var what in new[] { "html", "text" })
        {
            Assert.Contains(canary, (await Ann.GetAsync($"/messages/{note}/{what}")).Is(200).Text, StringComparison.Ordinal);
            Assert.Equal((await Alice.GetAsync($"/messages/{Guid.NewGuid()}/{what}")).Is(404, "not_found").Everything, (await Alice.GetAsync($"/messages/{note}/{what}")).Everything);
        }
    }

    private async Task<Answer> ShowQuicklyAsync(string html)
    {
        var (_, message) = await Host.OpenByMailAsync(new TestMail { From = $"{Guid.NewGuid():N}@elsewhere.example", Html = html });
        Assert.True((await Ann.GetAsync($"/messages/{message}/html")).Status == 200);
        var started = Stopwatch.GetTimestamp();
        var answer = (await Ann.GetAsync($"/messages/{message}/html")).Is(200);
        // Some hundred milliseconds; a machine may be busy with other tests too.
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(10), $"It took {Stopwatch.GetElapsedTime(started)}.");
        return answer;
    }
}
