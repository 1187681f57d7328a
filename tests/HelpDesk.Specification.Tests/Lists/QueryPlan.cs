using System.Data.Common;
using System.Text.Json;
using HelpDesk.Specification.Desks;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HelpDesk.Specification.Lists;

/// <summary>How PostgreSQL has read something.</summary>
/// <param name="Buffers">How many pages.</param>
/// <param name="Rows">The most rows that one step of the plan had in its hands, those among them that it threw away.</param>
/// <param name="Nodes">The kinds of its steps.</param>
internal sealed record QueryPlan(long Buffers, long Rows, IReadOnlyList<string> Nodes)
{
    public static async Task<QueryPlan> ExplainAsync(Desk desk, string sql, IReadOnlyList<DbParameter> parameters, CancellationToken cancellationToken)
    {
        await using var scope = desk.NewScope();
        var connection = scope.Context.Database.GetDbConnection();
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + sql;
        foreach (var parameter in parameters)
            command.Parameters.Add(((NpgsqlParameter)parameter).Clone());
        using var plan = JsonDocument.Parse((string)(await command.ExecuteScalarAsync(cancellationToken))!);
        var root = plan.RootElement[0].GetProperty("Plan");
        var buffers = root.GetProperty("Shared Hit Blocks").GetInt64() + root.GetProperty("Shared Read Blocks").GetInt64();
        var nodes = NodesOf(root).ToList();
        return new QueryPlan(buffers, nodes.Max(node => node.Rows), [.. nodes.Select(node => node.Type)]);
    }

    private static IEnumerable<(string Type, long Rows)> NodesOf(JsonElement node)
    {
        var removed = node.TryGetProperty("Rows Removed by Filter", out var filtered) ? filtered.GetDouble() : 0;
        var loops = node.GetProperty("Actual Loops").GetDouble();
        yield return (node.GetProperty("Node Type").GetString()!, (long)((node.GetProperty("Actual Rows").GetDouble() + removed) * loops));
        if (!node.TryGetProperty("Plans", out var children))
            yield break;
        foreach (var child in children.EnumerateArray().SelectMany(NodesOf))
            yield return child;
    }
}
