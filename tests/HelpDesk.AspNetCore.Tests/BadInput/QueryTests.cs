using HelpDesk.AspNetCore.Tests.Infrastructure;

namespace HelpDesk.AspNetCore.Tests.BadInput;

/// <summary>Query strings.</summary>
public sealed class QueryTests(SharedHost shared) : BadInputTest(shared)
{
    private static readonly string Long = new('x', 300);

    public static TheoryData<string, string> WrongForEverybody() => new()
    {
        { "limit", "limit=0" }, { "limit", "limit=101" }, { "limit", "limit=-1" }, { "limit", "limit=abc" }, { "limit", "limit=1.5" }, { "limit", "limit=99999999999" },
        { "limit", "limit=+5" }, { "limit", "limit=%D9%A1" }, { "limit", "limit=1&limit=2" }, { "limit", "limit=%205" },
        { "sort", "sort=number" }, { "sort", "sort=UpdatedAt" }, { "sort", "sort=-" }, { "sort", "sort=--createdAt" }, { "sort", "sort=createdAt,priority" }, { "sort", "sort=1" },
        { "sort", "sort=createdAt&sort=priority" }, { "sort", "sort=createdAt;DROP" },
        { "status", "status=done" }, { "status", "status=Open" }, { "status", "status=open,closed" }, { "status", "status=open&status=done" }, { "status", "status=0" },
        { "priority", "priority=highest" }, { "priority", "priority=40" },
        { "q", "q=a" }, { "q", "q=%20%20" }, { "q", "q=a%20b%20c%20d%20e%20f" }, { "q", "q=ab%00" }, { "q", "q=ab&q=cd" },
        { "category", "category=a&category=b" }, { "category", "category=%00" },
    };

    public static TheoryData<string, string> WrongForRequesters() => new()
    {
        { "requester", "requester=alice-id" }, { "requester", "requester=bob-id" }, { "assignee", "assignee=me" }, { "assignee", "assignee=none" }, { "assignee", "assignee=ann-id" },
        { "overdue", "overdue=true" }, { "overdue", "overdue=false" }, { "sort", "sort=dueAt" }, { "sort", "sort=-dueAt" },
    };

    public static TheoryData<string, string> WrongForAgents() => new()
    {
        { "assignee", "assignee=nobody" }, { "assignee", "assignee=Me" }, { "assignee", "assignee=a&assignee=b" }, { "assignee", "assignee=%00" },
        { "overdue", "overdue=yes" }, { "overdue", "overdue=True" }, { "overdue", "overdue=1" }, { "requester", "requester=%00" }, { "requester", "requester=a&requester=b" },
    };

    [Theory]
    [MemberData(nameof(WrongForEverybody))]
    public async Task A_query_is_refused(string field, string query)
    {
        await InvalidAsync(() => Alice.GetAsync($"/tickets?{query}"), field);
        await InvalidAsync(() => Ann.GetAsync($"/tickets?{query}"), field);
    }

    [Theory]
    [MemberData(nameof(WrongForRequesters))]
    public async Task A_query_for_agents_is_refused_to_requesters(string field, string query)
    {
        await InvalidAsync(() => Alice.GetAsync($"/tickets?{query}"), field);
        (await Ann.GetAsync($"/tickets?{query}")).Is(200);
    }

    [Theory]
    [MemberData(nameof(WrongForAgents))]
    public Task A_query_of_an_agent_is_refused(string field, string query) => InvalidAsync(() => Ann.GetAsync($"/tickets?{query}"), field);

    [Fact]
    public async Task The_bounds_of_a_search_are_kept()
    {
        await InvalidAsync(() => Alice.GetAsync($"/tickets?q={Long[..201]}"), "q");
        await InvalidAsync(() => Ann.GetAsync($"/tickets?assignee={Long}"), "assignee");
        await InvalidAsync(() => Ann.GetAsync($"/tickets?requester={Long}"), "requester");
        await InvalidAsync(() => Ann.GetAsync($"/tickets?category={Long}"), "category");
        (await Alice.GetAsync($"/tickets?q={Long[..200]}")).Is(200);
        (await Alice.GetAsync("/tickets?q=a%20b%20c%20d%20e&limit=100")).Is(200);
        (await Alice.GetAsync("/tickets?q=%27%22%25_%5C--&category=%27")).Is(200);
        (await Alice.GetAsync("/tickets?q=%ED%A0%80%FF&category=%ED%A0%80")).Is(200);
    }

    [Theory]
    [InlineData("-updatedAt")]
    [InlineData("updatedAt")]
    [InlineData("-createdAt")]
    [InlineData("createdAt")]
    [InlineData("-dueAt")]
    [InlineData("dueAt")]
    [InlineData("-priority")]
    [InlineData("priority")]
    public async Task Every_sort_is_taken(string sort) => (await Ann.GetAsync($"/tickets?limit=1&sort={sort}")).Is(200);

    [Theory]
    [InlineData("garbage")]
    [InlineData("%00")]
    [InlineData("AAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("-")]
    [InlineData("a%2Fb%3D%3D")]
    [InlineData("%D9%A1%D9%A1%D9%A1")]
    public async Task A_cursor_that_is_none_is_refused(string cursor)
    {
        await RefusedAsync(() => Alice.GetAsync($"/tickets?cursor={cursor}"), 400, "invalid_cursor");
        await RefusedAsync(() => Alice.GetAsync($"/tickets/{Ticket.Id}/messages?cursor={cursor}"), 400, "invalid_cursor");
        await RefusedAsync(() => Ann.GetAsync($"/tickets/{Ticket.Id}/history?cursor={cursor}"), 400, "invalid_cursor");
    }

    [Fact]
    public async Task A_cursor_belongs_to_its_sort_its_filters_and_its_reader()
    {
        await Alice.OpenAsync();
        var cursor = (await Alice.GetAsync("/tickets?limit=1&status=open")).Json.GetProperty("nextCursor").GetString()!;

        (await Alice.GetAsync($"/tickets?limit=2&status=open&sort=-updatedAt&cursor={cursor}")).Is(200);
        foreach (var other in new[] { "", "status=closed", "status=open&status=closed", "status=open&sort=createdAt", "status=open&sort=updatedAt", "status=open&priority=low", "status=open&q=burns", "status=open&category=x" })
            await RefusedAsync(() => Alice.GetAsync($"/tickets?{other}&cursor={cursor}"), 400, "invalid_cursor");
        await RefusedAsync(() => Ann.GetAsync($"/tickets?status=open&cursor={cursor}"), 400, "invalid_cursor");
        await RefusedAsync(() => Alice.GetAsync($"/tickets?status=open&cursor={cursor[..^1]}"), 400, "invalid_cursor");
        await RefusedAsync(() => Alice.GetAsync($"/tickets?status=open&cursor={cursor}{cursor}"), 400, "invalid_cursor");
        await RefusedAsync(() => Alice.GetAsync($"/tickets/{Ticket.Id}/messages?cursor={cursor}"), 400, "invalid_cursor");
        await RefusedAsync(() => Alice.GetAsync($"/tickets?status=open&cursor={new string('A', 5000)}"), 400, "invalid_cursor");
    }
}
