using static HelpDesk.Sla.SlaSamples;

namespace HelpDesk.Sla;

/// <summary>The rules of a calendar by example. What must hold for all calendars is in <see cref="BusinessCalendarPropertyTests"/>.</summary>
public sealed class BusinessCalendarTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData("2026-03-06 16:00", 1, "2026-03-06 17:00")]
    [InlineData("2026-03-06 16:00", 2, "2026-03-09 10:00")] // A weekend between.
    [InlineData("2026-03-06 20:00", 1, "2026-03-09 10:00")]
    [InlineData("2026-03-07 12:00", 8, "2026-03-09 17:00")]
    [InlineData("2026-03-02 09:00", 40, "2026-03-06 17:00")]
    [InlineData("2026-03-02 09:00", 400, "2026-05-08 17:00")]
    public void Time_passes_only_within_the_hours(string from, int hours, string to)
    {
        Assert.Equal(At(to), Office.Add(At(from), hours * Hour));
        Assert.Equal(hours * Hour, Office.Between(At(from), At(to)));
    }

    [Fact]
    public void Hours_begin_with_their_first_moment_and_end_just_before_their_last()
    {
        // What is used up at closing time is due at closing time, and not with the next opening.
        Assert.Equal(At("2026-03-02 17:00"), Office.Add(At("2026-03-02 09:00"), 8 * Hour));
        Assert.Equal(At("2026-03-03 09:00").AddTicks(1), Office.Add(At("2026-03-02 09:00"), (8 * Hour) + TimeSpan.FromTicks(1)));
        // Closing time itself is closed.
        Assert.Equal(TimeSpan.Zero, Office.Between(At("2026-03-02 17:00"), At("2026-03-03 09:00")));
        Assert.Equal(At("2026-03-03 10:00"), Office.Add(At("2026-03-02 17:00"), Hour));
        Assert.Equal(TimeSpan.FromTicks(2), Office.Between(At("2026-03-02 17:00").AddTicks(-1), At("2026-03-03 09:00").AddTicks(1)));
    }

    [Fact]
    public void A_shift_may_be_split()
    {
        var calendar = Daily("UTC", "09:00-12:00", "13:00-17:00");

        Assert.Equal(At("2026-03-02 14:00"), calendar.Add(At("2026-03-02 11:00"), 2 * Hour));
        Assert.Equal(TimeSpan.Zero, calendar.Between(At("2026-03-02 12:00"), At("2026-03-02 13:00")));
        Assert.Equal(At("2026-03-02 12:00"), calendar.Add(At("2026-03-02 09:00"), 3 * Hour));
    }

    [Fact]
    public void A_night_shift_belongs_to_the_day_on_which_it_begins()
    {
        var friday = Calendar("UTC", Hours(DayOfWeek.Friday, "22:00-06:00"));

        Assert.Equal(8 * Hour, friday.Between(At("2026-03-02 00:00"), At("2026-03-09 00:00")));
        Assert.Equal(8 * Hour, friday.Between(At("2026-03-06 22:00"), At("2026-03-07 06:00")));
        Assert.Equal(At("2026-03-07 01:00"), friday.Add(At("2026-03-06 12:00"), 3 * Hour));
    }

    [Fact]
    public void A_saturday_night_reaches_into_sunday() =>
        Assert.Equal(6 * Hour, Calendar("UTC", Hours(DayOfWeek.Saturday, "22:00-06:00")).Between(At("2026-03-08 00:00"), At("2026-03-09 00:00")));

    [Theory]
    [InlineData("00:00-00:00", 24)]
    [InlineData("09:00-09:00", 24)] // Until the same time of the next day.
    [InlineData("09:00-00:00", 15)]
    public void Ends_at_or_before_the_start_are_of_the_next_day(string hours, int count) =>
        Assert.Equal(count * Hour, Calendar("UTC", Hours(DayOfWeek.Tuesday, hours)).Between(At("2026-03-02 00:00"), At("2026-03-09 00:00")));

    [Fact]
    public void Overlapping_hours_count_once()
    {
        var calendar = Calendar(
            "UTC",
            Hours(DayOfWeek.Monday, "10:00-14:00"),
            Hours(DayOfWeek.Monday, "08:00-12:00"),
            Hours(DayOfWeek.Monday, "10:00-14:00"),
            Hours(DayOfWeek.Monday, "14:00-15:00"),
            Hours(DayOfWeek.Monday, "09:00-10:00"),
            Hours(DayOfWeek.Sunday, "22:00-09:00"));

        Assert.Equal(15 * Hour, calendar.Between(At("2026-03-02 00:00"), At("2026-03-03 00:00")));
        Assert.Equal((At("2026-03-01 22:00"), At("2026-03-02 15:00")), Assert.Single(calendar.OpenBetween(At("2026-03-01 00:00"), At("2026-03-03 00:00"))));
    }

    [Fact]
    public void A_holiday_closes_its_date_and_nothing_else()
    {
        var hours = Workdays.Select(day => Hours(day, "09:00-17:00"));
        var calendar = new BusinessCalendar("test", TimeZoneInfo.Utc, hours, [new DateOnly(2026, 12, 25), new DateOnly(2026, 12, 26)]);

        Assert.Equal(At("2026-12-28 10:00"), calendar.Add(At("2026-12-24 16:00"), 2 * Hour));
    }

    [Fact]
    public void Of_a_night_shift_a_holiday_takes_the_part_on_its_own_date()
    {
        var nights = Enum.GetValues<DayOfWeek>().Select(day => Hours(day, "22:00-06:00"));
        var calendar = new BusinessCalendar("test", TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), nights, [new DateOnly(2026, 12, 25)]);

        Assert.Equal(
            [
                (At("2026-12-24 00:00 +01:00"), At("2026-12-24 06:00 +01:00")),
                (At("2026-12-24 22:00 +01:00"), At("2026-12-25 00:00 +01:00")),
                // The night that began on the holiday goes on after it.
                (At("2026-12-26 00:00 +01:00"), At("2026-12-26 06:00 +01:00")),
                (At("2026-12-26 22:00 +01:00"), At("2026-12-27 00:00 +01:00")),
            ],
            calendar.OpenBetween(At("2026-12-24 00:00 +01:00"), At("2026-12-27 00:00 +01:00")));
    }

    [Fact]
    public void A_holiday_is_a_date_of_the_calendars_zone()
    {
        var calendar = new BusinessCalendar(
            "test", TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata"), Enum.GetValues<DayOfWeek>().Select(day => Hours(day, "00:00-00:00")), [new DateOnly(2026, 1, 26)]);

        Assert.Equal(24 * Hour, calendar.Between(At("2026-01-25 00:00"), At("2026-01-27 00:00")));
        Assert.Equal(At("2026-01-26 18:30").AddTicks(1), calendar.Add(At("2026-01-25 18:30"), TimeSpan.FromTicks(1)));
    }

    [Fact]
    public void An_hour_that_is_skipped_does_not_exist()
    {
        // On 2026-03-29 Berlin's clocks go from 02:00 to 03:00.
        var wholeDay = Daily("Europe/Berlin", "00:00-00:00");
        Assert.Equal(23 * Hour, wholeDay.Between(At("2026-03-29 00:00 +01:00"), At("2026-03-30 00:00 +02:00")));
        Assert.Equal(At("2026-03-29 04:00 +02:00"), wholeDay.Add(At("2026-03-29 01:00 +01:00"), 2 * Hour));

        // Hours across the gap are an hour shorter that day.
        var across = Daily("Europe/Berlin", "01:00-04:00");
        Assert.Equal(2 * Hour, across.Between(At("2026-03-29 00:00 +01:00"), At("2026-03-30 00:00 +02:00")));

        // Hours within it do not take place, and what would be due then is due the day after.
        var within = Daily("Europe/Berlin", "02:15-02:45");
        Assert.Equal(TimeSpan.Zero, within.Between(At("2026-03-29 00:00 +01:00"), At("2026-03-30 00:00 +02:00")));
        Assert.Equal(At("2026-03-30 02:30 +02:00"), within.Add(At("2026-03-28 12:00 +01:00"), 15 * Minute));

        // Hours that begin in it begin when it is over.
        Assert.Equal(At("2026-03-29 03:30 +02:00"), Daily("Europe/Berlin", "02:30-06:00").Add(At("2026-03-29 01:00 +01:00"), 30 * Minute));
    }

    [Fact]
    public void An_hour_that_comes_twice_counts_twice()
    {
        // On 2026-10-25 Berlin's clocks go from 03:00 back to 02:00.
        var wholeDay = Daily("Europe/Berlin", "00:00-00:00");
        Assert.Equal(25 * Hour, wholeDay.Between(At("2026-10-25 00:00 +02:00"), At("2026-10-26 00:00 +01:00")));

        var within = Daily("Europe/Berlin", "02:30-03:00");
        Assert.Equal(1 * Hour, within.Between(At("2026-10-25 00:00 +02:00"), At("2026-10-26 00:00 +01:00")));
        Assert.Equal(
            [
                (At("2026-10-25 02:30 +02:00"), At("2026-10-25 03:00 +02:00")),
                (At("2026-10-25 02:30 +01:00"), At("2026-10-25 03:00 +01:00")),
            ],
            within.OpenBetween(At("2026-10-25 00:00 +02:00"), At("2026-10-26 00:00 +01:00")));
        Assert.Equal(At("2026-10-25 02:45 +01:00"), within.Add(At("2026-10-25 02:00 +02:00"), 45 * Minute));
    }

    [Fact]
    public void Night_shifts_are_seven_or_nine_hours_long_when_the_clocks_change()
    {
        var nights = Daily("America/New_York", "22:00-06:00");

        Assert.Equal(7 * Hour, nights.Between(At("2026-03-07 12:00 -05:00"), At("2026-03-08 12:00 -04:00")));
        Assert.Equal(9 * Hour, nights.Between(At("2026-10-31 12:00 -04:00"), At("2026-11-01 12:00 -05:00")));
        Assert.Equal(8 * Hour, nights.Between(At("2026-11-01 12:00 -05:00"), At("2026-11-02 12:00 -05:00")));
    }

    [Fact]
    public void Lord_howe_changes_its_clocks_by_half_an_hour()
    {
        var wholeDay = Daily("Australia/Lord_Howe", "00:00-00:00");
        Assert.Equal(24.5 * Hour, wholeDay.Between(At("2026-04-05 00:00 +11:00"), At("2026-04-06 00:00 +10:30")));
        Assert.Equal(23.5 * Hour, wholeDay.Between(At("2026-10-04 00:00 +10:30"), At("2026-10-05 00:00 +11:00")));

        // In April 01:30 to 02:00 comes twice, in October 02:00 to 02:30 does not come.
        Assert.Equal(60 * Minute, Daily("Australia/Lord_Howe", "01:30-02:00").Between(At("2026-04-05 00:00 +11:00"), At("2026-04-06 00:00 +10:30")));
        Assert.Equal(30 * Minute, Daily("Australia/Lord_Howe", "02:00-03:00").Between(At("2026-10-04 00:00 +10:30"), At("2026-10-05 00:00 +11:00")));
    }

    [Fact]
    public void Samoa_had_no_30th_of_december_2011()
    {
        // It went from UTC-10 to UTC+14 at the end of Thursday the 29th.
        var fridays = Calendar("Pacific/Apia", Hours(DayOfWeek.Friday, "09:00-17:00"));
        Assert.Equal(TimeSpan.Zero, fridays.Between(At("2011-12-24 00:00 -10:00"), At("2012-01-06 00:00 +14:00")));
        Assert.Equal(At("2012-01-06 10:00 +14:00"), fridays.Add(At("2011-12-24 00:00 -10:00"), Hour));

        var office = Calendar("Pacific/Apia", [.. Workdays.Select(day => Hours(day, "09:00-17:00"))]);
        Assert.Equal(At("2012-01-02 10:00 +14:00"), office.Add(At("2011-12-29 16:00 -10:00"), 2 * Hour));

        // Of Thursday's night shift the part after midnight fell away; Saturday has the end of a Friday's that never began.
        var nights = Daily("Pacific/Apia", "22:00-06:00");
        Assert.Equal(
            [(At("2011-12-29 22:00 -10:00"), At("2011-12-31 06:00 +14:00"))],
            nights.OpenBetween(At("2011-12-29 12:00 -10:00"), At("2011-12-31 12:00 +14:00")));
    }

    [Fact]
    public void Where_midnight_does_not_exist_the_day_begins_later()
    {
        // On 2018-11-04 Sao Paulo went from midnight to 01:00.
        var sundays = Calendar("America/Sao_Paulo", Hours(DayOfWeek.Sunday, "00:00-00:00"));

        Assert.Equal((At("2018-11-04 01:00 -02:00"), At("2018-11-05 00:00 -02:00")), Assert.Single(sundays.OpenBetween(At("2018-11-02 00:00 -03:00"), At("2018-11-06 00:00 -02:00"))));
    }

    [Fact]
    public void A_date_that_comes_back_for_an_hour_is_that_date_again()
    {
        // On 2010-11-07 at 00:01 Newfoundland went back to 23:01 of the 6th.
        var hours = Enum.GetValues<DayOfWeek>().Select(day => Hours(day, "00:00-00:00")).ToList();
        var zone = TimeZoneInfo.FindSystemTimeZoneById("America/St_Johns");

        Assert.Equal(
            [(At("2010-11-07 00:00 -02:30"), At("2010-11-07 00:01 -02:30")), (At("2010-11-07 00:00 -03:30"), At("2010-11-08 00:00 -03:30"))],
            new BusinessCalendar("test", zone, hours, [new DateOnly(2010, 11, 6)]).OpenBetween(At("2010-11-06 00:00 -02:30"), At("2010-11-08 00:00 -03:30")));
        Assert.Equal(
            [(At("2010-11-06 00:00 -02:30"), At("2010-11-07 00:00 -02:30")), (At("2010-11-06 23:01 -03:30"), At("2010-11-07 00:00 -03:30"))],
            new BusinessCalendar("test", zone, hours, [new DateOnly(2010, 11, 7)]).OpenBetween(At("2010-11-06 00:00 -02:30"), At("2010-11-08 00:00 -03:30")));
    }

    [Fact]
    public void The_turn_of_the_year_is_no_border()
    {
        var calendar = Daily("Pacific/Auckland", "00:00-00:00");

        Assert.Equal(48 * Hour, calendar.Between(At("2026-12-31 00:00"), At("2027-01-02 00:00")));
        Assert.Single(calendar.OpenBetween(At("2026-12-30 00:00"), At("2027-01-03 00:00")));
    }

    [Fact]
    public void The_zones_offset_counts_and_not_that_of_the_times()
    {
        var calendar = Calendar("Asia/Kathmandu", Hours(DayOfWeek.Monday, "09:00-10:00"));

        Assert.Equal(At("2026-03-02 03:45"), calendar.Add(At("2026-03-01 20:00 -07:00"), Hour / 2));
        Assert.Equal(TimeSpan.Zero, calendar.Add(At("2026-03-01 20:00 -07:00"), Hour / 2).Offset);
        Assert.Equal(TimeSpan.Zero, calendar.Add(At("2026-03-01 20:00 -07:00"), TimeSpan.Zero).Offset);
    }

    [Fact]
    public void No_time_at_all_is_over_at_once_even_when_closed()
    {
        Assert.Equal(At("2026-03-07 12:00"), Office.Add(At("2026-03-07 12:00"), TimeSpan.Zero));
        Assert.Equal(TimeSpan.Zero, Office.Between(At("2026-03-03 12:00"), At("2026-03-02 12:00")));
    }

    [Fact]
    public void Around_the_clock_is_plain_time()
    {
        var from = At("2026-10-24 13:14:15.1617").AddTicks(1);

        Assert.Equal(from.AddDays(3), BusinessCalendar.Always.Add(from, TimeSpan.FromDays(3)));
        Assert.Equal(TimeSpan.FromDays(3), BusinessCalendar.Always.Between(from, from.AddDays(3)));
        Assert.Equal((from, from.AddDays(3)), Assert.Single(BusinessCalendar.Always.OpenBetween(from, from.AddDays(3))));
        Assert.Equal(TimeZoneInfo.Utc, BusinessCalendar.Always.TimeZone);
    }

    [Fact]
    public void A_week_without_hours_is_refused_and_says_why()
    {
        var error = Assert.Throws<ArgumentException>(() => Calendar("UTC"));

        Assert.Equal("hours", error.ParamName);
        Assert.Contains("nothing would ever be due", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_calendar_has_a_name_of_1_to_100_characters()
    {
        foreach (var wrong in new[] { "", " ", new string('n', 101) })
            Assert.ThrowsAny<ArgumentException>(() => new BusinessCalendar(wrong, TimeZoneInfo.Utc, [Hours(DayOfWeek.Monday, "09:00-17:00")]));

        Assert.Equal(100, new BusinessCalendar(new string('n', 100), TimeZoneInfo.Utc, [Hours(DayOfWeek.Monday, "09:00-17:00")]).Name.Length);
    }

    [Fact]
    public void Misuse_is_refused()
    {
        Assert.Throws<ArgumentNullException>(() => new BusinessCalendar("test", null!, [Hours(DayOfWeek.Monday, "09:00-17:00")]));
        Assert.Throws<ArgumentNullException>(() => new BusinessCalendar("test", TimeZoneInfo.Utc, null!));
        Assert.Throws<ArgumentException>(() => Calendar("UTC", Hours((DayOfWeek)7, "09:00-17:00")));
        Assert.Throws<ArgumentOutOfRangeException>(() => Office.Add(At("2026-03-02 09:00"), TimeSpan.FromTicks(-1)));
    }

    [Fact]
    public void What_lies_beyond_the_year_9999_or_a_hundred_years_ahead_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => BusinessCalendar.Always.Add(At("9999-12-31 00:00"), TimeSpan.FromDays(2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => BusinessCalendar.Always.Add(At("2026-01-01 00:00"), TimeSpan.FromDays(40_000)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Daily("Europe/Berlin", "09:00-17:00").Add(At("9999-12-01 00:00"), TimeSpan.FromDays(31)));
        Assert.Equal(At("9999-12-31 10:00 +01:00"), Daily("Europe/Berlin", "09:00-17:00").Add(At("9999-12-31 00:00 +01:00"), Hour));
    }

    [Fact]
    public void What_the_caller_does_with_his_lists_later_makes_no_difference()
    {
        var hours = new List<BusinessHours> { Hours(DayOfWeek.Monday, "09:00-17:00") };
        var holidays = new List<DateOnly>();
        var calendar = new BusinessCalendar("test", TimeZoneInfo.Utc, hours, holidays);

        hours.Clear();
        holidays.Add(new DateOnly(2026, 3, 2));

        Assert.Equal(8 * Hour, calendar.Between(At("2026-03-02 00:00"), At("2026-03-03 00:00")));
    }
}
