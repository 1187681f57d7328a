using static HelpDesk.Sla.SlaSamples;

namespace HelpDesk.Sla;

/// <summary>Calendars as a host writes them into its configuration.</summary>
public sealed class ConfiguredCalendarsTests
{
    [Theory]
    [InlineData("09:00-17:00", 8)]
    [InlineData("9:00-17:00", 8)]
    [InlineData("09:00-12:00, 13:00-17:00", 7)]
    [InlineData("  09:00 - 12:00 ,13:00-17:00 , ", 7)]
    [InlineData("09:00-12:00,11:00-13:00", 4)]
    [InlineData("00:00-24:00", 24)]
    [InlineData("20:00-24:00", 4)]
    [InlineData("22:00-06:00", 8)]
    [InlineData("09:00:00-09:00:36", 0.01)]
    public void Hours_are_read_from_texts(string text, double hours)
    {
        var calendar = ConfiguredCalendars.Parse("office", Options(text));

        Assert.Equal(TimeSpan.FromHours(hours), calendar.Between(At("2026-03-02 00:00"), At("2026-03-09 00:00")));
        Assert.Equal("office", calendar.Name);
    }

    [Theory]
    [InlineData("09:00", "09:00")]
    [InlineData("09:00-", "09:00-")]
    [InlineData("-17:00", "-17:00")]
    [InlineData("9-17", "9-17")]
    [InlineData("09:00-12:00; 13:00-17:00", "09:00-12:00; 13:00-17:00")]
    [InlineData("09:00-12:00-17:00", "09:00-12:00-17:00")]
    [InlineData("09:00–17:00", "09:00–17:00")] // A dash where a hyphen should be.
    [InlineData("09:00-25:00", "09:00-25:00")]
    [InlineData("24:00-06:00", "24:00-06:00")] // 24:00 is an end.
    [InlineData("09:00-12:00, closed", "closed")]
    [InlineData("9am-5pm", "9am-5pm")]
    public void Wrong_hours_are_named_with_their_day_and_how_to_write_them(string text, string named)
    {
        var error = Assert.Throws<FormatException>(() => ConfiguredCalendars.Parse("office", Options(text)));

        Assert.Equal($"Hours:Monday has '{named}'. Use times such as 09:00-12:00, 13:00-17:00.", error.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" , ")]
    [InlineData(null)]
    public void A_week_without_hours_says_what_to_set(string? text)
    {
        var error = Assert.Throws<FormatException>(() => ConfiguredCalendars.Parse("office", Options(text!)));

        Assert.Contains("Hours is empty", error.Message, StringComparison.Ordinal);
        Assert.Contains("Set for instance Hours:Monday to 09:00-17:00", error.Message, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => ConfiguredCalendars.Parse("office", new SlaCalendarOptions()));
    }

    [Theory]
    [InlineData("Mars/Olympus")]
    [InlineData("")]
    [InlineData(null)]
    public void An_unknown_zone_says_what_a_zone_looks_like(string? zone)
    {
        var options = Options("09:00-17:00");
        options.TimeZone = zone!;

        var error = Assert.Throws<FormatException>(() => ConfiguredCalendars.Parse("office", options));

        Assert.Equal($"TimeZone '{zone}' is not a time zone of this machine. Use an IANA name such as Europe/Berlin.", error.Message);
    }

    [Fact]
    public void Zone_days_and_holidays_are_taken_over()
    {
        var options = new SlaCalendarOptions { TimeZone = "Europe/Berlin" };
        options.Hours["Monday"] = "09:00-17:00";
        options.Hours["Friday"] = "09:00-12:00";
        options.Holidays.Add("2026-04-03");

        var calendar = ConfiguredCalendars.Parse("office", options);

        Assert.Equal(
            [
                (At("2026-03-27 09:00 +01:00"), At("2026-03-27 12:00 +01:00")),
                (At("2026-03-30 09:00 +02:00"), At("2026-03-30 17:00 +02:00")),
                (At("2026-04-06 09:00 +02:00"), At("2026-04-06 17:00 +02:00")),
            ],
            calendar.OpenBetween(At("2026-03-24 00:00"), At("2026-04-08 00:00")));
    }

    private static SlaCalendarOptions Options(string monday)
    {
        var options = new SlaCalendarOptions();
        options.Hours["Monday"] = monday;
        return options;
    }
}
