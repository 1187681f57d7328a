using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Specification.Desks;

/// <summary>One request of the host: its context, and the help desk that works on it.</summary>
public sealed class DeskScope(AsyncServiceScope scope, DbContext context) : IAsyncDisposable
{
    public DbContext Context { get; } = context;

    public IServiceProvider Services => scope.ServiceProvider;

    public ITicketService Tickets { get; } = scope.ServiceProvider.GetRequiredService<ITicketService>();

    public ValueTask DisposeAsync() => scope.DisposeAsync();
}
