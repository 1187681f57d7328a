using HelpDesk.Specification.Assigning;
using HelpDesk.Specification.Desks;

namespace HelpDesk;

public sealed class SqliteAssignment(SqliteDesk desk) : AssignmentSpecification(desk), IClassFixture<SqliteDesk>;

public sealed class PostgresAssignment(PostgresDesk desk) : AssignmentSpecification(desk), IClassFixture<PostgresDesk>;

public sealed class SqlServerAssignment(SqlServerDesk desk) : AssignmentSpecification(desk), IClassFixture<SqlServerDesk>;

public sealed class SqliteAssignmentAtOnce(SqliteDesk desk, ITestOutputHelper output) : AtOnceSpecification(desk, output), IClassFixture<SqliteDesk>;

public sealed class PostgresAssignmentAtOnce(PostgresDesk desk, ITestOutputHelper output) : AtOnceSpecification(desk, output), IClassFixture<PostgresDesk>;

public sealed class SqliteQueue(SqliteDesk desk) : QueueSpecification(desk), IClassFixture<SqliteDesk>;

public sealed class PostgresQueue(PostgresDesk desk) : QueueSpecification(desk), IClassFixture<PostgresDesk>;
