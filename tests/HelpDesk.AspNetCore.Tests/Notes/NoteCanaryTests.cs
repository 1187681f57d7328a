using HelpDesk.AspNetCore.Tests.Infrastructure;

namespace HelpDesk.AspNetCore.Tests.Notes;

/// <summary>A note never leaves: neither its text nor the fact that it was written.</summary>
public sealed class NoteCanaryTests(SharedHost shared) : HelpDeskTest(shared)
{
    private const string Canary = "canary-7f3a";

    /// <summary>Everything that a requester can read, by whatever way.</summary>
    private static readonly string[] Reads =
    [
        "/tickets/{id}", "/tickets/{number}", "/tickets/{id}/messages", "/tickets/{id}/history", "/tickets/{id}/sla", "/tickets", "/tickets?sort=updatedAt", "/tickets?sort=-updatedAt",
        "/tickets?sort=createdAt", "/tickets?sort=-createdAt", "/tickets?sort=priority", "/tickets?sort=-priority", "/tickets?limit=1", "/tickets?status=pending",
        $"/tickets?q={Canary}", "/tickets?q=answer", "/tickets?q=printer&limit=1", "/tickets?overdue=true", "/tickets?assignee=ann-id", "/tickets?sort=dueAt", "/me",
        "/categories", "/attachments/{file}", "/agents", "/agents/ann-id", "/stats", "/tickets/{id}/messages?cursor=AAAA", "/tickets?cursor=AAAA",
        "/messages/{note}/html", "/messages/{note}/text", "/messages/{id}/html", "/inbound", "/inbound?state=failed", "/inbound/{note}/raw",
        "/saved-replies", "/saved-replies/{id}", "/reports", "/reports/tickets.csv",
    ];

    /// <summary>Writes that are refused, so that they can be sent before and after.</summary>
    private static readonly (string Method, string Path, object? Body, string? IfMatch)[] RefusedWrites =
    [
        ("PATCH", "/tickets/{id}", new { priority = "urgent" }, null),
        ("POST", "/tickets/{id}/reopen", null, null),
        ("POST", "/tickets/{id}/messages", new { body = "Stale." }, "\"00000000-0000-0000-0000-000000000001\""),
        ("POST", "/tickets/{id}/resolve", null, "\"00000000-0000-0000-0000-000000000001\""),
        ("POST", "/tickets/{id}/close", null, "\"00000000-0000-0000-0000-000000000001\""),
        ("POST", "/tickets/{id}/messages", new { body = "" }, null),
    ];

