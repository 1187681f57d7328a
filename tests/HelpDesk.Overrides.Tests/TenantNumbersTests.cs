using HelpDesk.Overrides.Company;
using HelpDesk.Overrides.Policies;
using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Overrides.Tests;

/// <summary>The numbers on a real database. Its counts go on from test to test, so that each has tenants of its own.</summary>
public sealed class TenantNumbersTests(SqliteDesk sqlite) : IClassFixture<SqliteDesk>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_tenant_has_a_count_of_its_own()
    {
        await using var desk = await StartAsync("north", "south");

        Assert.Equal("NORTH-2026-00001", (await desk.OpenAsync(Actors.Alice)).Number);
        Assert.Equal("SOUTH-2026-00001", (await desk.OpenAsync(Actors.Bob)).Number);
        Assert.Equal("NORTH-2026-00002", (await desk.OpenAsync(Actors.Alice)).Number);
    }

    [Fact]
    public async Task Tickets_of_two_tenants_at_once_have_numbers_without_repetition_or_gap()
    {
        const int each = 20;
        await using var desk = await StartAsync("east", "west");

        var opened = await Task.WhenAll(Enumerable.Range(0, 2 * each).Select(i => desk.OpenAsync(i % 2 == 0 ? Actors.Alice : Actors.Bob)));

        string[] expected = [.. Enumerable.Range(1, each).SelectMany(i => new[] { $"EAST-2026-{i:D5}", $"WEST-2026-{i:D5}" })];
        Assert.Equal(expected.Order(StringComparer.Ordinal), opened.Select(ticket => ticket.Number).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_count_starts_again_with_the_year()
    {
        await using var desk = await StartAsync("old", "other");
        desk.Clock.SetUtcNow(new DateTimeOffset(2026, 12, 31, 23, 59, 0, TimeSpan.Zero));
        var last = await desk.OpenAsync(Actors.Alice);
        desk.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("OLD-2026-00001", last.Number);
        Assert.Equal("OLD-2027-00001", (await desk.OpenAsync(Actors.Alice)).Number);
    }

    [Fact]
    public async Task Who_is_nobodys_customer_has_a_count_too()
    {
        await using var desk = await StartAsync("any", "other");
        var byMail = new OpenTicket { Actor = Actors.Ann, RequesterEmail = "somebody@example.net", Subject = "Hello", Body = "Is anybody there?" };

        var stranger = await desk.AskAsync(tickets => tickets.OpenAsync(byMail, Token));
        var own = await desk.OpenAsync(Actors.Ann);

        Assert.Equal(["DESK-2026-00001", "DESK-2026-00002"], [stranger.Ticket().Number, own.Number]);
    }

    /// <summary>A host whose Alice and Bob are of these customers.</summary>
    private Task<Desk> StartAsync(string customerOfAlice, string customerOfBob) => sqlite.StartAsync(new DeskSetup
    {
        HelpDesk = helpDesk =>
        {
            helpDesk.Services.AddSingleton(new AppUsers(
            [
                new AppUser { Id = Actors.Alice.Id, Name = "Alice", Customer = customerOfAlice },
                new AppUser { Id = Actors.Bob.Id, Name = "Bob", Customer = customerOfBob },
            ]));
            helpDesk.UseTicketNumberGenerator<TenantNumbers>();
        },
    });
}
