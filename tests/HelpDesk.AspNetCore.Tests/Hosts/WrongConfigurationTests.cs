using HelpDesk.AspNetCore.Tests.Infrastructure;

namespace HelpDesk.AspNetCore.Tests.Hosts;

/// <summary>A wrong setting is one error when the host starts, which names the key: not a surprise with the first ticket.</summary>
public sealed class WrongConfigurationTests
{
    private const string Office = "HelpDesk:Sla:Calendars:office";

    /// <summary>Key and value, and what the error says beside the key.</summary>
    public static TheoryData<string, string, string> WrongValues() => new()
    {
        { "HelpDesk:Sla:Resolution:urgent", "soon", "soon" },
        { "HelpDesk:Sla:Resolution:high", "00:00:00", "more than zero" },
        { "HelpDesk:Sla:Resolution:normal", "-01:00:00", "more than zero" },
        { "HelpDesk:Sla:Resolution:low", "3651.00:00:00", "3650 days" },
        { "HelpDesk:Sla:FirstResponse:urgent", "2h", "2h" },
        { "HelpDesk:Sla:FirstResponse:low", "-00:00:01", "more than zero" },
        { "HelpDesk:Sla:NextResponse:normal", "25:61:00", "25:61:00" },
        { "HelpDesk:Sla:PauseWhilePending", "sometimes", "sometimes" },
        { "HelpDesk:Sla:Calendar", "office", "office" },
        { "HelpDesk:Sla:Resolution:Calendar", "office", "office" },
        { "HelpDesk:Sla:Resolution:Calendars:urgent", "ofice", "ofice" },
        { "HelpDesk:Sla:WarnBefore", "-00:01:00", "0 (no warning)" },
        { "HelpDesk:Sla:DueSoon", "-00:01:00", "0 to" },
        { "HelpDesk:Escalation:Interval", "00:00:00", "1 second to 1 day" },
        { "HelpDesk:Escalation:Interval", "00:00:00.999", "1 second to 1 day" },
        { "HelpDesk:Escalation:Interval", "15", "1 second to 1 day" },
        { "HelpDesk:Escalation:Interval", "often", "often" },
        { "HelpDesk:Escalation:RunsInBackground", "maybe", "maybe" },
        { "HelpDesk:AutoClose:After", "-1.00:00:00", "0 (never)" },
        { "HelpDesk:AutoClose:After", "7 days", "7 days" },
        { "HelpDesk:Assignment:Strategy", "Fairest", "Fairest" },
        { "HelpDesk:Assignment:Strategy", "7", "LeastLoaded, RoundRobin or None" },
        { "HelpDesk:Assignment:OnReply", "Seldom", "Seldom" },
        { "HelpDesk:Assignment:CountPending", "half", "half" },
        { $"{Office}:TimeZone", "Europe/Berlino", "Europe/Berlino" },
        { $"{Office}:Hours:Monday", "9 to 5", "9 to 5" },
        { $"{Office}:Hours:Monday", "09:00-25:00", "09:00-25:00" },
        { $"{Office}:Hours:Monday", "", "empty" },
    };

    [Theory]
    [MemberData(nameof(WrongValues))]
    public async Task A_wrong_value_is_an_error_that_names_its_key(string key, string value, string says)
    {
        var settings = new Dictionary<string, string?> { [key] = value };
        if (key == $"{Office}:TimeZone")
            settings[$"{Office}:Hours:Monday"] = "09:00-17:00";

        var error = await StartUp.FailsAsync(settings);

        // By its name in any letter case; of a wrong day only the list of all days can be told.
        var name = value.Length == 0 ? $"{Office}:Hours" : key;
        Assert.Contains(name, error, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(says, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_wrong_settings_are_told_at_once()
    {
        var error = await StartUp.FailsAsync(new()
        {
            ["HelpDesk:Sla:Resolution:Urgent"] = "00:00:00",
            ["HelpDesk:Escalation:Interval"] = "00:00:00",
            ["HelpDesk:AutoClose:After"] = "-1",
            [$"{Office}:TimeZone"] = "Nowhere",
        });

        Assert.All(
            ["HelpDesk:Sla:Resolution:Urgent", "HelpDesk:Escalation:Interval", "HelpDesk:AutoClose:After", $"{Office}:TimeZone"],
            key => Assert.Contains(key, error, StringComparison.Ordinal));
    }
}
