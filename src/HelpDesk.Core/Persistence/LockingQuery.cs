using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Persistence;

/// <summary>Queries of EF Core that are sent otherwise than EF Core sends them: locking what they read, or without a word in its log.</summary>
internal static class LockingQuery
{
    /// <summary>Reads the keys of entities and locks their rows, passing over what another transaction has locked. Call it inside a transaction.</summary>
    public static async Task<List<Guid>> LockAsync<TEntity>(this HelpDeskDb db, IQueryable<Guid> keys, CancellationToken cancellationToken)
    {
        await using var command = keys.CreateDbCommand();
        var parameters = command.Parameters.Cast<object>().ToArray();
        command.Parameters.Clear();
        var locking = db.Dialect.LockRows<TEntity>(db.Context, command.CommandText)
            .Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);
        return await db.Context.Database.SqlQueryRaw<Guid>(locking, parameters).ToListAsync(cancellationToken);
    }

    /// <summary>Whether a query finds anything. It does not pass through EF Core's log, where a look each second would bury everything else.</summary>
    public static Task<bool> AnyQuietlyAsync<T>(this HelpDeskDb db, IQueryable<T> query, CancellationToken cancellationToken) =>
        db.SendQuietlyAsync(query.Take(1), async command => await command.ExecuteScalarAsync(cancellationToken) is not null, cancellationToken);

    /// <summary>Reads what a query finds, likewise.</summary>
    /// <param name="db">The context.</param>
    /// <param name="query">A projection to columns.</param>
    /// <param name="read">Makes a row of them; they come in the order of the projection.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public static Task<List<T>> ReadQuietlyAsync<T>(this HelpDeskDb db, IQueryable<T> query, Func<DbDataReader, T> read, CancellationToken cancellationToken) => db.SendQuietlyAsync(
        query,
        async command =>
        {
            var rows = new List<T>();
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
                rows.Add(read(reader));
            return rows;
        },
        cancellationToken);

    private static async Task<TResult> SendQuietlyAsync<T, TResult>(this HelpDeskDb db, IQueryable<T> query, Func<DbCommand, Task<TResult>> send, CancellationToken cancellationToken)
    {
        await db.Context.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = query.CreateDbCommand();
            return await send(command);
        }
        finally
        {
            await db.Context.Database.CloseConnectionAsync();
        }
    }
}
