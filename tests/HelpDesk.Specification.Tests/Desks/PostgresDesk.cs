using HelpDesk.Specification.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Specification.Desks;

public sealed class PostgresDesk : HelpDeskFixture
{
    public override string Name => "Postgres";

    public override void Configure(DbContextOptionsBuilder options, string connectionString) => options.UseNpgsql(connectionString);

    protected override Task<string> CreateDatabaseAsync(CancellationToken cancellationToken) => Requirement.PostgresDatabaseAsync(cancellationToken);

    protected override Task DropDatabaseAsync(string connectionString) => PostgresServer.DropDatabaseAsync(connectionString, CancellationToken.None);
}
