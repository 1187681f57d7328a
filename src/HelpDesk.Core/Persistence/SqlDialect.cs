using System.Data.Common;
using System.Text.RegularExpressions;
using HelpDesk.Assignment;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace HelpDesk.Persistence;

/// <summary>What the databases say differently. Names come from the model, since a host may rename them, and are quoted by EF Core.</summary>
internal abstract class SqlDialect
{
    private static readonly PostgreSqlDialect PostgreSql = new();
    private static readonly SqlServerDialect SqlServer = new();
    private static readonly SqliteDialect Sqlite = new();

    /// <summary>Whether a number taken in the ticket's own transaction costs nothing, because writers wait for each other anyway.</summary>
    public virtual bool HasSingleWriter => false;

    /// <summary>The dialect of the context's provider.</summary>
    /// <exception cref="NotSupportedException">The provider is none of the three.</exception>
    public static SqlDialect For(DbContext context) => context.Database.ProviderName switch
    {
        "Npgsql.EntityFrameworkCore.PostgreSQL" => PostgreSql,
        "Microsoft.EntityFrameworkCore.SqlServer" => SqlServer,
        "Microsoft.EntityFrameworkCore.Sqlite" => Sqlite,
        var other => throw new NotSupportedException(
            $"HelpDesk runs on PostgreSQL, SQL Server and SQLite. {context.GetType().Name} uses the provider '{other}'. Use UseNpgsql, UseSqlServer or UseSqlite."),
    };

    /// <summary>Adds to a counter, from zero where there is no row yet, and returns the new value as a column "Value", in one atomic statement.</summary>
    /// <param name="context">The context whose model has the names.</param>
    /// <param name="scope">The name or placeholder of the parameter for the scope.</param>
    /// <param name="count">The same for the number to add.</param>
    public string AddToCounter(DbContext context, string scope, string count)
    {
        var counters = Table.Of<Counter>(context);
        return AddToCounter(counters.Name, counters.Column(nameof(Counter.Scope)), counters.Column(nameof(Counter.Value)), scope, count);
    }

    /// <summary>Adds the profile of an available agent without limit, unless there is one: parameters {0} for the key and {1} for the rotation counter.</summary>
    public string AddAgent(DbContext context) => AddAgent(AgentColumns.Of(context));

    /// <summary>Adds to the load of an agent, with a new profile, which has had no turn yet, where there is none: parameters {0} for the key and {1} for how much.</summary>
    public string AddLoad(DbContext context) => AddLoad(AgentColumns.Of(context));

    /// <summary>Says what an agent is doing at a ticket, in a new row or the one there is: parameters {0} for the ticket, {1} for the agent, {2} for the mode and {3} for the time of its end.</summary>
    public string SetPresence(DbContext context)
    {
        var presence = Table.Of<Presence>(context);
        return SetPresence(
            presence.Name, presence.Column(nameof(Presence.TicketId)), presence.Column(nameof(Presence.AgentId)), presence.Column(nameof(Presence.Mode)), presence.Column(nameof(Presence.Until)));
    }

    /// <summary>
    /// Makes a query of an entity's keys lock their rows, and leave those to others that they have locked: what another node works on is no longer there. The query
    /// comes from EF Core, so that the filters of the host are in it.
    /// </summary>
    /// <returns>The statement, with the keys in a column "Value".</returns>
    public string LockRows<T>(DbContext context, string query)
    {
        var table = Table.Of<T>(context);
        return $"SELECT s.{table.Column("Id")} AS {Quote(context, "Value")} FROM ({LockRows(query, table.Name)}) AS s";
    }

    protected abstract string AddToCounter(string table, string scopeColumn, string valueColumn, string scope, string count);

    protected abstract string AddAgent(AgentColumns agents);

    protected abstract string AddLoad(AgentColumns agents);

    protected abstract string SetPresence(string table, string ticket, string agent, string mode, string until);

    protected abstract string LockRows(string query, string table);

    /// <summary>Whether a statement failed because it and another waited for each other: nothing is wrong with it, and it can be tried again.</summary>
    public abstract bool IsDeadlock(DbException exception);

    private static string Quote(DbContext context, string name) => context.GetService<ISqlGenerationHelper>().DelimitIdentifier(name);

    /// <summary>The columns of a profile that have no default, and of those the key and the load.</summary>
    protected sealed record AgentColumns(string Table, string Key, string Load, string All)
    {
        public static AgentColumns Of(DbContext context)
        {
            var agents = SqlDialect.Table.Of<AgentProfile>(context);
            var key = agents.Column(nameof(AgentProfile.AgentId));
            var load = agents.Column(nameof(AgentProfile.OpenTickets));
            return new AgentColumns(
                agents.Name, key, load, $"{key}, {agents.Column(nameof(AgentProfile.IsAvailable))}, {load}, {agents.Column(nameof(AgentProfile.Assignments))}");
        }
    }

