using HelpDesk.Inbound;
using HelpDesk.People;
using HelpDesk.Persistence;
using HelpDesk.Tickets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HelpDesk;

/// <summary>Says at start, before the first request, what a host forgot. It looks at the model only, never at the database.</summary>
internal sealed class CompositionCheck(IServiceScopeFactory scopes) : IHostedLifecycleService
{
    // They stand where the host's call is missing, so that a container which validates itself when it is built does not complain of our own classes first.
    public static HelpDeskDb NoContext(IServiceProvider services) =>
        throw new InvalidOperationException("HelpDesk has no DbContext. Call AddHelpDesk().UseDbContext<T>() with the context that calls modelBuilder.ApplyHelpDesk().");

    public static IUserDirectory NoDirectory(IServiceProvider services) =>
        throw new InvalidOperationException("HelpDesk does not know your users. Call AddHelpDesk().UseIdentity<TUser>(), or UseUserDirectory<T>() for users of your own.");

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<HelpDeskDb>();
        _ = scope.ServiceProvider.GetRequiredService<IUserDirectory>();

        _ = db.Dialect;
        var context = db.Context.GetType().Name;
        if (db.Context.Model.FindEntityType(typeof(Ticket)) is null)
            throw new InvalidOperationException($"{context} has no tickets. Call modelBuilder.ApplyHelpDesk() in {context}.OnModelCreating, then add a migration.");
        CheckSources([.. scope.ServiceProvider.GetServices<IInboundSource>().Select(source => source.Name)]);
        return Task.CompletedTask;
    }

    private static void CheckSources(IReadOnlyList<string> names)
    {
        if (names.FirstOrDefault(name => name is not { Length: >= 1 and <= TicketLimits.WordLength } || !name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter))) is { } wrong)
            throw new InvalidOperationException($"An inbound source is named '{wrong}'. A name is 1 to {TicketLimits.WordLength} lower-case letters and digits: mails are stored under it.");
        if (names.Distinct(StringComparer.Ordinal).Count() != names.Count)
            throw new InvalidOperationException($"Two inbound sources have one name: {string.Join(", ", names)}.");
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
