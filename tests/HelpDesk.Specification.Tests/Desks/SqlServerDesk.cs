using HelpDesk.Specification.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Specification.Desks;

/// <summary>Skips without Docker.</summary>
public sealed class SqlServerDesk : HelpDeskFixture
{
    public override string Name => "SqlServer";

    public override void Configure(DbContextOptionsBuilder options, string connectionString) => options.UseSqlServer(connectionString);

    protected override Task<string> CreateDatabaseAsync(CancellationToken cancellationToken) => Requirement.SqlServerDatabaseAsync(cancellationToken);

    protected override Task DropDatabaseAsync(string connectionString) => SqlServerContainer.DropDatabaseAsync(connectionString, CancellationToken.None);
}
