using HelpDesk.AspNetCore.Tests.Infrastructure;
using HelpDesk.Inbound;

namespace HelpDesk.AspNetCore.Tests.Inbound;

/// <summary>Who may see and decide on what waits, and what is no call at all.</summary>
public sealed class MailboxAccessTests(SharedHost shared) : MailboxTest(shared)
{
    [Theory]
    [InlineData("?state=received", "validation")]
    [InlineData("?state=rejected", "validation")]
    [InlineData("?state=Held", "validation")]
    [InlineData("?state=held&state=failed", "validation")]
    [InlineData("?limit=0", "validation")]
    [InlineData("?limit=101", "validation")]
    [InlineData("?limit=many", "validation")]
    [InlineData("?cursor=nonsense", "invalid_cursor")]
    public async Task A_wrong_query_is_refused(string query, string code)
    {
        (await Ann.GetAsync("/inbound" + query)).Is(400, code);
        (await Alice.GetAsync("/inbound" + query)).Is(403, "forbidden");
    }

    [Fact]
    public async Task The_raw_mail_comes_down_inert_as_long_as_it_waits()
    {
        var mail = new TestMail { Html = "<script>alert(1)</script>" };
        var held = await Host.HeldMailAsync(mail);
        var sent = (mail with { To = TestMailExtensions.UnknownReplyAddress }).ToBytes();

        var raw = (await Ann.GetAsync($"/inbound/{held}/raw")).Is(200);

        Assert.Equal(sent, raw.Bytes);
        Assert.Equal(
            $"""
            Cache-Control: no-store
            Content-Disposition: attachment; filename="mail.eml"
            Content-Length: {sent.Length}
            Content-Security-Policy: default-src 'none'; sandbox
            Content-Type: application/octet-stream
            Cross-Origin-Resource-Policy: same-origin
            X-Content-Type-Options: nosniff
            """,
            raw.Head,
            ignoreLineEndingDifferences: true);
        await GoneAsync((await Ann.PostAsync($"/inbound/{held}/release")).Is(200).Id);
    }

    [Theory]
    [InlineData("release")]
    [InlineData("reject")]
    [InlineData("retry")]
    public async Task What_is_no_mail_is_missing_and_another_site_decides_nothing(string decision)
    {
        var held = await Host.HeldMailAsync();

        var missing = (await Ann.PostAsync($"/inbound/{Guid.NewGuid()}/{decision}")).Is(404, "not_found").Everything;
        Assert.Equal(missing, (await Ann.PostAsync($"/inbound/nonsense/{decision}")).Everything);
        Assert.Equal((await Alice.PostAsync($"/inbound/{held}/{decision}", "{")).Is(403, "forbidden").Everything, (await Alice.PostAsync($"/inbound/nonsense/{decision}")).Everything);
        (await Ann.PostAsync($"/inbound/{held}/{decision}", null, ("Sec-Fetch-Site", "cross-site"))).Is(403, "cross_site");
        Assert.Equal("held", (await FindAsync(held)).Text("state"));
    }

    /// <summary>On their own ticket agents are the requester, who is not told what strangers write to it.</summary>
    [Fact]
    public async Task A_mail_that_hints_at_an_agents_own_ticket_is_for_the_others()
    {
        var ticket = await Ann.OpenAsync();
        var held = await HintAsync(ticket.Id, Users.Ann);
        var ben = await Host.AsAsync(Users.Ben);

        Assert.DoesNotContain(held.ToString(), (await Ann.GetAsync("/inbound?limit=100")).Is(200).Text, StringComparison.Ordinal);
        foreach (var decision in new[] { "release", "reject", "retry" })
            (await Ann.PostAsync($"/inbound/{held}/{decision}")).Is(404, "not_found");
        (await Ann.GetAsync($"/inbound/{held}/raw")).Is(404, "not_found");
        (await Ann.PostAsync($"/inbound/{await Host.HeldMailAsync()}/release", new { ticket = ticket.Id })).Is(400, "validation");

        (await ben.PostAsync($"/inbound/{held}/release")).Is(200);
        Assert.Equal(2, (await Ann.MessagesAsync(ticket.Id)).Count);
    }

    [Fact]
    public async Task An_agent_who_releases_their_own_mail_is_told_so()
    {
        var held = await Host.MailAsync(new TestMail { From = "ann@example.com" });
        Assert.Equal(InboundMailState.Held, held.State);

        var released = (await Ann.PostAsync($"/inbound/{held.Id}/release")).Is(200).Json;

        Assert.Equal("processed", released.Text("state"));
    }
}
