using HelpDesk.Sla;
using HelpDesk.Tickets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HelpDesk.AspNetCore.Tests.Sla;

/// <summary>The promises as a host writes them into its appsettings.json, from the text to the due time.</summary>
public sealed class SlaConfigurationTests
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 23, 9, 0, 0, TimeSpan.FromHours(1));

    [Fact]
    public async Task Everything_is_read_from_configuration()
    {
        using var host = Host("""
            {
              "HelpDesk": {
                "Sla": {
                  "PauseWhilePending": true,
                  "Calendar": "office",
                  "WarnBefore": "00:30:00",
                  "DueSoon": "02:00:00",
                  "FirstResponse": { "Urgent": "00:15:00", "High": "01:00:00", "Calendars": { "Urgent": "always" } },
                  "NextResponse": { "Normal": "04:00:00", "Calendar": "Nights" },
                  "Resolution": { "Urgent": "1.00:00:00", "Low": null },
                  "Calendars": {
                    "Office": {
                      "TimeZone": "Europe/Berlin",
                      "Hours": { "Monday": "09:00-12:00, 13:00-17:00", "tuesday": "09:00-17:00", "Sunday": null },
                      "Holidays": [ "2026-03-31", "2026-04-06" ]
                    },
                    "nights": { "Hours": { "Monday": "22:00-06:00" } }
                  }
                }
              }
            }
            """);

        var sla = host.GetRequiredService<IOptions<HelpDeskOptions>>().Value.Sla;
        Assert.True(sla.PauseWhilePending);
        Assert.Equal((TimeSpan.FromMinutes(30), TimeSpan.FromHours(2)), (sla.WarnBefore, sla.DueSoon));
        Assert.Equal(["2026-03-31", "2026-04-06"], sla.Calendars["office"].Holidays);

        var urgent = await TermsAsync(host, TicketPriority.Urgent);
        Assert.True(urgent.PauseWhilePending);
        Assert.Equal((TimeSpan.FromMinutes(15), BusinessCalendar.Always), (urgent.FirstResponse!.Duration, urgent.FirstResponse.Calendar));
        Assert.Null(urgent.NextResponse);
        Assert.Equal((TimeSpan.FromDays(1), "Office"), (urgent.Resolution!.Duration, urgent.Resolution.Calendar.Name));
        Assert.Equal("priority urgent", urgent.Resolution.Reason);
        // 24 hours of the office: 7 on Monday, 8 on Tuesday, 7 on the next Monday; its Tuesday is a holiday, and the Monday after that as well.
        Assert.Equal(new DateTimeOffset(2026, 4, 7, 11, 0, 0, TimeSpan.FromHours(2)), urgent.Resolution.Calendar.Add(Monday, urgent.Resolution.Duration));

        var high = await TermsAsync(host, TicketPriority.High);
        Assert.Equal((TimeSpan.FromHours(1), "Office"), (high.FirstResponse!.Duration, high.FirstResponse.Calendar.Name));
        Assert.Equal(TimeSpan.FromHours(8), high.Resolution!.Duration); // The default stays where nothing is said.

        var normal = await TermsAsync(host, TicketPriority.Normal);
        Assert.Equal((TimeSpan.FromHours(4), "nights"), (normal.NextResponse!.Duration, normal.NextResponse.Calendar.Name));

        // A default is taken back by null.
        Assert.Null((await TermsAsync(host, TicketPriority.Low)).Resolution);
    }

    [Fact]
    public async Task Without_configuration_the_promises_are_those_of_the_documentation()
    {
        using var host = Host("{}");

        var hours = new List<double>();
        foreach (var priority in new[] { TicketPriority.Urgent, TicketPriority.High, TicketPriority.Normal, TicketPriority.Low })
        {
            var terms = await TermsAsync(host, priority);
            Assert.Equal((null, null, false), (terms.FirstResponse, terms.NextResponse, terms.PauseWhilePending));
            hours.Add(terms.Resolution!.Duration.TotalHours);
        }

        Assert.Equal([2, 8, 24, 72], hours);
    }

    [Theory]
    [InlineData("""{ "Calendar": "nowhere" }""", "HelpDesk:Sla:Calendar names 'nowhere'")]
    [InlineData("""{ "Resolution": { "High": "00:00:00" } }""", "HelpDesk:Sla:Resolution:High must be more than zero")]
    [InlineData("""{ "Calendars": { "office": { "Hours": { "Monday": "9 to 5" } } } }""", "HelpDesk:Sla:Calendars:office:Hours:Monday has '9 to 5'")]
    [InlineData("""{ "Calendars": { "office": { "TimeZone": null, "Hours": { "Monday": "09:00-17:00" } } } }""", "HelpDesk:Sla:Calendars:office:TimeZone '' is not a time zone")]
    [InlineData("""{ "Calendars": { "office": {} } }""", "HelpDesk:Sla:Calendars:office:Hours is empty")]
    [InlineData("""{ "Calendars": { "office": null } }""", "HelpDesk:Sla:Calendars:office:Hours is empty")]
    public void What_is_wrong_is_named_as_it_is_written(string sla, string error)
    {
        using var host = Host($$"""{ "HelpDesk": { "Sla": {{sla}} } }""");

        var failure = Assert.Throws<OptionsValidationException>(() => host.GetRequiredService<IOptions<HelpDeskOptions>>().Value);

        Assert.StartsWith(error, Assert.Single(failure.Failures), StringComparison.Ordinal);
    }

    private static ServiceProvider Host(string json)
    {
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json));
        var configuration = new ConfigurationBuilder().AddJsonStream(stream).Build();
        var services = new ServiceCollection();
        services.AddHelpDesk(configuration.GetSection("HelpDesk"));
        return services.BuildServiceProvider();
    }

    private static Task<SlaTerms> TermsAsync(ServiceProvider host, TicketPriority priority) => host.GetRequiredService<ISlaPolicy>().GetTermsAsync(
        new SlaContext
        {
            Ticket = new TicketSummary
            {
                Id = Guid.NewGuid(),
                RequesterId = "alice",
                Subject = "Subject",
                Priority = priority,
                Category = null,
                Channel = TicketChannel.Web,
                CreatedAt = Monday,
            },
        },
        TestContext.Current.CancellationToken);
}
