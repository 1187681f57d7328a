using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Persistence;

/// <summary>Queries of EF Core that lock what they read.</summary>
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
    public static async Task<bool> AnyQuietlyAsync<T>(this HelpDeskDb db, IQueryable<T> query, CancellationToken cancellationToken)
    {
        await db.Context.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = query.Take(1).CreateDbCommand();
            return await command.ExecuteScalarAsync(cancellationToken) is not null;
        }
        finally
        {
            await db.Context.Database.CloseConnectionAsync();
        }
    }
}
