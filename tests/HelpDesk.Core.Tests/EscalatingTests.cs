using HelpDesk.Specification.Desks;
using HelpDesk.Specification.Escalating;

namespace HelpDesk;

public sealed class SqliteEscalation(SqliteDesk desk) : EscalationSpecification(desk), IClassFixture<SqliteDesk>;

public sealed class PostgresEscalation(PostgresDesk desk) : EscalationSpecification(desk), IClassFixture<PostgresDesk>;

public sealed class SqlServerEscalation(SqlServerDesk desk) : EscalationSpecification(desk), IClassFixture<SqlServerDesk>;

public sealed class SqliteEscalationService(SqliteDesk desk) : EscalationServiceSpecification(desk), IClassFixture<SqliteDesk>;

public sealed class PostgresEscalationService(PostgresDesk desk) : EscalationServiceSpecification(desk), IClassFixture<PostgresDesk>;

public sealed class SqlitePromises(SqliteDesk desk) : PromiseSpecification(desk), IClassFixture<SqliteDesk>;

public sealed class PostgresPromises(PostgresDesk desk) : PromiseSpecification(desk), IClassFixture<PostgresDesk>;

public sealed class SqliteBugsOfOthers(SqliteDesk desk) : BugsOfOthersSpecification(desk), IClassFixture<SqliteDesk>;

public sealed class PostgresBugsOfOthers(PostgresDesk desk) : BugsOfOthersSpecification(desk), IClassFixture<PostgresDesk>;

public sealed class PostgresKilledSweep(PostgresDesk desk, ITestOutputHelper output) : KilledSweepSpecification(desk, output), IClassFixture<PostgresDesk>;

public sealed class PostgresMillionTickets(PostgresDesk desk, ITestOutputHelper output) : MillionTicketsSpecification(desk, output), IClassFixture<PostgresDesk>;