    [Fact]
    public async Task After_a_note_every_answer_to_the_requester_is_byte_equal_to_before()
    {
        await using var host = await TestHelpDesk.StartAsync();
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));
        await alice.OpenAsync("The second printer burns");
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        var ticket = await alice.OpenAsync();
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await alice.OpenAsync("The third printer burns");
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await ann.ReplyAsync(ticket.Id);
        var before = await ReadAllAsync(alice, ticket);

        foreach (var text in new[] { $"First {Canary}", $"Second {Canary}" })
        {
            host.Clock.Advance(TimeSpan.FromMinutes(1));
            await ann.NoteAsync(ticket.Id, text);
            await NoteWithFileAsync(ann, ticket.Id);
            await host.NoteByMailAsync(ticket, Users.Email(Users.Alice), text);
        }

        Assert.Equal(before, await ReadAllAsync(alice, ticket));
        // The note is there, and a clue that tells nothing of it would be worthless: the agent's view has changed.
        Assert.Contains(Canary, (await ann.GetAsync($"/tickets/{ticket.Id}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_text_of_a_note_is_in_no_answer_to_a_requester()
    {
        var ticket = await Alice.OpenAsync();
        await Ann.NoteAsync(ticket.Id, Canary);
        await Ann.ReplyAsync(ticket.Id);
        var file = await NoteWithFileAsync(Ann, ticket.Id);
        var mail = await Host.NoteByMailAsync(ticket, Users.Email(Users.Alice), Canary);
        await Host.HeldMailAsync(new TestMail { Text = Canary, Subject = Canary });

        var answers = (await ReadAllAsync(Alice, ticket, file, mail.ToString())).Append((await Alice.PostAsync($"/tickets/{ticket.Id}/messages", Form.Of(("body", "B")).File("a.txt", "a").ToContent())).Is(201).Everything)
            .Append((await Alice.ReplyAsync(ticket.Id)).Everything)
            .Append((await Alice.PostAsync($"/tickets/{ticket.Id}/resolve", new { message = "Thank you." })).Is(200).Everything)
            .Append((await Alice.PostAsync($"/tickets/{ticket.Id}/reopen")).Is(200).Everything)
            .Append((await Alice.PostAsync($"/tickets/{ticket.Id}/close")).Is(200).Everything)
            .Append((await Alice.PostAsync($"/tickets/{ticket.Id}/messages", new { body = "One more thing." })).Is(201).Everything);

        Assert.All(answers, answer =>
        {
            Assert.DoesNotContain(Canary, answer, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("isPrivate", answer, StringComparison.OrdinalIgnoreCase);
        });
    }

    [Fact]
    public async Task An_older_version_of_the_requester_still_matches_after_a_note()
    {
        var ticket = await Alice.OpenAsync();
        var read = await Alice.GetAsync($"/tickets/{ticket.Id}");

        await Ann.NoteAsync(ticket.Id, Canary);

        var reply = await Alice.PostAsync($"/tickets/{ticket.Id}/messages", new { body = "More." }, ("If-Match", read.ETag!));
        reply.Is(201);
        var resolved = await Alice.PostAsync($"/tickets/{ticket.Id}/resolve", null, ("If-Match", reply.ETag!));
        Assert.Equal("resolved", resolved.Is(200).Json.GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_version_mismatch_tells_a_requester_the_version_that_requesters_know()
    {
        var ticket = await Alice.OpenAsync();
        await Ann.NoteAsync(ticket.Id, Canary);
        var known = await Alice.GetAsync($"/tickets/{ticket.Id}");

        var answer = await Alice.PostAsync($"/tickets/{ticket.Id}/messages", new { body = "More." }, ("If-Match", $"\"{Guid.NewGuid()}\""));

        Assert.Equal(known.ETag, $"\"{answer.Is(412, "version_mismatch").Json.GetProperty("current").GetString()}\"");
    }

    [Fact]
    public async Task A_repeated_opening_after_a_note_answers_as_before()
    {
        var headers = ("Idempotency-Key", Guid.NewGuid().ToString());
        var body = new { subject = "Once", body = "Only once." };
        var ticket = (await Alice.PostAsync("/tickets", body, headers)).Is(201);

        await Ann.NoteAsync(ticket.Id, Canary);

        Assert.Equal(ticket.Everything, (await Alice.PostAsync("/tickets", body, headers)).Everything);
    }

    [Fact]
    public async Task An_agent_is_shown_the_own_ticket_as_a_requester()
    {
        // A word of its own: agents are shown the mail that is held, and another fact has the canary held.
        const string canary = "canary-2c9d";
        var ticket = await Ann.OpenAsync();
        var before = await ReadAllAsync(Ann, ticket);
        var ben = await Host.AsAsync(Users.Ben);

        await ben.NoteAsync(ticket.Id, canary);

        var own = await Ann.GetAsync($"/tickets/{ticket.Id}");
        Assert.False(own.Json.TryGetProperty("dueAt", out _));
        Assert.False(own.Json.GetProperty("requester").TryGetProperty("email", out _));
        Assert.Equal(ticket.ETag, own.ETag);
        Assert.All(await ReadAllAsync(Ann, ticket), answer => Assert.DoesNotContain(canary, answer, StringComparison.Ordinal));
        Assert.Equal(before[0], own.Everything);
        Assert.Empty((await Ann.GetAsync($"/tickets?q={canary}&requester=ann-id")).Is(200).Json.GetProperty("data").EnumerateArray());
        (await Ann.GetAsync($"/tickets/{ticket.Id}/history")).Is(403, "forbidden");
        var message = await Ann.PostAsync($"/tickets/{ticket.Id}/messages", new { body = "Not private.", isPrivate = true });
        Assert.Equal("requester", message.Is(201).Json.GetProperty("author").GetProperty("kind").GetString());
        Assert.Contains("Not private.", (await Ann.GetAsync($"/tickets/{ticket.Id}")).Text, StringComparison.Ordinal);
    }

    /// <summary>Writes a note with a file, which both bear the canary, and so does the file's name.</summary>
    private static async Task<string> NoteWithFileAsync(Caller agent, Guid ticket)
    {
        var form = Form.Of(("body", Canary), ("isPrivate", "true")).File($"{Canary}.txt", Canary);
        var note = (await agent.PostAsync($"/tickets/{ticket}/messages", form.ToContent())).Is(201);
        var file = note.Json.GetProperty("attachments")[0];
        Assert.Equal($"{Canary}.txt", file.Text("fileName"));
        Assert.Equal(Canary, (await agent.GetAsync($"/attachments/{file.Text("id")}")).Is(200).Text);
        return file.Text("id")!;
    }

    private static async Task<List<string>> ReadAllAsync(Caller caller, Answer ticket, string file = "none", string note = "none")
    {
        var answers = new List<string>();
        foreach (var path in Reads)
            answers.Add(await EverythingAsync("GET", path, null));
        foreach (var (method, path, body, ifMatch) in RefusedWrites)
            answers.Add(await EverythingAsync(method, path, body, ifMatch is null ? [] : [("If-Match", ifMatch)]));
        var page = await caller.GetAsync("/tickets?limit=1");
        if (page.Json.GetProperty("nextCursor").GetString() is { } cursor)
            answers.Add(await EverythingAsync("GET", $"/tickets?limit=1&cursor={cursor}", null));
        return answers;

        async Task<string> EverythingAsync(string method, string path, object? body, params (string, string)[] headers)
        {
            var filled = path.Replace("{id}", ticket.Id.ToString(), StringComparison.Ordinal)
                .Replace("{file}", file, StringComparison.Ordinal).Replace("{note}", note, StringComparison.Ordinal).Replace("{number}", ticket.Json.GetProperty("number").GetString(), StringComparison.Ordinal);
            // Without the address, which holds the canary where it is searched for.
            return (await caller.SendAsync(method, filled, body, headers)).Everything;
        }
    }
}
