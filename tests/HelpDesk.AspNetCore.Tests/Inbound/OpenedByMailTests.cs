using System.Text.Json;
using HelpDesk.AspNetCore.Tests.Infrastructure;

namespace HelpDesk.AspNetCore.Tests.Inbound;

/// <summary>What a mail from somebody without an account looks like to those who read it.</summary>
public sealed class OpenedByMailTests(SharedHost shared) : HelpDeskTest(shared)
{
    [Fact]
    public async Task A_ticket_that_a_mail_opened_is_in_the_agents_list_with_its_address()
    {
        var subject = $"By mail {Guid.NewGuid():N}";
        var (ticket, message) = await Host.OpenByMailAsync(new TestMail { Subject = subject, Html = "<b>Since this morning.</b>" });

        var listed = Assert.Single((await Ann.GetAsync($"/tickets?q={subject[8..]}")).Is(200).Json.Data());
        Assert.Equal((ticket, subject, "email"), (listed.GetProperty("id").GetGuid(), listed.Text("subject"), listed.Text("channel")));
        Assert.Equal([null, "Carol", "carol@elsewhere.example"], listed.GetProperty("requester").Texts("id", "name", "email"));

        var shown = Assert.Single(await Ann.MessagesAsync(ticket));
        Assert.Equal((message, "Since this morning.", "email"), (shown.GetProperty("id").GetGuid(), shown.Text("body"), shown.Text("channel")));
        Assert.Equal([null, "Carol", "requester"], shown.GetProperty("author").Texts("id", "name", "kind"));
        Assert.True(shown.GetProperty("hasHtml").GetBoolean());
        Assert.False(shown.GetProperty("hasQuoted").GetBoolean());
    }

    [Fact]
    public async Task A_mail_of_text_alone_has_no_html_to_show()
    {
        var (ticket, message) = await Host.OpenByMailAsync(new TestMail());

        Assert.False(Assert.Single(await Ann.MessagesAsync(ticket)).GetProperty("hasHtml").GetBoolean());
        Assert.Equal((await Ann.GetAsync($"/messages/{Guid.NewGuid()}/html")).Is(404, "not_found").Everything, (await Ann.GetAsync($"/messages/{message}/html")).Everything);
    }

    [Fact]
    public async Task The_mail_of_a_user_opens_a_ticket_of_their_own_whose_message_has_the_requesters_shape()
    {
        var (ticket, message) = await Host.OpenByMailAsync(new TestMail { From = "alice@example.com", Html = "<b>Since this morning.</b>" });

        var shown = Assert.Single(await Alice.MessagesAsync(ticket));
        Assert.True(shown.GetProperty("hasHtml").GetBoolean());
        Assert.False(shown.TryGetProperty("hasQuoted", out _));
        Assert.Contains("<b>Since this morning.</b>", (await Alice.GetAsync($"/messages/{message}/html")).Is(200).Text, StringComparison.Ordinal);
        (await Bob.GetAsync($"/tickets/{ticket}")).Is(404, "not_found");
    }

    [Fact]
    public async Task The_whole_text_is_for_agents()
    {
        const string text = "It burns again.\n\nOn Monday, Ann wrote:\n> Is it out?\n> Ann";
        var (ticket, message) = await Host.OpenByMailAsync(new TestMail { From = "alice@example.com", Text = text });

        Assert.Equal(text, JsonSerializer.Deserialize<JsonElement>((await Ann.GetAsync($"/messages/{message}/text")).Is(200).Text).Text("text"));
        var shown = Assert.Single(await Ann.MessagesAsync(ticket));
        Assert.Equal(shown.GetProperty("hasQuoted").GetBoolean(), shown.Text("body") != text);
        (await Alice.GetAsync($"/messages/{message}/text")).Is(403, "forbidden");
        var missing = (await Bob.GetAsync($"/messages/{Guid.NewGuid()}/text")).Is(404, "not_found").Everything;
        Assert.Equal(missing, (await Bob.GetAsync($"/messages/{message}/text")).Everything);
        Assert.Equal(missing, (await Bob.GetAsync("/messages/nonsense/text")).Everything);
    }

    [Fact]
    public async Task The_text_of_what_came_by_no_mail_is_its_body()
    {
        var ticket = await Alice.OpenAsync(body: "Typed by hand.");
        var message = Assert.Single(await Ann.MessagesAsync(ticket.Id));

        Assert.Equal("""{"text":"Typed by hand."}""", (await Ann.GetAsync($"/messages/{message.Text("id")}/text")).Is(200).Text);
    }
}
