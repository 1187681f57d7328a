using HelpDesk.AspNetCore.Tests.Infrastructure;

namespace HelpDesk.AspNetCore.Tests.Contract;

/// <summary>The list with tickets that are known: on a host of its own.</summary>
public sealed class ListTests(SharedHost shared) : HelpDeskTest(shared)
{
    [Fact]
    public async Task Filters_sorts_and_search_find_what_they_say()
    {
        // Who is responsible is the test's own choice.
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup { Configuration = { ["HelpDesk:Assignment:Strategy"] = "None" } });
        var (alice, bob, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Bob), await host.AsAsync(Users.Ann));
        await OpenAsync(host, alice, "A", "low", "billing", "An apple a day");
        await OpenAsync(host, alice, "B", "urgent", null, "100% of_it");
        var c = await OpenAsync(host, bob, "C", "normal", "Billing", "ÄPFEL");
        var d = await OpenAsync(host, bob, "D", "urgent", "technical", "Nothing");
        (await ann.PatchAsync($"/tickets/{c}", new { assigneeId = "ben-id", dueAt = "2026-03-02T09:30:00Z" })).Is(200);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        (await ann.PatchAsync($"/tickets/{d}", new { dueAt = "2026-03-03T00:00:00Z" })).Is(200);
        (await ann.PatchAsync($"/tickets/{d}", new { status = "resolved" })).Is(200);
        await ann.NoteAsync(d, "A secret of agents");
        host.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal("BA", await SubjectsAsync(alice, ""));
        Assert.Equal("AB", await SubjectsAsync(alice, "?sort=createdAt"));
        Assert.Equal("DCBA", await SubjectsAsync(ann, ""));
        Assert.Equal("ABCD", await SubjectsAsync(ann, "?sort=updatedAt"));
        Assert.Equal("DCBA", await SubjectsAsync(ann, "?sort=-createdAt"));
        Assert.Equal("DBCA", await SubjectsAsync(ann, "?sort=-priority"));
        // By hand, in 2 hours, in 3 days; and nothing is due of what is resolved.
        Assert.Equal("CBAD", await SubjectsAsync(ann, "?sort=dueAt"));
        Assert.Equal("DABC", await SubjectsAsync(ann, "?sort=-dueAt"));
        Assert.Equal("D", await SubjectsAsync(ann, "?status=resolved"));
        Assert.Equal("DCBA", await SubjectsAsync(ann, "?status=resolved&status=open"));
        Assert.Equal("DB", await SubjectsAsync(ann, "?priority=urgent"));
        Assert.Equal("A", await SubjectsAsync(ann, "?category=billing"));
        Assert.Equal("D", await SubjectsAsync(ann, "?assignee=me"));
        Assert.Equal("C", await SubjectsAsync(ann, "?assignee=ben-id"));
        Assert.Equal("BA", await SubjectsAsync(ann, "?assignee=none"));
        Assert.Equal("DC", await SubjectsAsync(ann, "?requester=bob-id"));
        Assert.Equal("DC", await SubjectsAsync(ann, "?requester=bob@example.com"));
        Assert.Equal("C", await SubjectsAsync(ann, "?overdue=true"));
        Assert.Equal("DBA", await SubjectsAsync(ann, "?overdue=false"));
        Assert.Equal("A", await SubjectsAsync(ann, "?q=APPLE%20day"));
        Assert.Equal("C", await SubjectsAsync(ann, "?q=%C3%A4pfel"));
        Assert.Equal("B", await SubjectsAsync(ann, "?q=0%25"));
        Assert.Equal("B", await SubjectsAsync(ann, "?q=f_i"));
        Assert.Equal("", await SubjectsAsync(ann, "?q=f%25i"));
        Assert.Equal("D", await SubjectsAsync(ann, "?q=secret"));
        Assert.Equal("", await SubjectsAsync(bob, "?q=secret"));
        Assert.Equal("D", await SubjectsAsync(bob, "?q=tkt-2026-000004"));
        Assert.Equal("DCBA", await SubjectsAsync(ann, "?unknown=ignored&status=&q="));
    }

    [Theory]
    [InlineData("-updatedAt")]
    [InlineData("updatedAt")]
    [InlineData("createdAt")]
    [InlineData("-createdAt")]
    [InlineData("priority")]
    [InlineData("-priority")]
    public async Task Pages_show_every_ticket_once_and_end_with_null(string sort)
    {
        for (var i = 0; i < 5; i++)
            await Bob.OpenAsync();

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = (await Bob.GetAsync($"/tickets?limit=2&sort={sort}" + (cursor is null ? "" : $"&cursor={cursor}"))).Is(200).Json;
            Assert.InRange(page.GetProperty("data").GetArrayLength(), 1, 2);
            seen.AddRange(page.GetProperty("data").EnumerateArray().Select(ticket => ticket.GetProperty("number").GetString()!));
            cursor = page.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);

        var all = (await Bob.GetAsync("/tickets?limit=100")).Json.GetProperty("data").EnumerateArray().Select(ticket => ticket.GetProperty("number").GetString()!);
        Assert.Equal(all.Order(), seen.Order());
    }

    private static async Task<Guid> OpenAsync(TestHelpDesk host, Caller caller, string subject, string priority, string? category, string body)
    {
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        return (await caller.PostAsync("/tickets", new { subject, priority, category, body })).Is(201).Id;
    }

    private static async Task<string> SubjectsAsync(Caller caller, string query) =>
        string.Concat((await caller.GetAsync("/tickets" + query)).Is(200).Json.GetProperty("data").EnumerateArray().Select(ticket => ticket.GetProperty("subject").GetString()));
}
