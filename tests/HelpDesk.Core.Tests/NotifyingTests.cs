using HelpDesk.Specification.Desks;
using HelpDesk.Specification.Notifying;

namespace HelpDesk;

public sealed class SqliteWhoIsTold(SqliteDesk desk) : WhoIsToldSpecification(desk), IClassFixture<SqliteDesk>;

public sealed class PostgresWhoIsTold(PostgresDesk desk) : WhoIsToldSpecification(desk), IClassFixture<PostgresDesk>;

public sealed class SqlServerWhoIsTold(SqlServerDesk desk) : WhoIsToldSpecification(desk), IClassFixture<SqlServerDesk>;

public sealed class SqliteSending(SqliteDesk desk) : SendingSpecification(desk), IClassFixture<SqliteDesk>;

public sealed class PostgresSending(PostgresDesk desk) : SendingSpecification(desk), IClassFixture<PostgresDesk>;

public sealed class SqlServerSending(SqlServerDesk desk) : SendingSpecification(desk), IClassFixture<SqlServerDesk>;
