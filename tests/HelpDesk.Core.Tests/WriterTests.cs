using HelpDesk.Specification.Desks;
using HelpDesk.Specification.Writers;

namespace HelpDesk;

public sealed class SqliteTwoWriters(SqliteDesk desk) : TwoWritersSpecification(desk), IClassFixture<SqliteDesk>;

public sealed class PostgresTwoWriters(PostgresDesk desk) : TwoWritersSpecification(desk), IClassFixture<PostgresDesk>;

public sealed class SqliteIdempotency(SqliteDesk desk) : IdempotencySpecification(desk), IClassFixture<SqliteDesk>;

public sealed class PostgresIdempotency(PostgresDesk desk) : IdempotencySpecification(desk), IClassFixture<PostgresDesk>;
