using HelpDesk.Specification.Desks;
using HelpDesk.Specification.Faults;

namespace HelpDesk;

public sealed class SqliteFaults(SqliteDesk desk) : FaultSpecification(desk), IClassFixture<SqliteDesk>;

public sealed class PostgresFaults(PostgresDesk desk) : FaultSpecification(desk), IClassFixture<PostgresDesk>;

public sealed class PostgresRetries(PostgresDesk desk) : RetrySpecification(desk), IClassFixture<PostgresDesk>;
