using HelpDesk.AspNetCore.Tests.Infrastructure;

namespace HelpDesk.AspNetCore.Tests.SavedReplies;

/// <summary>Saved replies over HTTP; whose they are stands in the specification.</summary>
public sealed class SavedReplyTests
{
    [Fact]
    public async Task They_are_added_read_replaced_and_deleted()
    {
        await using var host = await TestHelpDesk.StartAsync();
        var (ann, ben) = (await host.AsAsync(Users.Ann), await host.AsAsync(Users.Ben));

        var added = (await ann.PostAsync("/saved-replies", new { title = " Thanks ", body = "Thank you.", shared = true, ownerId = "ben-id", id = Guid.Empty })).Is(201);
        var id = added.Json.Text("id");
        Assert.Equal($$"""{"id":"{{id}}","title":"Thanks","body":"Thank you.","shared":true,"canChange":true}""", added.Text);
        Assert.Equal(added.Text, (await ann.SendAsync("GET", added.Location!["/helpdesk".Length..], null)).Is(200).Text);
        Assert.Equal($$"""{"data":[{{added.Text}}]}""", (await ann.GetAsync("/saved-replies")).Is(200).Text);
        Assert.Equal(added.Text.Replace("\"canChange\":true", "\"canChange\":false", StringComparison.Ordinal), Assert.Single((await ben.GetAsync("/saved-replies")).Is(200).Json.Data()).GetRawText());

        // The whole one is replaced: what is absent is not shared.
        var changed = (await ann.PutAsync($"/saved-replies/{id}", new { title = "Sorry", body = "We are sorry." })).Is(200);
        Assert.Equal($$"""{"id":"{{id}}","title":"Sorry","body":"We are sorry.","shared":false,"canChange":true}""", changed.Text);
        Assert.Equal("""{"data":[]}""", (await ben.GetAsync("/saved-replies")).Is(200).Text);

        var deleted = (await ann.SendAsync("DELETE", $"/saved-replies/{id}", null)).Is(204);
        Assert.Equal(("", "Cache-Control: no-store"), (deleted.Text, deleted.Head.Trim()));
        (await ann.SendAsync("DELETE", $"/saved-replies/{id}", null)).Is(404, "not_found");
        (await ann.GetAsync($"/saved-replies/{id}")).Is(404, "not_found");
    }

    [Fact]
    public async Task Another_agents_shared_one_is_for_managers_to_change()
    {
        await using var host = await TestHelpDesk.StartAsync();
        var (ann, ben, mia) = (await host.AsAsync(Users.Ann), await host.AsAsync(Users.Ben), await host.AsAsync(Users.Mia));
        var path = $"/saved-replies/{(await ann.PostAsync("/saved-replies", new { title = "Thanks", body = "Thank you.", shared = true })).Is(201).Json.Text("id")}";

        (await ben.PutAsync(path, new { title = "Mine", body = "Mine.", shared = true })).Is(403, "forbidden");
        (await ben.SendAsync("DELETE", path, null)).Is(403, "forbidden");
        (await mia.PutAsync(path, new { title = "Better", body = "Thank you very much.", shared = true })).Is(200);
        (await mia.SendAsync("DELETE", path, null)).Is(204);
    }

    [Fact]
    public async Task What_is_wrong_is_told_by_field()
    {
        await using var host = await TestHelpDesk.StartAsync();
        var ann = await host.AsAsync(Users.Ann);

        var empty = (await ann.PostAsync("/saved-replies", "{}")).Is(400, "validation");
        Assert.Equal(["body", "title"], empty.Json.GetProperty("errors").EnumerateObject().Select(error => error.Name).Order());
        Assert.True((await ann.PostAsync("/saved-replies", """{"title":"T","body":"B","shared":"yes"}""")).Is(400, "validation").Json.GetProperty("errors").TryGetProperty("shared", out _));
        (await ann.PutAsync("/saved-replies/nonsense", new { title = "T", body = "B" })).Is(404, "not_found");
        (await ann.PostAsync("/saved-replies", "[]")).Is(400, "malformed");
        Assert.Equal("""{"data":[]}""", (await ann.GetAsync("/saved-replies")).Is(200).Text);
    }
}
