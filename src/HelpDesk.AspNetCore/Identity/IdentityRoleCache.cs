using System.Collections.Frozen;
using System.Transactions;
using HelpDesk.People;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HelpDesk.AspNetCore.Identity;

/// <summary>Who has which role, kept for 30 seconds: every request asks.</summary>
internal sealed class IdentityRoleCache<TUser>(IServiceScopeFactory scopes, TimeProvider clock, IOptions<HelpDeskRoleNames> names)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private Task<Membership>? loading;
    private Membership? current;

    /// <param name="load">Lists the members of a role, by a directory of the scope that it is given.</param>
    /// <param name="cancellationToken">Cancels the waiting; the loading goes on for the others.</param>
    public Task<Membership> GetAsync(Func<IServiceProvider, string, Task<IReadOnlyList<DirectoryUser>>> load, CancellationToken cancellationToken)
    {
        if (Current() is { } fresh)
            return Task.FromResult(fresh);

        // One loading serves all who wait, and fails for all of them: where the database is away, nobody waits for the time-outs of others first.
        lock (gate)
        {
            if (loading is null || loading.IsCompleted)
                loading = Task.Run(() => LoadAsync(load), CancellationToken.None);
            return loading.WaitAsync(cancellationToken);
        }
    }

    private async Task<Membership> LoadAsync(Func<IServiceProvider, string, Task<IReadOnlyList<DirectoryUser>>> load)
    {
        if (Current() is { } loaded)
            return loaded;

        // Identity tracks the users that it lists: on a context of their own, outside any transaction of the request.
        using var suppressed = new TransactionScope(TransactionScopeOption.Suppress, TransactionScopeAsyncFlowOption.Enabled);
        await using var scope = scopes.CreateAsyncScope();
        var roles = names.Value;
        var membership = new Membership(
            clock.GetUtcNow() + Lifetime,
            await load(scope.ServiceProvider, roles.Support),
            await load(scope.ServiceProvider, roles.Manager),
            await load(scope.ServiceProvider, roles.Administrator));
        suppressed.Complete();
        Volatile.Write(ref current, membership);
        return membership;
    }

    private Membership? Current() => Volatile.Read(ref current) is { } membership && membership.Until > clock.GetUtcNow() ? membership : null;

    internal sealed class Membership(
        DateTimeOffset until, IReadOnlyList<DirectoryUser> support, IReadOnlyList<DirectoryUser> managers, IReadOnlyList<DirectoryUser> administrators)
    {
        private readonly FrozenDictionary<string, HelpDeskRoles> roles = support.Select(user => (user.Id, Role: HelpDeskRoles.Support))
            .Concat(managers.Select(user => (user.Id, Role: HelpDeskRoles.Manager)))
            .Concat(administrators.Select(user => (user.Id, Role: HelpDeskRoles.Administrator)))
            .GroupBy(pair => pair.Id, pair => pair.Role, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.Aggregate((all, role) => all | role), StringComparer.Ordinal);

        public DateTimeOffset Until => until;

        public HelpDeskRoles Of(string id) => roles.GetValueOrDefault(id);

        public IReadOnlyList<DirectoryUser> InRole(HelpDeskRoles role) => role switch
        {
            HelpDeskRoles.Support => support,
            HelpDeskRoles.Manager => managers,
            HelpDeskRoles.Administrator => administrators,
            _ => throw new ArgumentOutOfRangeException(nameof(role), role, "Name exactly one role."),
        };
    }
}
