using HelpDesk.Overrides.Company;
using HelpDesk.Overrides.Policies;
using HelpDesk.Sla;

namespace HelpDesk.Overrides.Tests;

public sealed class ContractSlaTests
{
    [Fact]
    public async Task Gold_is_answered_within_half_an_hour_and_solved_within_four_around_the_clock()
    {
        var saturdayNight = new DateTimeOffset(2026, 3, 7, 23, 45, 0, TimeSpan.Zero);

        var due = await DueAsync("alice", saturdayNight);

        Assert.Equal(saturdayNight.AddMinutes(30), due[TargetKind.FirstResponse]);
        Assert.Equal(saturdayNight.AddHours(4), due[TargetKind.Resolution]);
    }

    [Fact]
    public async Task Silver_counts_the_office_hours_of_the_customers_own_zone()
    {
        // Friday, 16:00 in Berlin: one hour until the office closes.
        var due = await DueAsync("bruno", new DateTimeOffset(2026, 3, 6, 15, 0, 0, TimeSpan.Zero));

        Assert.Equal(new DateTimeOffset(2026, 3, 9, 12, 0, 0, TimeSpan.FromHours(1)), due[TargetKind.FirstResponse]);
        Assert.Equal(new DateTimeOffset(2026, 3, 10, 16, 0, 0, TimeSpan.FromHours(1)), due[TargetKind.Resolution]);
    }

    [Fact]
    public async Task Silver_goes_by_the_wall_clock_when_summer_time_begins()
    {
        // Friday, 15:00 in Berlin, an hour behind; two days later it is two.
        var due = await DueAsync("bruno", new DateTimeOffset(2026, 3, 27, 14, 0, 0, TimeSpan.Zero));

        Assert.Equal(new DateTimeOffset(2026, 3, 30, 11, 0, 0, TimeSpan.FromHours(2)), due[TargetKind.FirstResponse]);
    }

    [Theory]
    [InlineData("aino")] // A customer without a contract.
    [InlineData("pierre")] // Of a customer who is no longer in the table.
    [InlineData("ann")] // One of our own.
    [InlineData("nobody")]
    [InlineData(null)] // Known by mail only.
    public async Task Without_a_contract_nothing_is_promised(string? requester)
    {
        Assert.Same(SlaTerms.None, await TermsAsync(requester));
    }

    [Fact]
    public async Task Calendars_are_made_once_for_a_zone_and_not_for_each_ticket()
    {
        var bruno = await TermsAsync("bruno");
        var greta = await TermsAsync("greta"); // Of another customer, in the same zone.

        Assert.Same(bruno, greta);
        Assert.Equal("office hours in Europe/Berlin", bruno.FirstResponse!.Calendar.Name);
    }

    private static Task<SlaTerms> TermsAsync(string? requester) =>
        new ContractSla(Known.Users, new CustomersInMemory()).GetTermsAsync(new SlaContext { Ticket = Known.Ticket(requester) }, TestContext.Current.CancellationToken);

    /// <summary>When what is promised to somebody who opens a ticket is due.</summary>
    private static async Task<Dictionary<TargetKind, DateTimeOffset?>> DueAsync(string requester, DateTimeOffset openedAt)
    {
        var history = new SlaHistory { OpenedAt = openedAt, Terms = await TermsAsync(requester) };
        return SlaClock.Evaluate(history, openedAt).ToDictionary(target => target.Kind, target => target.DueAt);
    }

    private sealed class CustomersInMemory : ICustomers
    {
        private static readonly Customer[] All =
        [
            new() { Id = "acme", Contract = Contract.Gold, TimeZone = "America/New_York" },
            new() { Id = "globex", Contract = Contract.Silver, TimeZone = "Europe/Berlin" },
            new() { Id = "initrode", Contract = Contract.Silver, TimeZone = "Europe/Berlin" },
            new() { Id = "initech", Contract = Contract.None, TimeZone = "Asia/Tokyo" },
        ];

        public Task<Customer?> FindAsync(string? id, CancellationToken cancellationToken) => Task.FromResult(Array.Find(All, customer => customer.Id == id));
    }
}
