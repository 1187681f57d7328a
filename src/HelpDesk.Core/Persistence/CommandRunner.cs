using System.Data.Common;
using System.Diagnostics;
using System.Transactions;
using HelpDesk.Events;
using HelpDesk.Service;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Logging;

namespace HelpDesk.Persistence;

/// <summary>Runs a command as one commit, however the host's context is set up.</summary>
/// <remarks>
/// Where the host has a transaction open, the command is a part of it (behind a savepoint); else it runs in the context's own execution strategy, with
/// everything read again in each try. A try that lost against another writer is repeated, from the second time on behind a lock of the ticket's row.
/// What a command returns must be complete when it is handed over to be stored: nothing that can fail comes after the commit.
/// </remarks>
internal sealed class CommandRunner(
    HelpDeskDb db, WriterQueue queue, TicketEventHandlers handlers, CommitObserver commits, ILogger<CommandRunner> logger)
{
    private const int MostTries = 10;
    private const string Savepoint = "helpdesk_command";

    /// <param name="name">The command's name in traces.</param>
    /// <param name="command">The command; it may be run more than once.</param>
    /// <param name="cancellationToken">Cancels it, as long as nothing is committed.</param>
    public async Task<T> RunAsync<T>(string name, Func<CommandTry, CancellationToken, Task<T>> command, CancellationToken cancellationToken)
    {
        using var activity = HelpDeskTelemetry.Start(name);
        try
        {
            return await RunAsync(command, cancellationToken);
        }
        catch (Exception exception)
        {
            activity?.SetStatus(ActivityStatusCode.Error, exception.GetType().Name);
            throw;
        }
    }

    private async Task<T> RunAsync<T>(Func<CommandTry, CancellationToken, Task<T>> command, CancellationToken cancellationToken)
    {
        // In a TransactionScope there is no savepoint to return to, so no race may be lost there: the ticket is locked from the start.
        // Nor is there one in a transaction of the host whose driver has none (SQL Server with several active result sets).
        var ambient = Transaction.Current is not null || db.Context.Database.GetEnlistedTransaction() is not null
            || db.Context.Database.CurrentTransaction is { SupportsSavepoints: false };
        for (var number = 1; ; number++)
        {
            var mayCollide = false;
            try
            {
                return await TryAsync(Observed, lockFirst: number > 1 || ambient, ambient, cancellationToken);
            }
            catch (DbUpdateConcurrencyException exception) when (!ambient && exception.Entries.All(TrackedState.IsOurs))
            {
                if (number == MostTries)
                    throw new ConflictException();
            }
            catch (Exception exception) when (!ambient && db.Context.Database.CurrentTransaction is null && number < MostTries && IsDeadlock(exception))
            {
                // The database has chosen this command to give way. The other one is through by now.
            }
            catch (DbUpdateException) when (!ambient && mayCollide && number < 3)
            {
                // Most likely another command inserted the same key first: the next try finds it.
            }

            async Task<T> Observed(CommandTry attempt, CancellationToken token)
            {
                var result = await command(attempt, token);
                mayCollide = attempt.MayCollide;
                return result;
            }
        }
    }

    private bool IsDeadlock(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is DbException fromDatabase && db.Dialect.IsDeadlock(fromDatabase))
                return true;
        }

        return false;
    }

    private async Task<T> TryAsync<T>(Func<CommandTry, CancellationToken, Task<T>> command, bool lockFirst, bool ambient, CancellationToken cancellationToken)
    {
        var context = db.Context;
        var state = new TrackedState(context);
        try
        {
            var (attempt, result) = context.Database.CurrentTransaction is { } host ? await InHostTransactionAsync(host, command, state, lockFirst, cancellationToken)
                : ambient ? await OnceAsync(NewTry(inOuterTransaction: true, repeats: false), command, cancellationToken)
                : await InOwnTransactionAsync(repeats => NewTry(inOuterTransaction: false, repeats), command, state, cancellationToken);
            attempt.Accept();
            state.Forget();
            commits.Stored(context, attempt.Changes);
            return result;
        }
        catch
        {
            state.Restore();
            throw;
        }

        CommandTry NewTry(bool inOuterTransaction, bool repeats) => new(db, queue, handlers.Names, state, lockFirst, inOuterTransaction, repeats);
    }

    private async Task<(CommandTry Attempt, T Result)> InOwnTransactionAsync<T>(
        Func<bool, CommandTry> newTry, Func<CommandTry, CancellationToken, Task<T>> command, TrackedState state, CancellationToken cancellationToken)
    {
        var isRepeated = false;
        (CommandTry Attempt, T Result)? last = null;
        var strategy = db.Context.Database.CreateExecutionStrategy();
        return await strategy.ExecuteAsync(
            0,
            async (_, _, token) =>
            {
                if (isRepeated)
                    state.Restore();
                isRepeated = true;
                last = null;
                return await OnceAsync(newTry(strategy.RetriesOnFailure), Observed, token);
            },
            async (_, _, token) => last is { } tried && await tried.Attempt.WasStoredAsync(token)
                ? new ExecutionResult<(CommandTry, T)>(true, tried)
                : new ExecutionResult<(CommandTry, T)>(false, default),
            cancellationToken);

        async Task<T> Observed(CommandTry attempt, CancellationToken token)
        {
            var result = await command(attempt, token);
            last = (attempt, result);
            return result;
        }
    }

    private async Task<(CommandTry Attempt, T Result)> InHostTransactionAsync<T>(
        IDbContextTransaction host, Func<CommandTry, CancellationToken, Task<T>> command, TrackedState state, bool lockFirst, CancellationToken cancellationToken)
    {
        if (host.SupportsSavepoints)
            await host.CreateSavepointAsync(Savepoint, cancellationToken);
        try
        {
            var done = await OnceAsync(new CommandTry(db, queue, handlers.Names, state, lockFirst, inOuterTransaction: true, repeats: false), command, cancellationToken);
            if (host.SupportsSavepoints)
                await host.ReleaseSavepointAsync(Savepoint, cancellationToken);
            return done;
        }
        catch (Exception) when (host.SupportsSavepoints)
        {
            await RollBackToSavepointAsync(host);
            throw;
        }
    }

    private async Task RollBackToSavepointAsync(IDbContextTransaction host)
    {
        try
        {
            await host.RollbackToSavepointAsync(Savepoint, CancellationToken.None);
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException)
        {
            // The failure that led here is the one to report; with this connection the host cannot commit anyway.
            Log.SavepointLost(logger, exception);
        }
    }

    private static async Task<(CommandTry Attempt, T Result)> OnceAsync<T>(
        CommandTry attempt, Func<CommandTry, CancellationToken, Task<T>> command, CancellationToken cancellationToken)
    {
        await using (attempt)
        {
            var result = await command(attempt, cancellationToken);
            await attempt.SaveAsync(cancellationToken);
            return (attempt, result);
        }
    }
}
