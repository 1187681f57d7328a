using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace HelpDesk.Specification.Costs;

/// <summary>What was sent to the database, as EF Core's interceptors see it; without BEGIN, COMMIT and savepoints.</summary>
public sealed class CommandLog : DbCommandInterceptor
{
    private readonly ConcurrentQueue<(string Sql, IReadOnlyList<DbParameter> Parameters)> commands = new();

    public IReadOnlyList<(string Sql, IReadOnlyList<DbParameter> Parameters)> Commands => [.. commands];

    public void Clear() => commands.Clear();

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Add(command);
        return new ValueTask<InterceptionResult<DbDataReader>>(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Add(command);
        return new ValueTask<InterceptionResult<int>>(result);
    }

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default)
    {
        Add(command);
        return new ValueTask<InterceptionResult<object>>(result);
    }

    private void Add(DbCommand command) => commands.Enqueue((command.CommandText, [.. command.Parameters.Cast<DbParameter>()]));
}
