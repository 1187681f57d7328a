using HelpDesk.Tickets;

namespace HelpDesk.Sla;

/// <summary>Wrong settings stop the host when it starts, each with its key and what to do about it.</summary>
public sealed class SlaOptionsTests
{
    public static TheoryData<string, string, Action<SlaOptions>> WrongSettings() => new()
    {
        { "HelpDesk:Sla:Resolution:Urgent ", "leave it out for no promise", sla => sla.Resolution.Urgent = TimeSpan.Zero },
        { "HelpDesk:Sla:Resolution:High ", "more than zero", sla => sla.Resolution.High = TimeSpan.FromTicks(-1) },
        // "24:00:00" means 24 days; whoever writes "9999:00:00" gets more than he wanted.
        { "HelpDesk:Sla:Resolution:Normal ", "A day is 1.00:00:00", sla => sla.Resolution.Normal = TimeSpan.FromDays(9999) },
        { "HelpDesk:Sla:FirstResponse:Low ", "at most 3650 days", sla => sla.FirstResponse.Low = SlaTerm.Longest + TimeSpan.FromTicks(1) },
        { "HelpDesk:Sla:NextResponse:Normal ", "more than zero", sla => sla.NextResponse.Normal = TimeSpan.Zero },
        { "HelpDesk:Sla:Calendar ", "names 'offcie', which is no calendar of HelpDesk:Sla:Calendars", sla => sla.Calendar = "offcie" },
        { "HelpDesk:Sla:Calendar ", "names '', which is no calendar of HelpDesk:Sla:Calendars", sla => sla.Calendar = "" },
        { "HelpDesk:Sla:Resolution:Calendar", "names 'offcie', which is no calendar of HelpDesk:Sla:Calendars", sla => sla.Resolution.Calendar = "offcie" },
        { "HelpDesk:Sla:FirstResponse:Calendar", "names 'offcie', which is no calendar of HelpDesk:Sla:Calendars", sla => sla.FirstResponse.Calendars["Low"] = "offcie" },
        { "HelpDesk:Sla:NextResponse:Calendar", "names 'offcie', which is no calendar of HelpDesk:Sla:Calendars", sla => sla.NextResponse.Calendars["Urgent"] = "offcie" },
        { "HelpDesk:Sla:WarnBefore ", "must be 0 (no warning) to 3650 days", sla => sla.WarnBefore = TimeSpan.FromTicks(-1) },
        { "HelpDesk:Sla:WarnBefore ", "must be 0 (no warning) to 3650 days", sla => sla.WarnBefore = TimeSpan.FromDays(3651) },
        { "HelpDesk:Sla:DueSoon ", "must be 0 to 3650 days", sla => sla.DueSoon = TimeSpan.FromTicks(-1) },
        { "HelpDesk:Sla:DueSoon ", "must be 0 to 3650 days", sla => sla.DueSoon = TimeSpan.FromDays(3651) },
        { "HelpDesk:Sla:Calendars:office:", "It is empty. Set its Hours", sla => sla.Calendars["office"] = null! },
        { "HelpDesk:Sla:Calendars: :", "1 to 100 characters", sla => sla.Calendars[" "] = sla.Calendars["office"] },
        {
            "HelpDesk:Sla:FirstResponse:Urgent ", "within ten years of the calendar 'rare', which is open for 0.02 hours a week", sla =>
            {
                sla.Calendars["rare"] = new SlaCalendarOptions { Hours = { ["Monday"] = "09:00-09:01" } };
                sla.FirstResponse.Calendar = "rare";
                sla.FirstResponse.Urgent = TimeSpan.FromDays(365);
            }
        },
        { "HelpDesk:Sla:Calendars:office:Hours ", "Set for instance Hours:Monday to 09:00-17:00", sla => sla.Calendars["office"].Hours.Clear() },
        { "HelpDesk:Sla:Calendars:office:Hours:Friday ", "'9 to 5'. Use times such as 09:00-12:00", sla => sla.Calendars["office"].Hours["Friday"] = "9 to 5" },
        { "HelpDesk:Sla:Calendars:office:TimeZone ", "Use an IANA name such as Europe/Berlin", sla => sla.Calendars["office"].TimeZone = "Mars/Olympus" },
        { "HelpDesk:Sla:Calendars:office:TimeZone ", "Use an IANA name such as Europe/Berlin", sla => sla.Calendars["office"].TimeZone = null! },
    };

    [Theory]
    [MemberData(nameof(WrongSettings))]
    public void Each_wrong_setting_is_named_with_its_remedy(string key, string remedy, Action<SlaOptions> configure)
    {
        var error = Assert.Single(Errors(configure));

        Assert.StartsWith(key, error, StringComparison.Ordinal);
        Assert.Contains(remedy, error, StringComparison.Ordinal);
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once() => Assert.Equal(3, Errors(sla =>
    {
        sla.Resolution.Urgent = TimeSpan.Zero;
        sla.Calendar = "nowhere";
        sla.WarnBefore = -TimeSpan.FromHours(1);
    }).Count);

    [Fact]
    public void The_defaults_are_valid() => Assert.Empty(Errors(_ => { }));

    [Fact]
    public void Good_settings_at_their_bounds_are_valid() => Assert.Empty(Errors(sla =>
    {
        sla.Resolution.Urgent = TimeSpan.FromTicks(1);
        sla.Resolution.Low = SlaTerm.Longest;
        sla.Resolution.Normal = null;
        sla.WarnBefore = SlaTerm.Longest;
        sla.DueSoon = TimeSpan.Zero;
        // Names of calendars are found whatever their case, and "always" need not be defined.
        sla.Calendar = "OFFICE";
        sla.Resolution.Calendar = "Always";
        sla.FirstResponse.Calendars["Urgent"] = "always";
    }));

    private static IReadOnlyList<string> Errors(Action<SlaOptions> configure)
    {
        var options = new HelpDeskOptions();
        var office = new SlaCalendarOptions { TimeZone = "Europe/Berlin" };
        office.Hours["Monday"] = "09:00-12:00, 13:00-17:00";
        options.Sla.Calendars["office"] = office;
        configure(options.Sla);
        return [.. new HelpDeskOptionsValidator().Validate(name: null, options).Failures ?? []];
    }
}
