using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Transactions;
using HelpDesk.Numbering;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HelpDesk.Persistence;

/// <summary>Gives out the values of counters: strict in the command's transaction, or from ranges reserved ahead.</summary>
internal sealed class TicketCounters(HelpDeskDb db, CounterRanges ranges, IOptions<HelpDeskOptions> options)
{
    public async Task<long> NextAsync(string scope, CommandTry attempt, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(scope);
        if (scope.Length > TicketLimits.KeyLength)
            throw new ArgumentException($"A counter's scope has at most {TicketLimits.KeyLength} characters.", nameof(scope));

        var numbering = options.Value.Numbering;
        var mode = numbering.Mode ?? (db.Dialect.HasSingleWriter ? TicketNumberMode.Strict : TicketNumberMode.Block);
        var connection = db.Context.Database.GetDbConnection();

        // A connection that cannot be cloned (a second one would lack the password) leaves only the ticket's own transaction.
        if (mode == TicketNumberMode.Block && connection is ICloneable cloneable)
        {
            // The statement names the table: tenants may have tables of their own in one database.
            var statement = db.Dialect.AddToCounter(db.Context, "@scope", "@count");
            return await ranges.NextAsync(
                (connection.ConnectionString, statement, scope),
                numbering.BlockSize,
                token => ReserveAsync(cloneable, statement, scope, numbering.BlockSize, token),
                cancellationToken);
        }

        await attempt.EnsureTransactionAsync(cancellationToken);
        var values = await db.Context.Database
            .SqlQueryRaw<long>(db.Dialect.AddToCounter(db.Context, "{0}", "{1}"), scope, 1L)
            .ToListAsync(cancellationToken);
        return values.Single();
    }

    /// <summary>
    /// Reserves a range on a connection of its own, outside any transaction of the host: reserved inside one that rolls back, the counter would return
    /// and the numbers repeat.
    /// </summary>
    private static async Task<long> ReserveAsync(ICloneable original, string statement, string scope, int count, CancellationToken cancellationToken)
    {
        using var suppressed = new TransactionScope(TransactionScopeOption.Suppress, TransactionScopeAsyncFlowOption.Enabled);
        await using var connection = (DbConnection)original.Clone();
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = statement;
        Add("@scope", scope, DbType.String);
        Add("@count", (long)count, DbType.Int64);
        var last = Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), System.Globalization.CultureInfo.InvariantCulture);
        suppressed.Complete();
        return last;

        void Add(string name, object value, DbType type)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.DbType, parameter.Value) = (name, type, value);
            command.Parameters.Add(parameter);
        }
    }
}

/// <summary>The ranges that this process has reserved and not used up. Losing them makes gaps, never repetitions.</summary>
internal sealed class CounterRanges
{
    private readonly ConcurrentDictionary<(string Database, string Statement, string Scope), Range> ranges = new();

    public Task<long> NextAsync((string Database, string Statement, string Scope) key, int size, Func<CancellationToken, Task<long>> reserve, CancellationToken cancellationToken) =>
        ranges.GetOrAdd(key, static _ => new Range()).NextAsync(size, reserve, cancellationToken);

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "A SemaphoreSlim without a wait handle holds nothing to dispose of.")]
    private sealed class Range
    {
        private readonly SemaphoreSlim gate = new(1);
        private long next = 1;
        private long last;

        public async Task<long> NextAsync(int size, Func<CancellationToken, Task<long>> reserve, CancellationToken cancellationToken)
        {
            await gate.WaitAsync(cancellationToken);
            try
            {
                if (next > last)
                {
                    last = await reserve(cancellationToken);
                    next = last - size + 1;
                }

                return next++;
            }
            finally
            {
                gate.Release();
            }
        }
    }
}
