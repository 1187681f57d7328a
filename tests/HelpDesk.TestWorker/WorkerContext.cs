using HelpDesk.Events;
using HelpDesk.Inbound;
using HelpDesk.People;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.TestWorker;

internal sealed class WorkerContext(DbContextOptions<WorkerContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.ApplyHelpDesk();
}

internal sealed class NobodyDirectory : IUserDirectory
{
    public Task<IReadOnlyDictionary<string, DirectoryUser>> FindAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, DirectoryUser>>(new Dictionary<string, DirectoryUser>());

    public Task<DirectoryUser?> FindByEmailAsync(string email, CancellationToken cancellationToken) => Task.FromResult<DirectoryUser?>(null);

    public Task<IReadOnlyList<DirectoryUser>> ListAsync(HelpDeskRoles role, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<DirectoryUser>>([]);

    public Task<HelpDeskRoles> GetRolesAsync(string id, CancellationToken cancellationToken) => Task.FromResult(HelpDeskRoles.None);
}

internal sealed class WorkerHandler : ITicketEventHandler
{
    public Task HandleAsync(TicketEvent ticketEvent, CancellationToken cancellationToken) => Task.CompletedTask;
}

internal sealed class WorkerSource : IInboundSource
{
    public string Name => "worker";

    public SenderVerdict Judge(SenderClaim claim) => SenderVerdict.Unknown;
}
