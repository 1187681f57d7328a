using HelpDesk.Specification.Desks;
using HelpDesk.Specification.Outbox;

namespace HelpDesk;

public sealed class SqliteDispatch(SqliteDesk desk) : DispatchSpecification(desk), IClassFixture<SqliteDesk>;

public sealed class PostgresDispatch(PostgresDesk desk) : DispatchSpecification(desk), IClassFixture<PostgresDesk>;

public sealed class SqlServerDispatch(SqlServerDesk desk) : DispatchSpecification(desk), IClassFixture<SqlServerDesk>;

public sealed class SqliteDeadLetters(SqliteDesk desk) : DeadLetterSpecification(desk), IClassFixture<SqliteDesk>;

public sealed class PostgresDeadLetters(PostgresDesk desk) : DeadLetterSpecification(desk), IClassFixture<PostgresDesk>;

public sealed class SqlServerDeadLetters(SqlServerDesk desk) : DeadLetterSpecification(desk), IClassFixture<SqlServerDesk>;

public sealed class SqliteOutboxService(SqliteDesk desk) : OutboxServiceSpecification(desk), IClassFixture<SqliteDesk>;

public sealed class PostgresOutboxService(PostgresDesk desk) : OutboxServiceSpecification(desk), IClassFixture<PostgresDesk>;

public sealed class SqlServerOutboxService(SqlServerDesk desk) : OutboxServiceSpecification(desk), IClassFixture<SqlServerDesk>;

public sealed class SqliteRetention(SqliteDesk desk) : RetentionSpecification(desk), IClassFixture<SqliteDesk>;

public sealed class PostgresRetention(PostgresDesk desk) : RetentionSpecification(desk), IClassFixture<PostgresDesk>;

public sealed class SqlServerRetention(SqlServerDesk desk) : RetentionSpecification(desk), IClassFixture<SqlServerDesk>;

public sealed class PostgresScopeCommit(PostgresDesk desk) : ScopeCommitSpecification(desk), IClassFixture<PostgresDesk>;

public sealed class SqlServerScopeCommit(SqlServerDesk desk) : ScopeCommitSpecification(desk), IClassFixture<SqlServerDesk>;

public sealed class PostgresOutboxCost(PostgresDesk desk, ITestOutputHelper output) : OutboxCostSpecification(desk, output), IClassFixture<PostgresDesk>;

public sealed class SqliteStorm(SqliteDesk desk, ITestOutputHelper output) : StormSpecification(desk, output), IClassFixture<SqliteDesk>
{
    protected override int Processes => 1;
}

public sealed class PostgresStorm(PostgresDesk desk, ITestOutputHelper output) : StormSpecification(desk, output), IClassFixture<PostgresDesk>
{
    protected override int Processes => 3;
}
