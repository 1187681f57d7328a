using HelpDesk.Events;
using HelpDesk.Sla;
using HelpDesk.Tickets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace HelpDesk.Webhooks;

/// <summary>Endpoints as a host adds them, and events to send there; without a database.</summary>
internal sealed class WebhookScene : IDisposable
{
    public const string Secret = WebhookSignature.SecretPrefix + "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    public static readonly Guid EventId = new("0b0e7a52-6f3f-4c57-8f0c-0d6a3c1f9a01");
    public static readonly Guid TicketId = new("0b0e7a52-6f3f-4c57-8f0c-0d6a3c1f9a02");
    public static readonly Guid MessageId = new("0b0e7a52-6f3f-4c57-8f0c-0d6a3c1f9a03");
    public static readonly Guid Version = new("0b0e7a52-6f3f-4c57-8f0c-0d6a3c1f9a04");
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly ServiceProvider services;

    /// <param name="add">Adds endpoints.</param>
    /// <param name="client">For names and addresses that the test invents.</param>
    public WebhookScene(Action<HelpDeskBuilder> add, WebhookClient? client = null)
    {
        var collection = new ServiceCollection();
        collection.AddSingleton<TimeProvider>(Clock);
        if (client is not null)
            collection.AddSingleton(client);
        add(collection.AddHelpDesk());
        services = collection.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }

    public FakeTimeProvider Clock { get; } = new(Start);

    public TicketEventHandlers Handlers => services.GetRequiredService<TicketEventHandlers>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>One endpoint of the host's own network, by the name of <c>crm</c>.</summary>
    public static WebhookScene To(Uri url, Action<WebhookOptions>? configure = null, WebhookClient? client = null) => new(
        builder => builder.AddWebhook("crm", options =>
        {
            options.Url = url;
            options.Secrets.Add(Secret);
            options.AllowPrivateAddresses = true;
            configure?.Invoke(options);
        }),
        client);

    public static TicketEvent Event(
        string kind = TicketEventKinds.MessageAdded, bool isPublic = true, IReadOnlyList<EventTarget>? targets = null, Guid? messageId = null, string? actorId = "ann-id")
    {
        var payload = new TicketEventPayload
        {
            Number = "TCK-2026-000007",
            ActorId = actorId,
            ActorKind = TicketRole.Agent,
            MessageId = messageId,
            AssigneeId = messageId is null ? null : "ben-id",
            Targets = targets ?? [],
            TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        };
        var ticketEvent = new TicketEvent(TicketId, 3, kind, isPublic, Start.AddMinutes(-1).ToOffset(TimeSpan.FromHours(1)), Version, payload.ToJson(), 5);
        typeof(TicketEvent).GetProperty(nameof(TicketEvent.Id))!.SetValue(ticketEvent, EventId);
        return ticketEvent;
    }

    public static EventTarget Target() => new() { Kind = TargetKind.FirstResponse, Instance = 1, DueAt = Start.AddSeconds(0.5) };

    public async Task SendAsync(TicketEvent? ticketEvent = null, string name = "webhook:crm", CancellationToken? cancellationToken = null)
    {
        await using var scope = services.CreateAsyncScope();
        await Handlers.Create(name, scope.ServiceProvider).HandleAsync(ticketEvent ?? Event(), cancellationToken ?? Token);
    }

    public void Dispose() => services.Dispose();
}
