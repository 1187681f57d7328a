using HelpDesk.Tickets;

namespace HelpDesk.Specification.Desks;

/// <summary>What every specification class starts from: a plain host on the fixture's database, new for each test.</summary>
/// <remarks>All tests of a class share the database and therefore look at the tickets that they opened only.</remarks>
public abstract class DeskTest(HelpDeskFixture fixture) : IAsyncLifetime
{
    private Desk? desk;

    protected HelpDeskFixture Fixture { get; } = fixture;

    protected Desk Desk => desk!;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>How long a test waits, in real time, for what must come about: only what is broken takes so long, however busy the machine is.</summary>
    protected static TimeSpan Patience { get; } = TimeSpan.FromMinutes(2);

    protected static Actor Alice => Actors.Alice;

    protected static Actor Bob => Actors.Bob;

    protected static Actor Ann => Actors.Ann;

    protected static Actor Ben => Actors.Ben;

    protected static Actor Mia => Actors.Mia;

    protected static Actor Root => Actors.Root;

    /// <summary>What the host of the tests does differently from the plain one.</summary>
    protected virtual DeskSetup Setup => new();

    public virtual async ValueTask InitializeAsync() => desk = await Fixture.StartAsync(Setup);

    public virtual async ValueTask DisposeAsync()
    {
        if (desk is not null)
            await desk.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A ticket in a status, led there by the moves of agents.</summary>
    protected async Task<TicketView> TicketThatIs(TicketStatus status, Actor? requester = null)
    {
        var ticket = await Desk.OpenAsync(requester ?? Alice);
        return status switch
        {
            TicketStatus.Open => ticket,
            TicketStatus.Pending => await Desk.ChangeAsync(new ChangeTicket { Actor = Mia, Ticket = ticket.Id, Status = TicketStatus.Pending }),
            TicketStatus.Resolved => await Desk.ResolveAsync(Mia, ticket.Id),
            TicketStatus.Closed => await Desk.CloseAsync(Mia, ticket.Id),
            _ => throw new ArgumentOutOfRangeException(nameof(status)),
        };
    }
}
