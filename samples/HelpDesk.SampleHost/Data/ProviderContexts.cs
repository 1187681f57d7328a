using Microsoft.EntityFrameworkCore;

namespace HelpDesk.SampleHost.Data;

// One context per database, because EF Core finds the migrations of an assembly by their context. A host with one database needs none of these.

/// <summary>On SQLite; see Migrations/Sqlite.</summary>
public sealed class SqliteAppDbContext(DbContextOptions<SqliteAppDbContext> options) : AppDbContext(options);

/// <summary>On PostgreSQL; see Migrations/Postgres.</summary>
public sealed class PostgresAppDbContext(DbContextOptions<PostgresAppDbContext> options) : AppDbContext(options);

/// <summary>On SQL Server; see Migrations/SqlServer.</summary>
public sealed class SqlServerAppDbContext(DbContextOptions<SqlServerAppDbContext> options) : AppDbContext(options);
