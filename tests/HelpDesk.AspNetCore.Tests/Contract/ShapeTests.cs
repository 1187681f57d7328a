using System.Text.Json;
using System.Text.RegularExpressions;
using HelpDesk.AspNetCore.Tests.Infrastructure;

namespace HelpDesk.AspNetCore.Tests.Contract;

/// <summary>Every answer has the names of the contract, no more and no less.</summary>
public sealed partial class ShapeTests(SharedHost shared) : HelpDeskTest(shared)
{
    private const string LastMessage = "lastMessage{author kind at}";
    private const string Author = "author{id name kind}";
    private const string RequesterMessage = $"{{id {Author} body hasHtml channel createdAt attachments[]}}";
    private const string AgentMessage = $"{{hasQuoted isPrivate id {Author} body hasHtml channel createdAt attachments[]}}";
    private const string Common = $"id number subject status priority category channel assignee{{id name}} {LastMessage} linkedTo createdAt updatedAt resolvedAt closedAt version";
    private const string RequesterTicket = $"requester{{id name}} {Common}";
    private const string AgentTicket = $"requester{{id name email}} firstRespondedAt dueAt escalatedAt {Common}";

    [Fact]
    public async Task A_requester_gets_a_ticket_with_messages_and_nothing_of_agents()
    {
        var opened = await Alice.OpenAsync();
        var read = await Alice.GetAsync($"/tickets/{opened.Id}");

        var expected = Names($"{{messages[{RequesterMessage}] olderMessages {RequesterTicket}}}");
        Assert.Equal(expected, Names(Shape.Of(opened.Json)));
        Assert.Equal(expected, Names(Shape.Of(read.Is(200).Json)));
    }

    [Fact]
    public async Task An_agent_gets_the_same_and_what_agents_see()
    {
        var opened = await Alice.OpenAsync();
        var read = await Ann.GetAsync($"/tickets/{opened.Id}");

        Assert.Equal(Names($"{{messages[{AgentMessage}] olderMessages {AgentTicket}}}"), Names(Shape.Of(read.Is(200).Json)));
    }

    [Fact]
    public async Task A_list_has_data_and_a_cursor()
    {
        // A category of its own: other tests open and assign tickets on the same host at the same time of its clock.
        (await Alice.PostAsync("/tickets", new { subject = "In a list", body = "Text", category = "shape of a list" })).Is(201);

        var own = await Alice.GetAsync("/tickets?limit=1&category=shape%20of%20a%20list");
        var all = await Ann.GetAsync("/tickets?limit=1&category=shape%20of%20a%20list");

        Assert.Equal(Names($"{{data[{{{RequesterTicket}}}] nextCursor}}"), Names(Shape.Of(own.Is(200).Json)));
        Assert.Equal(Names($"{{data[{{{AgentTicket}}}] nextCursor}}"), Names(Shape.Of(all.Is(200).Json)));
    }

    [Fact]
    public async Task A_move_and_a_change_answer_the_ticket_without_messages()
    {
        var ticket = await Alice.OpenAsync();

        var changed = await Ann.PatchAsync($"/tickets/{ticket.Id}", new { priority = "high" });
        var resolved = await Alice.PostAsync($"/tickets/{ticket.Id}/resolve");

        Assert.Equal(Names($"{{{AgentTicket}}}"), Names(Shape.Of(changed.Is(200).Json)));
        Assert.Equal(Names($"{{{RequesterTicket}}}"), Names(Shape.Of(resolved.Is(200).Json)));
        Assert.NotNull(changed.ETag);
        Assert.Equal($"\"{resolved.Json.GetProperty("version").GetString()}\"", resolved.ETag);
    }

    [Fact]
    public async Task A_reply_answers_the_message_with_its_ticket()
    {
        var ticket = await Alice.OpenAsync();

        var own = await Alice.ReplyAsync(ticket.Id);
        var agents = await Ann.ReplyAsync(ticket.Id);

        Assert.Equal(Names($"{{ticket{{id number status}} {RequesterMessage[1..]}"), Names(Shape.Of(own.Json)));
        Assert.Equal(Names($"{{ticket{{id number status}} {AgentMessage[1..]}"), Names(Shape.Of(agents.Json)));
        Assert.Equal("pending", agents.Json.GetProperty("ticket").GetProperty("status").GetString());
        Assert.Equal(ticket.Json.GetProperty("number").GetString(), agents.Json.GetProperty("ticket").GetProperty("number").GetString());
        Assert.Equal(ticket.Location, own.Location);
        Assert.Equal((await Alice.GetAsync($"/tickets/{ticket.Id}")).ETag, agents.ETag);
    }

    [Fact]
    public async Task Messages_are_pages_of_data_and_a_cursor()
    {
        var ticket = await Alice.OpenAsync();
        await Ann.NoteAsync(ticket.Id, "Among us.");

        var own = await Alice.GetAsync($"/tickets/{ticket.Id}/messages");
        var agents = await Ann.GetAsync($"/tickets/{ticket.Id}/messages");

        Assert.Equal(Names($"{{data[{RequesterMessage}] nextCursor}}"), Names(Shape.Of(own.Is(200).Json)));
        Assert.Equal(Names($"{{data[{AgentMessage}] nextCursor}}"), Names(Shape.Of(agents.Is(200).Json)));
        Assert.Equal([false, true], agents.Json.GetProperty("data").EnumerateArray().Select(message => message.GetProperty("isPrivate").GetBoolean()));
    }

