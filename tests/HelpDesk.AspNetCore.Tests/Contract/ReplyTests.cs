using HelpDesk.AspNetCore.Tests.Infrastructure;

namespace HelpDesk.AspNetCore.Tests.Contract;

public sealed class ReplyTests(SharedHost shared) : HelpDeskTest(shared)
{
    [Fact]
    public async Task A_requesters_reply_to_a_closed_ticket_opens_a_linked_one()
    {
        var closed = await Alice.OpenAsync();
        (await Alice.PostAsync($"/tickets/{closed.Id}/close")).Is(200);

        var reply = await Alice.ReplyAsync(closed.Id, "It burns again.");

        var ticket = reply.Json.GetProperty("ticket");
        Assert.NotEqual(closed.Id, ticket.GetProperty("id").GetGuid());
        Assert.Equal($"/helpdesk/tickets/{ticket.GetProperty("id").GetString()}", reply.Location);
        Assert.Equal("open", ticket.GetProperty("status").GetString());
        var opened = await Alice.GetAsync($"/tickets/{ticket.GetProperty("id").GetString()}");
        Assert.Equal(closed.Id, opened.Json.GetProperty("linkedTo").GetGuid());
        Assert.Equal(ticket.GetProperty("number").GetString(), opened.Json.GetProperty("number").GetString());
        Assert.Equal(opened.ETag, reply.ETag);
        Assert.Equal("closed", (await Alice.GetAsync($"/tickets/{closed.Id}")).Json.GetProperty("status").GetString());
    }

    [Fact]
    public async Task IsPrivate_counts_for_agents_only()
    {
        var ticket = await Alice.OpenAsync();

        (await Alice.PostAsync($"/tickets/{ticket.Id}/messages", new { body = "Not private.", isPrivate = true })).Is(201);
        var note = await Ann.NoteAsync(ticket.Id, "Among us.");
        var reply = await Ann.PostAsync($"/tickets/{ticket.Id}/messages", new { body = "To all.", isPrivate = (bool?)null });

        Assert.True(note.Json.GetProperty("isPrivate").GetBoolean());
        Assert.False(reply.Is(201).Json.GetProperty("isPrivate").GetBoolean());
        Assert.Equal(["Since this morning.", "Not private.", "To all."], await TextsAsync(Alice, ticket.Id));
        Assert.Equal(["Since this morning.", "Not private.", "Among us.", "To all."], await TextsAsync(Ann, ticket.Id));
    }

    [Fact]
    public async Task A_move_takes_a_message_along()
    {
        var ticket = await Alice.OpenAsync();

        (await Ann.PostAsync($"/tickets/{ticket.Id}/resolve", new { message = "Done." })).Is(200);
        (await Alice.PostAsync($"/tickets/{ticket.Id}/reopen", new { message = "Not quite." })).Is(200);
        (await Alice.PostAsync($"/tickets/{ticket.Id}/close", new { message = " " })).Is(200);

        Assert.Equal(["Since this morning.", "Done.", "Not quite."], await TextsAsync(Alice, ticket.Id));
    }

    [Fact]
    public async Task A_resolving_agent_of_the_role_support_becomes_the_assignee()
    {
        var ticket = await Alice.OpenAsync();
        var other = await Alice.OpenAsync();
        (await Ann.PatchAsync($"/tickets/{ticket.Id}", """{"assigneeId":null}""")).Is(200);
        (await Ann.PatchAsync($"/tickets/{other.Id}", """{"assigneeId":null}""")).Is(200);

        var byAnn = await Ann.PostAsync($"/tickets/{ticket.Id}/resolve");
        var byMia = await (await Host.AsAsync(Users.Mia)).PostAsync($"/tickets/{other.Id}/resolve");

        Assert.Equal("ann-id", byAnn.Is(200).Json.GetProperty("assignee").GetProperty("id").GetString());
        Assert.Equal("ann", byAnn.Json.GetProperty("assignee").GetProperty("name").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, byMia.Is(200).Json.GetProperty("assignee").ValueKind);
    }

    [Fact]
    public async Task Older_messages_come_by_the_cursor()
    {
        var ticket = await Alice.OpenAsync(body: "Message 0");
        for (var i = 1; i <= 205; i++)
            await Alice.ReplyAsync(ticket.Id, $"Message {i}");

        var read = (await Ann.GetAsync($"/tickets/{ticket.Id}")).Json;
        var texts = read.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("body").GetString()).ToList();
        var older = (await Ann.GetAsync($"/tickets/{ticket.Id}/messages?cursor={read.GetProperty("olderMessages").GetString()}")).Is(200).Json;

        Assert.Equal((200, "Message 6", "Message 205"), (texts.Count, texts[0], texts[^1]));
        Assert.Equal(
            ["Message 0", "Message 1", "Message 2", "Message 3", "Message 4", "Message 5"],
            older.GetProperty("data").EnumerateArray().Select(message => message.GetProperty("body").GetString()));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, older.GetProperty("nextCursor").ValueKind);
        (await Alice.GetAsync($"/tickets/{ticket.Id}/messages?cursor={read.GetProperty("olderMessages").GetString()}")).Is(400, "invalid_cursor");
    }

    private static async Task<IEnumerable<string?>> TextsAsync(Caller caller, Guid ticket) =>
        (await caller.GetAsync($"/tickets/{ticket}")).Json.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("body").GetString());
}
