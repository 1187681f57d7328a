using HelpDesk.Specification.Desks;
using Npgsql;

namespace HelpDesk.Specification.Escalating;

/// <summary>Tickets that no test could open one by one, inserted into PostgreSQL as commands would have left them.</summary>
internal static class DueTickets
{
    /// <summary>Adds open tickets whose resolution is due at a time, each with its target.</summary>
    public static async Task AddAsync(HelpDeskFixture fixture, string prefix, int count, DateTimeOffset dueAt, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(await fixture.DatabaseAsync<DeskContext>());
        await connection.OpenAsync(cancellationToken);
        await using var fill = new NpgsqlCommand(
            """
            CREATE TEMP TABLE filling AS SELECT n, gen_random_uuid() AS id, $2 + n * interval '1 microsecond' AS due FROM generate_series(1, $1) AS n;
            INSERT INTO "HelpDeskTickets" ("Id", "Number", "RequesterId", "RequesterParticipantId", "AssigneeId", "Subject", "Status", "Priority", "Category", "Channel",
                "CreatedAt", "UpdatedAt", "Version", "PublicUpdatedAt", "PublicVersion", "LastSequence", "DueAt", "DueSort", "SlaCheckAt")
            SELECT id, $3 || n, 'many', id, 'ann', 'Ticket ' || n, 'open', 20, NULL, 'web', $4, $4, id, $4, id, 2, due, due, due
            FROM filling;
            INSERT INTO "HelpDeskTargets" ("TicketId", "Kind", "Instance", "StartedAt", "DueAt") SELECT id, 'resolution', 1, $4, due FROM filling;
            DROP TABLE filling;
            """.Replace("$1", $"{count}", StringComparison.Ordinal)
                .Replace("$2", $"timestamptz '{dueAt.UtcDateTime:O}'", StringComparison.Ordinal)
                .Replace("$3", $"'{prefix}'", StringComparison.Ordinal)
                .Replace("$4", $"timestamptz '{dueAt.UtcDateTime.AddDays(-1):O}'", StringComparison.Ordinal),
            connection) { CommandTimeout = 600 };
        await fill.ExecuteNonQueryAsync(cancellationToken);
        await using var analyze = new NpgsqlCommand("VACUUM ANALYZE", connection) { CommandTimeout = 600 };
        await analyze.ExecuteNonQueryAsync(cancellationToken);
    }
}
