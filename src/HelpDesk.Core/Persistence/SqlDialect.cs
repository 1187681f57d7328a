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
        var entity = context.Model.FindEntityType(typeof(Counter))!;
        var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)!.Value;
        var sql = context.GetService<ISqlGenerationHelper>();
        return AddToCounter(
            sql.DelimitIdentifier(table.Name, table.Schema), Column(nameof(Counter.Scope)), Column(nameof(Counter.Value)), scope, count);

        string Column(string property) => sql.DelimitIdentifier(entity.FindProperty(property)!.GetColumnName(table)!);
    }

    protected abstract string AddToCounter(string table, string scopeColumn, string valueColumn, string scope, string count);

    private class PostgreSqlDialect : SqlDialect
    {
        // A failed insert would abort the whole transaction, so the row comes into being by ON CONFLICT.
        protected override string AddToCounter(string table, string scopeColumn, string valueColumn, string scope, string count) =>
            $"""
            INSERT INTO {table} AS c ({scopeColumn}, {valueColumn}) VALUES ({scope}, {count})
            ON CONFLICT ({scopeColumn}) DO UPDATE SET {valueColumn} = c.{valueColumn} + excluded.{valueColumn}
            RETURNING {valueColumn} AS "Value"
            """;
    }

    private sealed class SqliteDialect : PostgreSqlDialect
    {
        public override bool HasSingleWriter => true;
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
    }
}
