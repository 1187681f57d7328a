using System.Diagnostics;
using HelpDesk.AspNetCore.Tests.Infrastructure;
using HelpDesk.Events;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace HelpDesk.AspNetCore.Tests.Health;

/// <summary>What OpenTelemetry gets, by its own SDK. It listens to every host of the process, so that counts may be higher than one host's.</summary>
public sealed class TelemetryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_command_and_the_delivery_that_follows_from_it_are_one_trace()
    {
        var activities = new List<Activity>();
        using var tracing = Sdk.CreateTracerProviderBuilder().AddSource("HelpDesk").AddInMemoryExporter(activities).Build();
        await using var desk = await StartAsync();
        var number = await OpenAsync(desk);
        await desk.WithAsync<IOutboxDispatcher, DispatchResult>(outbox => outbox.DispatchAsync(Token));
        // Other tests of this process write into the same list as long as it is listened to.
        tracing.Dispose();

        var facts = await desk.ReadAsync(db => Task.FromResult(db.Set<TicketEvent>().Single(e => e.Kind == TicketEventKinds.TicketOpened)));
        Assert.Equal(number, facts.ReadPayload().Number);
        var deliveries = activities.FindAll(activity => activity.OperationName == "helpdesk.deliver" && Equals(activity.GetTagItem("helpdesk.event.id"), facts.Id));
        var delivery = Assert.Single(deliveries);
        var command = Assert.Single(activities, activity => activity.OperationName == "helpdesk.ticket.open" && activity.TraceId == delivery.TraceId);
        Assert.Equal((command.SpanId, ActivityKind.Consumer), (delivery.ParentSpanId, delivery.Kind));
        Assert.Equal((typeof(Failing).FullName, TicketEventKinds.TicketOpened, ActivityStatusCode.Error), (delivery.GetTagItem("helpdesk.handler"), delivery.GetTagItem("helpdesk.event.kind"), delivery.Status));
    }

    [Fact]
    public async Task Meters_count_what_happens_and_show_what_waits()
    {
        var metrics = new List<Metric>();
        using var meters = Sdk.CreateMeterProviderBuilder().AddMeter("HelpDesk").AddInMemoryExporter(metrics).Build();
        await using var desk = await StartAsync();
        await OpenAsync(desk);
        await desk.WithAsync<IOutboxDispatcher, DispatchResult>(outbox => outbox.DispatchAsync(Token));

        // The database is looked at each quarter of a minute.
        await Poll.UntilAsync(
            () => Values("helpdesk.outbox.lag").Any(lag => lag.Value > 0) && Values("helpdesk.tickets.queue").Any(point => point is { Value: > 0, Tags: "helpdesk.ticket.status=open" }),
            () =>
            {
                desk.Clock.Advance(TimeSpan.FromSeconds(15));
                metrics.Clear();
                meters.ForceFlush();
            });

        Assert.Contains(Values("helpdesk.tickets.opened"), point => point is { Value: >= 1, Tags: "helpdesk.ticket.channel=web,helpdesk.ticket.priority=normal" });
        Assert.Contains(Values("helpdesk.outbox.deliveries"), point => point.Value >= 1 && point.Tags == $"helpdesk.handler={typeof(Failing).FullName},helpdesk.outcome=failed");
        Assert.Contains(Values("helpdesk.outbox.depth"), point => point.Value >= 1);
        Assert.Contains("helpdesk.outbox.delivery.duration", metrics.Select(metric => metric.Name));

        IEnumerable<(double Value, string Tags)> Values(string name)
        {
            foreach (var metric in metrics.Where(metric => metric.Name == name))
            {
                foreach (ref readonly var point in metric.GetMetricPoints())
                {
                    var tags = new List<string>();
                    foreach (var tag in point.Tags)
                        tags.Add($"{tag.Key}={tag.Value}");
                    yield return (metric.MetricType switch
                    {
                        MetricType.LongSum => point.GetSumLong(),
                        MetricType.LongGauge => point.GetGaugeLastValueLong(),
                        _ => point.GetGaugeLastValueDouble(),
                    }, string.Join(',', tags));
                }
            }
        }
    }

    private static async Task<string> OpenAsync(TestHelpDesk desk)
    {
        var alice = await desk.AsAsync(Users.Alice);
        return (await alice.PostAsync("/tickets", new { subject = "Traced", body = "From here to there." })).Json.GetProperty("number").GetString()!;
    }

    private static Task<TestHelpDesk> StartAsync() => TestHelpDesk.StartAsync(new TestHostSetup
    {
        Configuration = { ["HelpDesk:Outbox:RunsInBackground"] = "false" },
        Services = services => services.AddHelpDesk().AddTicketEventHandler<Failing>(),
    });

    private sealed class Failing : ITicketEventHandler
    {
        public Task HandleAsync(TicketEvent ticketEvent, CancellationToken cancellationToken) => throw new InvalidOperationException("Not now.");
    }
}