    [Fact]
    public async Task History_me_and_categories_have_their_names()
    {
        var ticket = await Alice.OpenAsync();
        await Ann.PatchAsync($"/tickets/{ticket.Id}", new { priority = "high" });
        await Ann.NoteAsync(ticket.Id, "Among us.");

        var history = await Ann.GetAsync($"/tickets/{ticket.Id}/history");
        const string entry = "{id at actor{id name kind} via action changes[{field old new}] reason}";
        Assert.Equal(
            [entry, entry, entry, "{id at actor{id name kind} via action changes[] reason}"],
            history.Is(200).Json.GetProperty("data").EnumerateArray().Select(Shape.Of));
        Assert.Equal(["opened", "assigned", "changed", "noted"], history.Json.GetProperty("data").EnumerateArray().Select(entry => entry.GetProperty("action").GetString()));

        var me = await Ann.GetAsync("/me");
        Assert.Equal("""{"id":"ann-id","name":"ann","email":"ann@example.com","isAgent":true,"isManager":false,"isAdmin":false}""", me.Text);
        Assert.Equal("""{"data":[]}""", (await Alice.GetAsync("/categories")).Is(200).Text);
    }

    [Theory]
    [InlineData(Users.Alice, false, false, false)]
    [InlineData(Users.Ann, true, false, false)]
    [InlineData(Users.Mia, true, true, false)]
    [InlineData(Users.Root, true, true, true)]
    public async Task Me_tells_the_rights(string person, bool isAgent, bool isManager, bool isAdmin)
    {
        var me = (await (await Host.AsAsync(person)).GetAsync("/me")).Is(200).Json;

        Assert.Equal(
            (isAgent, isManager, isAdmin),
            (me.GetProperty("isAgent").GetBoolean(), me.GetProperty("isManager").GetBoolean(), me.GetProperty("isAdmin").GetBoolean()));
    }

    [Fact]
    public async Task Times_end_in_Z_and_enumerations_are_lower_case_words()
    {
        var ticket = await Alice.OpenAsync();
        await Ann.ReplyAsync(ticket.Id);
        var changed = (await Ann.PatchAsync($"/tickets/{ticket.Id}", new { dueAt = "2026-11-24T10:00:00.1234567+02:00" })).Is(200).Json;
        await Ann.PostAsync($"/tickets/{ticket.Id}/resolve");

        var read = (await Ann.GetAsync($"/tickets/{ticket.Id}")).Json;
        var history = (await Ann.GetAsync($"/tickets/{ticket.Id}/history")).Json;

        Assert.All([.. Shape.Times(changed), .. Shape.Times(read), .. Shape.Times(history)], time => Assert.Matches(UtcTime(), time));
        Assert.Equal("2026-11-24T08:00:00.123456Z", changed.GetProperty("dueAt").GetString());
        Assert.Equal(["resolved", "normal", "web"], new[] { "status", "priority", "channel" }.Select(name => read.GetProperty(name).GetString()));
        Assert.Equal(["requester", "agent"], read.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("author").GetProperty("kind").GetString()));
    }

    [Fact]
    public async Task Every_answer_is_JSON_that_nobody_stores_or_sniffs()
    {
        var ticket = await Alice.OpenAsync();

        foreach (var answer in new[] { ticket, await Alice.GetAsync("/me"), await Alice.GetAsync("/tickets/none"), await Alice.PatchAsync($"/tickets/{ticket.Id}", new { }) })
        {
            Assert.Contains("Cache-Control: no-store", answer.Head, StringComparison.Ordinal);
            Assert.Contains("X-Content-Type-Options: nosniff", answer.Head, StringComparison.Ordinal);
            Assert.Contains(answer.MediaType, new[] { "application/json", "application/problem+json" });
        }
    }

    [Fact]
    public async Task A_problem_has_a_code_and_nothing_that_differs_between_two_answers()
    {
        var validation = await Alice.PostAsync("/tickets", new { subject = "", body = "" });
        var missing = await Alice.GetAsync("/tickets/none");

        Assert.Equal(Names("{type title status detail code errors{subject[] body[]}}"), Names(Shape.Of(validation.Is(400, "validation").Json)));
        Assert.Equal(Names("{type title status detail code}"), Names(Shape.Of(missing.Is(404, "not_found").Json)));
        Assert.Equal(missing.Everything, (await Alice.GetAsync("/tickets/other")).Everything);
    }

    [Fact]
    public async Task A_refused_move_says_where_the_ticket_is_and_where_the_caller_could_move_it()
    {
        var ticket = await Alice.OpenAsync();
        (await Alice.PostAsync($"/tickets/{ticket.Id}/close")).Is(200);

        var refused = (await Alice.PostAsync($"/tickets/{ticket.Id}/close")).Is(409, "transition_not_allowed").Json;

        Assert.Equal("closed", refused.GetProperty("ticketStatus").GetString());
        Assert.Equal(["open"], refused.GetProperty("allowed").EnumerateArray().Select(status => status.GetString()));
        (await Ann.PostAsync($"/tickets/{ticket.Id}/messages", new { body = "Too late." })).Is(409, "transition_not_allowed");
    }

    /// <summary>All names, sorted: their order means nothing in JSON.</summary>
    private static string Names(string shape) => string.Join(' ', Name().Matches(shape).Select(match => match.Value).Order(StringComparer.Ordinal));

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$")]
    private static partial Regex UtcTime();

    [GeneratedRegex("[A-Za-z]+")]
    private static partial Regex Name();
}
