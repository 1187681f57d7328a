using HelpDesk.Specification.Desks;
using HelpDesk.Specification.Inbound;

namespace HelpDesk;

public sealed class SqliteMailRouting(SqliteDesk desk) : RoutingSpecification(desk), IClassFixture<SqliteDesk>;

public sealed class PostgresMailRouting(PostgresDesk desk) : RoutingSpecification(desk), IClassFixture<PostgresDesk>;

public sealed class SqliteMailReceipt(SqliteDesk desk) : ReceiptSpecification(desk), IClassFixture<SqliteDesk>;

public sealed class PostgresMailReceipt(PostgresDesk desk) : ReceiptSpecification(desk), IClassFixture<PostgresDesk>;

public sealed class SqliteMailAttacks(SqliteDesk desk) : AttackSpecification(desk), IClassFixture<SqliteDesk>;

public sealed class PostgresMailAttacks(PostgresDesk desk) : AttackSpecification(desk), IClassFixture<PostgresDesk>;

public sealed class SqliteAutomaticMail(SqliteDesk desk) : AutomaticMailSpecification(desk), IClassFixture<SqliteDesk>;

public sealed class PostgresAutomaticMail(PostgresDesk desk) : AutomaticMailSpecification(desk), IClassFixture<PostgresDesk>;

public sealed class SqliteMailbox(SqliteDesk desk) : MailboxSpecification(desk), IClassFixture<SqliteDesk>;

public sealed class PostgresMailbox(PostgresDesk desk) : MailboxSpecification(desk), IClassFixture<PostgresDesk>;

public sealed class SqliteMailClaims(SqliteDesk desk) : ClaimSpecification(desk), IClassFixture<SqliteDesk>;

public sealed class PostgresMailClaims(PostgresDesk desk) : ClaimSpecification(desk), IClassFixture<PostgresDesk>;
