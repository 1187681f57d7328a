using HelpDesk.AspNetCore.Tests.Infrastructure;

namespace HelpDesk.AspNetCore.Tests.Hosts;

/// <summary>Entries of lists and tables: the framework's binder passes over those that it cannot read, so that a holiday with a typing error would be a working day.</summary>
public sealed class SilentConfigurationTests
{
    [Theory]
    [InlineData("HelpDesk:Sla:Calendars:office:Holidays:0", "Christmas")]
    [InlineData("HelpDesk:Sla:Calendars:office:Holidays:0", "2026-02-30")]
    [InlineData("HelpDesk:Sla:Calendars:office:Holidays:0", "25.12.2026")]
    [InlineData("HelpDesk:Sla:Calendars:office:Hours:Tusday", "09:00-17:00")]
    [InlineData("HelpDesk:Sla:Calendars:office:Hours:Monday-Friday", "09:00-17:00")]
    [InlineData("HelpDesk:Sla:Resolution:Calendars:urgnt", "office")]
    public async Task An_entry_that_cannot_be_read_is_an_error_that_names_its_key(string key, string value)
    {
        var error = await StartUp.FailsAsync(new() { ["HelpDesk:Sla:Calendars:office:Hours:Monday"] = "09:00-17:00", [key] = value });

        Assert.Contains(key, error, StringComparison.OrdinalIgnoreCase);
    }
}
