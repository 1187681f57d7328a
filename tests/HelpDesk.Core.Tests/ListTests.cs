using HelpDesk.Specification.Desks;
using HelpDesk.Specification.Lists;

namespace HelpDesk;

public sealed class SqliteSearch(SqliteDesk desk) : SearchSpecification(desk), IClassFixture<SqliteDesk>;

public sealed class PostgresSearch(PostgresDesk desk) : SearchSpecification(desk), IClassFixture<PostgresDesk>;

public sealed class SqlitePaging(SqliteDesk desk) : PagingSpecification(desk), IClassFixture<SqliteDesk>;

public sealed class PostgresPaging(PostgresDesk desk) : PagingSpecification(desk), IClassFixture<PostgresDesk>;
