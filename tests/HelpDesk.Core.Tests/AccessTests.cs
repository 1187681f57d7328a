using HelpDesk.Specification.Access;
using HelpDesk.Specification.Desks;

namespace HelpDesk;

public sealed class SqliteAccess(SqliteDesk desk) : AccessSpecification(desk), IClassFixture<SqliteDesk>;

public sealed class PostgresAccess(PostgresDesk desk) : AccessSpecification(desk), IClassFixture<PostgresDesk>;
