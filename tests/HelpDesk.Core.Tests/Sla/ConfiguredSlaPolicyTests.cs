using HelpDesk.Tickets;
using Microsoft.Extensions.Options;
using static HelpDesk.Sla.SlaSamples;

namespace HelpDesk.Sla;

/// <summary>The promises of the configuration.</summary>
public sealed class ConfiguredSlaPolicyTests
{
    [Theory]
    [InlineData(TicketPriority.Urgent, 2)]
    [InlineData(TicketPriority.High, 8)]
    [InlineData(TicketPriority.Normal, 24)]
    [InlineData(TicketPriority.Low, 72)]
    public async Task By_default_a_resolution_is_promised_around_the_clock_and_no_response(TicketPriority priority, int hours)
    {
        var terms = await TermsAsync(new HelpDeskOptions(), priority);

        Assert.Equal(new SlaTerms { Resolution = new SlaTerm { Duration = TimeSpan.FromHours(hours), Reason = $"priority {priority.ToString().ToLowerInvariant()}" } }, terms);
        Assert.Same(BusinessCalendar.Always, terms.Resolution!.Calendar);
        Assert.False(terms.PauseWhilePending);
    }

    [Fact]
    public async Task Each_target_has_its_own_time_for_each_priority_or_none()
    {
        var options = new HelpDeskOptions();
        options.Sla.FirstResponse.Urgent = TimeSpan.FromMinutes(15);
        options.Sla.NextResponse.High = TimeSpan.FromHours(1);
        options.Sla.Resolution.High = null;
        options.Sla.PauseWhilePending = true;

        var urgent = await TermsAsync(options, TicketPriority.Urgent);
        var high = await TermsAsync(options, TicketPriority.High);

        Assert.Equal((TimeSpan.FromMinutes(15), null, TimeSpan.FromHours(2)), (urgent.FirstResponse?.Duration, urgent.NextResponse?.Duration, urgent.Resolution?.Duration));
        Assert.Equal((null, TimeSpan.FromHours(1), (TimeSpan?)null), (high.FirstResponse?.Duration, high.NextResponse?.Duration, high.Resolution?.Duration));
        Assert.True(urgent.PauseWhilePending && high.PauseWhilePending);
    }

    [Fact]
    public async Task A_priority_may_have_its_own_calendar_else_the_targets_else_that_of_all()
    {
        var options = new HelpDeskOptions();
        foreach (var name in new[] { "general", "target", "priority" })
            options.Sla.Calendars[name] = Weekday();
        options.Sla.FirstResponse.Normal = options.Sla.FirstResponse.Urgent = options.Sla.NextResponse.Urgent = TimeSpan.FromHours(1);
        options.Sla.Calendar = "general";
        options.Sla.FirstResponse.Calendar = "target";
        options.Sla.FirstResponse.Calendars["Urgent"] = "priority";
        options.Sla.NextResponse.Calendars["Urgent"] = "always";

        var urgent = await TermsAsync(options, TicketPriority.Urgent);
        var normal = await TermsAsync(options, TicketPriority.Normal);

        Assert.Equal("priority", urgent.FirstResponse!.Calendar.Name);
        Assert.Equal("target", normal.FirstResponse!.Calendar.Name);
        Assert.Equal("general", normal.Resolution!.Calendar.Name);
        Assert.Same(BusinessCalendar.Always, urgent.NextResponse!.Calendar);
    }

    [Fact]
    public async Task Names_of_calendars_are_found_whatever_their_case()
    {
        var options = new HelpDeskOptions();
        options.Sla.Calendars["Office"] = Weekday();
        options.Sla.Calendar = "oFFice";
        options.Sla.Resolution.Calendars["Low"] = "ALWAYS";

        Assert.Equal("Office", (await TermsAsync(options, TicketPriority.Normal)).Resolution!.Calendar.Name);
        Assert.Same(BusinessCalendar.Always, (await TermsAsync(options, TicketPriority.Low)).Resolution!.Calendar);
    }

    [Fact]
    public async Task A_host_may_say_itself_what_always_means()
    {
        var options = new HelpDeskOptions();
        options.Sla.Calendars["always"] = Weekday();

        var terms = await TermsAsync(options, TicketPriority.Normal);

        Assert.Equal(TimeSpan.FromHours(8), terms.Resolution!.Calendar.Between(At("2026-03-02 00:00"), At("2026-03-09 00:00")));
    }

    [Fact]
    public async Task Calendars_are_made_once_for_all_tickets()
    {
        var options = new HelpDeskOptions();
        options.Sla.Calendars["office"] = Weekday();
        options.Sla.Calendar = "office";
        var policy = new ConfiguredSlaPolicy(Options.Create(options));

        var first = await policy.GetTermsAsync(Context(TicketPriority.Urgent), CancellationToken.None);
        var second = await policy.GetTermsAsync(Context(TicketPriority.Urgent), CancellationToken.None);
        var other = await policy.GetTermsAsync(Context(TicketPriority.Low), CancellationToken.None);

        Assert.Same(first, second);
        Assert.Same(first.Resolution!.Calendar, other.Resolution!.Calendar);
    }

    private static Task<SlaTerms> TermsAsync(HelpDeskOptions options, TicketPriority priority) =>
        new ConfiguredSlaPolicy(Options.Create(options)).GetTermsAsync(Context(priority), CancellationToken.None);

    private static SlaContext Context(TicketPriority priority) => new()
    {
        Ticket = TicketSummary.Of(new Ticket("alice", "Subject", priority, category: null, TicketChannel.Web, linkedTicketId: null, At("2026-03-02 09:00"))),
    };

    private static SlaCalendarOptions Weekday()
    {
        var options = new SlaCalendarOptions();
        options.Hours["Monday"] = "09:00-17:00";
        return options;
    }
}
