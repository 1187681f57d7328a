using System.Diagnostics;
using System.Diagnostics.Metrics;
using HelpDesk.Events;
using HelpDesk.Inbound;
using HelpDesk.Tickets;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Service;

/// <summary>What the help desk tells of itself to OpenTelemetry: activities of the source, and instruments of the meter, that are both named <see cref="Name"/>.</summary>
internal sealed class HelpDeskTelemetry : IDisposable
{
    public const string Name = "HelpDesk";

    private static readonly Dictionary<TicketStatus, long> NoTickets = [];

    private static readonly ActivitySource Source = new(Name);

    private readonly Meter meter;
    private readonly bool isOwn;
    private readonly Counter<long> opened;
    private readonly Counter<long> breaches;
    private readonly Counter<long> deliveries;
    private readonly Histogram<double> deliveryDuration;
    private readonly Counter<long> mails;
    private readonly UpDownCounter<long> listeners;
    private volatile Sample? sample;

    public HelpDeskTelemetry(IServiceProvider services)
    {
        // The generic host has a factory, which keeps the instruments of several hosts in one process apart; a plain container may have none.
        var factory = services.GetService<IMeterFactory>();
        isOwn = factory is null;
        meter = factory?.Create(Name) ?? new Meter(Name);
        opened = meter.CreateCounter<long>("helpdesk.tickets.opened", "{ticket}", "Tickets that were opened.");
        breaches = meter.CreateCounter<long>("helpdesk.sla.breaches", "{breach}", "Promises that were not kept, counted by the sweep that found them.");
        deliveries = meter.CreateCounter<long>("helpdesk.outbox.deliveries", "{delivery}", "Tries to deliver an event to a handler, by outcome.");
        deliveryDuration = meter.CreateHistogram<double>("helpdesk.outbox.delivery.duration", "s", "How long handlers took.");
        mails = meter.CreateCounter<long>("helpdesk.inbound.mails", "{mail}", "Tries to process a mail, by outcome.");
        listeners = meter.CreateUpDownCounter<long>("helpdesk.events.listeners", "{listener}", "Those who listen to events in this process.");
        Depth = meter.CreateObservableGauge("helpdesk.outbox.depth", () => Measured(sample?.Depth), "{delivery}", "Deliveries that are not done.");
        Lag = meter.CreateObservableGauge("helpdesk.outbox.lag", () => Measured(sample?.Lag), "s", "The age of the oldest event that a handler still waits for.");
        Queue = meter.CreateObservableGauge(
            "helpdesk.tickets.queue", () => (sample?.Tickets ?? NoTickets).Select(pair => new Measurement<long>(pair.Value, Tag("helpdesk.ticket.status", Words.Of(pair.Key)))), "{ticket}", "Tickets that are not closed, by status.");
    }

    public ObservableGauge<long> Depth { get; }

    public ObservableGauge<double> Lag { get; }

    public ObservableGauge<long> Queue { get; }

    /// <summary>Whether anybody listens to what has to be sampled by queries.</summary>
    public bool IsSampled => Depth.Enabled || Lag.Enabled || Queue.Enabled;

    /// <summary>Starts the activity of a command or sweep.</summary>
    public static Activity? Start(string name) => Source.StartActivity($"helpdesk.{name}");

    /// <summary>Nothing is known any more: better no value than one of before.</summary>
    public void NotSampled() => sample = null;

    public void Sampled(long depth, TimeSpan lag, IReadOnlyDictionary<TicketStatus, long> tickets) => sample = new Sample(depth, lag.TotalSeconds, tickets);

    /// <summary>The command's own trace goes on here, though another process may deliver, much later.</summary>
    public static Activity? StartDelivery(ClaimedDelivery delivery)
    {
        var activity = ActivityContext.TryParse(delivery.Event.ReadPayload().TraceParent, traceState: null, isRemote: true, out var origin)
            ? Source.StartActivity("helpdesk.deliver", ActivityKind.Consumer, origin)
            : Source.StartActivity("helpdesk.deliver", ActivityKind.Consumer);
        activity?.SetTag("helpdesk.handler", delivery.Handler);
        activity?.SetTag("helpdesk.event.kind", delivery.Event.Kind);
        activity?.SetTag("helpdesk.event.id", delivery.Event.Id);
        activity?.SetTag("helpdesk.delivery.attempt", delivery.Attempt);
        return activity;
    }

    public void Delivered(string handler, DeliveryPump.Outcome outcome, TimeSpan duration)
    {
        deliveries.Add(1, Tag("helpdesk.handler", handler), Tag("helpdesk.outcome", Words.Of(outcome)));
        deliveryDuration.Record(duration.TotalSeconds, Tag("helpdesk.handler", handler));
    }

    /// <summary>Counts a mail; null for one that is tried again.</summary>
    public void Processed(InboundMailState? state) => mails.Add(1, Tag("helpdesk.outcome", state is { } known ? Words.Of(known) : "postponed"));

    /// <summary>Counts those who begin to listen, or end.</summary>
    public void Listening(int by) => listeners.Add(by);

    /// <summary>Counts what a commit has done.</summary>
    public void Committed(IReadOnlyList<TicketChange> changes)
    {
        foreach (var change in changes)
        {
            foreach (var deed in change.Deeds)
            {
                if (deed.EventKind == TicketEventKinds.TicketOpened)
                    opened.Add(1, Tag("helpdesk.ticket.channel", Words.Of(change.Ticket.Channel)), Tag("helpdesk.ticket.priority", Words.Of(change.Ticket.Priority)));
                if (deed.EventKind == TicketEventKinds.TicketEscalated)
                    deed.Targets.ToList().ForEach(target => breaches.Add(1, Tag("helpdesk.sla.target", Words.Of(target.Kind))));
            }
        }
    }

    // A meter of a factory belongs to it.
    public void Dispose()
    {
        if (isOwn)
            meter.Dispose();
    }

    private static IEnumerable<Measurement<T>> Measured<T>(T? value)
        where T : struct => value is { } known ? [new Measurement<T>(known)] : [];

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);

    private sealed record Sample(long Depth, double Lag, IReadOnlyDictionary<TicketStatus, long> Tickets);
}
