using HelpDesk.AspNetCore.Tests.Infrastructure;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.AspNetCore.Tests.Writers;

public sealed class TwoWriterTests(SharedHost shared) : HelpDeskTest(shared)
{
    [Fact]
    public async Task Of_two_changes_with_one_version_one_wins_and_the_other_learns_the_version_of_now()
    {
        var ticket = await Alice.OpenAsync();
        var version = (await Ann.GetAsync($"/tickets/{ticket.Id}")).ETag!;
        var ben = await Host.AsAsync(Users.Ben);

        var answers = await Task.WhenAll(
            Ann.PatchAsync($"/tickets/{ticket.Id}", new { priority = "high" }, ("If-Match", version)),
            ben.PatchAsync($"/tickets/{ticket.Id}", new { priority = "low" }, ("If-Match", version)));

        var winner = answers.Single(answer => answer.Status == 200);
        var loser = answers.Single(answer => answer.Status != 200).Is(412, "version_mismatch");
        Assert.Equal(winner.ETag, $"\"{loser.Json.GetProperty("current").GetString()}\"");
        Assert.Equal(winner.Json.GetProperty("priority").GetString(), (await Ann.GetAsync($"/tickets/{ticket.Id}")).Json.GetProperty("priority").GetString());
    }

    [Fact]
    public async Task Twenty_replies_at_once_are_twenty_messages()
    {
        var ticket = await Alice.OpenAsync();

        var answers = await AtOnceAsync(number => Alice.PostAsync($"/tickets/{ticket.Id}/messages", new { body = $"Reply {number}" }));

        Assert.All(answers, answer => answer.Is(201));
        var texts = (await Alice.GetAsync($"/tickets/{ticket.Id}")).Json.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("body").GetString());
        Assert.Equal(Enumerable.Range(0, 20).Select(number => $"Reply {number}").Append("Since this morning.").Order(), texts.Order());
    }

    [Fact]
    public async Task One_key_sent_twenty_times_at_once_opens_one_ticket()
    {
        var key = Guid.NewGuid().ToString();
        var before = await CountAsync();

        var answers = await AtOnceAsync(_ => OpenAsync(key, "Once"));

        var first = answers[0].Is(201);
        Assert.All(answers, answer => Assert.Equal((201, first.Location, first.Id), (answer.Is(201).Status, answer.Location, answer.Id)));
        Assert.Equal(before + 1, await CountAsync());
        (await OpenAsync(key, "Another")).Is(422, "idempotency_key_reused");
        Assert.Equal(before + 1, await CountAsync());
    }

    [Fact]
    public async Task One_key_sent_twenty_times_at_once_writes_one_reply()
    {
        var ticket = await Alice.OpenAsync();
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());

        var answers = await AtOnceAsync(_ => Alice.PostAsync($"/tickets/{ticket.Id}/messages", new { body = "Once." }, key));

        var first = answers[0].Is(201);
        Assert.All(answers, answer => Assert.Equal((201, first.Location, first.Id), (answer.Is(201).Status, answer.Location, answer.Id)));
        Assert.Equal(2, (await Alice.GetAsync($"/tickets/{ticket.Id}")).Json.GetProperty("messages").GetArrayLength());
        (await Alice.PostAsync($"/tickets/{ticket.Id}/messages", new { body = "Another." }, key)).Is(422, "idempotency_key_reused");
        (await Alice.PostAsync($"/tickets/{(await Alice.OpenAsync()).Id}/messages", new { body = "Once." }, key)).Is(422, "idempotency_key_reused");
        // The other route has keys of its own, and so has everybody else.
        (await Alice.PostAsync("/tickets", new { subject = "Other", body = "Route" }, key)).Is(201);
        (await Ann.PostAsync($"/tickets/{ticket.Id}/messages", new { body = "Another." }, key)).Is(201);
    }

    [Fact]
    public async Task A_repeated_reply_that_opened_a_ticket_answers_the_same_ticket()
    {
        var ticket = await Alice.OpenAsync();
        (await Alice.PostAsync($"/tickets/{ticket.Id}/close")).Is(200);
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());

        var first = await Alice.PostAsync($"/tickets/{ticket.Id}/messages", new { body = "Again." }, key);
        var second = await Alice.PostAsync($"/tickets/{ticket.Id}/messages", new { body = "Again." }, key);

        Assert.NotEqual(ticket.Location, first.Is(201).Location);
        Assert.Equal(first.Everything, second.Everything);
    }

    [Fact]
    public async Task A_refused_command_is_not_remembered()
    {
        var key = Guid.NewGuid().ToString();
        (await OpenAsync(key, "")).Is(400, "validation");
        (await OpenAsync(key, "Good")).Is(201);

        var ticket = await Alice.OpenAsync();
        var header = ("Idempotency-Key", Guid.NewGuid().ToString());
        (await Alice.PostAsync($"/tickets/{ticket.Id}/messages", new { body = "Text" }, header, ("If-Match", $"\"{Guid.NewGuid()}\""))).Is(412);
        (await Alice.PostAsync($"/tickets/{ticket.Id}/messages", new { body = "Other" }, header)).Is(201);
    }

    [Fact]
    public async Task A_repeated_reply_is_answered_though_its_version_has_passed()
    {
        var ticket = await Alice.OpenAsync();
        (string, string)[] headers = [("Idempotency-Key", Guid.NewGuid().ToString()), ("If-Match", ticket.ETag!)];

        var first = await Alice.PostAsync($"/tickets/{ticket.Id}/messages", new { body = "Text" }, headers);
        var second = await Alice.PostAsync($"/tickets/{ticket.Id}/messages", new { body = "Text" }, headers);

        Assert.Equal(first.Is(201).Everything, second.Everything);
    }

    [Fact]
    public async Task A_key_is_kept_for_a_day()
    {
        await using var host = await TestHelpDesk.StartAsync();
        var alice = await host.AsAsync(Users.Alice);
        var body = new { subject = "Daily", body = "Text" };

        var first = await alice.PostAsync("/tickets", body, ("Idempotency-Key", "daily"));
        host.Clock.Advance(TimeSpan.FromHours(23));
        var second = await alice.PostAsync("/tickets", body, ("Idempotency-Key", "daily"));
        host.Clock.Advance(TimeSpan.FromHours(2));
        var third = await alice.PostAsync("/tickets", body, ("Idempotency-Key", "daily"));

        Assert.Equal(first.Id, second.Id);
        Assert.NotEqual(first.Id, third.Is(201).Id);
    }

    private Task<Answer> OpenAsync(string key, string subject) => Alice.PostAsync("/tickets", new { subject, body = "Text" }, ("Idempotency-Key", key));

    private Task<int> CountAsync() => Host.ReadAsync(db => db.Set<Ticket>().CountAsync(Token));

    private static Task<Answer[]> AtOnceAsync(Func<int, Task<Answer>> send) =>
        Task.WhenAll(Enumerable.Range(0, 20).Select(number => Task.Run(() => send(number), Token)));
}
