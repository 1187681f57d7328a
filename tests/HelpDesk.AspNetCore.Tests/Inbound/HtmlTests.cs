using System.Text;
using HelpDesk.AspNetCore.Tests.Infrastructure;

namespace HelpDesk.AspNetCore.Tests.Inbound;

/// <summary>The HTML of a mail as an answer: who gets it, and with which headers.</summary>
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
}
