using HelpDesk.Specification.Desks;
using HelpDesk.Specification.Numbering;

namespace HelpDesk;

public sealed class SqliteManyWriters(SqliteDesk desk, ITestOutputHelper output) : ManyWritersSpecification(desk, output), IClassFixture<SqliteDesk>;

public sealed class PostgresManyWriters(PostgresDesk desk, ITestOutputHelper output) : ManyWritersSpecification(desk, output), IClassFixture<PostgresDesk>;

public sealed class SqliteNumbering(SqliteDesk desk) : NumberingSpecification(desk), IClassFixture<SqliteDesk>;

public sealed class PostgresNumbering(PostgresDesk desk) : NumberingSpecification(desk), IClassFixture<PostgresDesk>;

public sealed class PostgresBlockNumbering(PostgresDesk desk, ITestOutputHelper output) : BlockNumberingSpecification(desk, output), IClassFixture<PostgresDesk>;
