using HelpDesk.Notifications;
using HelpDesk.Specification.Desks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Specification.Notifying;

/// <summary>A host with a sender that keeps what it is given.</summary>
public abstract class NotifyingTest(HelpDeskFixture fixture) : DeskTest(fixture)
{
    protected override DeskSetup Setup => SetupOf();

    protected Postman Postman => Desk.Services.GetRequiredService<Postman>();

    protected Choices Choices => Desk.Services.GetRequiredService<Choices>();

    protected static DeskSetup SetupOf(Action<HelpDeskOptions>? options = null, Action<HelpDeskBuilder>? also = null) => new()
    {
        HasHandlers = false,
        Options = options,
        HelpDesk = builder =>
        {
            builder.AddPostman();
            also?.Invoke(builder);
        },
    };

    /// <summary>The tests of a class share a database, but each counts its own mails: what others were sent, or have left to send, would soon be too much for one address.</summary>
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Desk.ReadAsync(context => context.Set<TicketNotification>().ExecuteDeleteAsync(Token));
        await Desk.ReadAsync(context => context.Set<HelpDesk.Events.Delivery>().ExecuteDeleteAsync(Token));
    }

    /// <summary>Who was told what of a ticket since the last time it was asked, as <c>ann Assigned</c>, in alphabetical order.</summary>
    protected Task<IReadOnlyList<string>> ToldAsync(Guid ticket) => ToldAsync(Desk, ticket);

    protected static async Task<IReadOnlyList<string>> ToldAsync(Desk desk, Guid ticket)
    {
        var postman = desk.Services.GetRequiredService<Postman>();
        var before = postman.Of(ticket).Count;
        await desk.DispatchAsync();
        return [.. postman.Of(ticket).Skip(before).Select(one => $"{one.Recipient.UserId ?? one.Recipient.Email} {one.Kind}").Order(StringComparer.Ordinal)];
    }

    protected Notification Last(Guid ticket, string userId) => Postman.Of(ticket).Last(one => one.Recipient.UserId == userId);
}