    /// <summary>A table of the model with its quoted names.</summary>
    private sealed record Table(string Name, Func<string, string> Column)
    {
        public static Table Of<T>(DbContext context)
        {
            var entity = context.Model.FindEntityType(typeof(T))!;
            var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)!.Value;
            var sql = context.GetService<ISqlGenerationHelper>();
            return new Table(
                sql.DelimitIdentifier(table.Name, table.Schema),
                property => sql.DelimitIdentifier(entity.FindProperty(property)!.GetColumnName(table)!));
        }
    }

    private class PostgreSqlDialect : SqlDialect
    {
        // A failed insert would abort the whole transaction, so the row comes into being by ON CONFLICT.
        protected override string AddToCounter(string table, string scopeColumn, string valueColumn, string scope, string count) =>
            $"""
            INSERT INTO {table} AS c ({scopeColumn}, {valueColumn}) VALUES ({scope}, {count})
            ON CONFLICT ({scopeColumn}) DO UPDATE SET {valueColumn} = c.{valueColumn} + excluded.{valueColumn}
            RETURNING {valueColumn} AS "Value"
            """;

        protected override string AddAgent(AgentColumns agents) =>
            $"INSERT INTO {agents.Table} ({agents.All}) VALUES ({{0}}, TRUE, 0, {{1}}) ON CONFLICT ({agents.Key}) DO NOTHING";

        protected override string AddLoad(AgentColumns agents) =>
            $$"""
            INSERT INTO {{agents.Table}} AS a ({{agents.All}}) VALUES ({0}, TRUE, {1}, {{AgentProfile.NoTurnYet}})
            ON CONFLICT ({{agents.Key}}) DO UPDATE SET {{agents.Load}} = a.{{agents.Load}} + excluded.{{agents.Load}}
            """;

        protected override string SetPresence(string table, string ticket, string agent, string mode, string until) =>
            $$"""
            INSERT INTO {{table}} ({{ticket}}, {{agent}}, {{mode}}, {{until}}) VALUES ({0}, {1}, {2}, {3})
            ON CONFLICT ({{ticket}}, {{agent}}) DO UPDATE SET {{mode}} = excluded.{{mode}}, {{until}} = excluded.{{until}}
            """;

        protected override string LockRows(string query, string table) => query + " FOR UPDATE SKIP LOCKED";

        public override bool IsDeadlock(DbException exception) => exception.SqlState == "40P01";
    }

    private sealed class SqliteDialect : PostgreSqlDialect
    {
        public override bool HasSingleWriter => true;

        // The one writer has locked everything.
        protected override string LockRows(string query, string table) => query;

        public override bool IsDeadlock(DbException exception) => false;
    }

    private sealed class SqlServerDialect : SqlDialect
    {
        // HOLDLOCK keeps a second inserter of the same scope waiting instead of failing on the key.
        protected override string AddToCounter(string table, string scopeColumn, string valueColumn, string scope, string count) =>
            $"""
            MERGE {table} WITH (HOLDLOCK) AS c
            USING (SELECT {scope} AS [Scope], {count} AS [Count]) AS n ON c.{scopeColumn} = n.[Scope]
            WHEN MATCHED THEN UPDATE SET {valueColumn} = c.{valueColumn} + n.[Count]
            WHEN NOT MATCHED THEN INSERT ({scopeColumn}, {valueColumn}) VALUES (n.[Scope], n.[Count])
            OUTPUT inserted.{valueColumn} AS [Value];
            """;

        protected override string AddAgent(AgentColumns agents) =>
            $"INSERT INTO {agents.Table} ({agents.All}) SELECT {{0}}, 1, 0, {{1}} WHERE NOT EXISTS (SELECT 1 FROM {agents.Table} WITH (UPDLOCK, HOLDLOCK) WHERE {agents.Key} = {{0}})";

        protected override string AddLoad(AgentColumns agents) =>
            $$"""
            MERGE {{agents.Table}} WITH (HOLDLOCK) AS a
            USING (SELECT {0} AS [Agent], {1} AS [Load]) AS n ON a.{{agents.Key}} = n.[Agent]
            WHEN MATCHED THEN UPDATE SET {{agents.Load}} = a.{{agents.Load}} + n.[Load]
            WHEN NOT MATCHED THEN INSERT ({{agents.All}}) VALUES (n.[Agent], 1, n.[Load], {{AgentProfile.NoTurnYet}});
            """;

        protected override string SetPresence(string table, string ticket, string agent, string mode, string until) =>
            $$"""
            MERGE {{table}} WITH (HOLDLOCK) AS p
            USING (SELECT {0} AS [Ticket], {1} AS [Agent], {2} AS [Mode], {3} AS [Until]) AS n ON p.{{ticket}} = n.[Ticket] AND p.{{agent}} = n.[Agent]
            WHEN MATCHED THEN UPDATE SET {{mode}} = n.[Mode], {{until}} = n.[Until]
            WHEN NOT MATCHED THEN INSERT ({{ticket}}, {{agent}}, {{mode}}, {{until}}) VALUES (n.[Ticket], n.[Agent], n.[Mode], n.[Until]);
            """;

        // READPAST is ignored, or refused, under the row versions that EF Core switches on for the databases it makes, without READCOMMITTEDLOCK. Where the query looks
        // into the table once more, it must not pass over what is locked there: "there is no earlier one" would then be said of one that is being worked on.
        protected override string LockRows(string query, string table)
        {
            var found = 0;
            return Regex.Replace(
                query, $@"{Regex.Escape(table)} AS \[[^\]]+\]", match => $"{match.Value} WITH ({(found++ == 0 ? "UPDLOCK, ROWLOCK, READPAST, READCOMMITTEDLOCK" : "READCOMMITTEDLOCK")})");
        }

        // The client's exception class is not known here; it keeps the server's error number for event logs.
        public override bool IsDeadlock(DbException exception) => exception.Data["HelpLink.EvtID"] is "1205";
    }
}
