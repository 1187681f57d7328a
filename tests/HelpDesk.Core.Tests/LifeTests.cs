using HelpDesk.Specification.Desks;
using HelpDesk.Specification.Life;
using HelpDesk.Specification.SavedReplies;

namespace HelpDesk;

public sealed class SqliteMoves(SqliteDesk desk) : MoveSpecification(desk), IClassFixture<SqliteDesk>;

public sealed class PostgresMoves(PostgresDesk desk) : MoveSpecification(desk), IClassFixture<PostgresDesk>;

public sealed class SqlServerMoves(SqlServerDesk desk) : MoveSpecification(desk), IClassFixture<SqlServerDesk>;

public sealed class SqliteReplies(SqliteDesk desk) : ReplySpecification(desk), IClassFixture<SqliteDesk>;

public sealed class PostgresReplies(PostgresDesk desk) : ReplySpecification(desk), IClassFixture<PostgresDesk>;

public sealed class SqlServerReplies(SqlServerDesk desk) : ReplySpecification(desk), IClassFixture<SqlServerDesk>;

public sealed class SqliteNotes(SqliteDesk desk) : NoteSpecification(desk), IClassFixture<SqliteDesk>;

public sealed class PostgresNotes(PostgresDesk desk) : NoteSpecification(desk), IClassFixture<PostgresDesk>;

public sealed class SqlServerNotes(SqlServerDesk desk) : NoteSpecification(desk), IClassFixture<SqlServerDesk>;

public sealed class SqliteOpening(SqliteDesk desk) : OpenSpecification(desk), IClassFixture<SqliteDesk>;

public sealed class PostgresOpening(PostgresDesk desk) : OpenSpecification(desk), IClassFixture<PostgresDesk>;

public sealed class SqlServerOpening(SqlServerDesk desk) : OpenSpecification(desk), IClassFixture<SqlServerDesk>;

public sealed class SqliteChanges(SqliteDesk desk) : ChangeSpecification(desk), IClassFixture<SqliteDesk>;

public sealed class PostgresChanges(PostgresDesk desk) : ChangeSpecification(desk), IClassFixture<PostgresDesk>;

public sealed class SqlServerChanges(SqlServerDesk desk) : ChangeSpecification(desk), IClassFixture<SqlServerDesk>;

public sealed class SqliteTrail(SqliteDesk desk) : TrailSpecification(desk), IClassFixture<SqliteDesk>;

public sealed class PostgresTrail(PostgresDesk desk) : TrailSpecification(desk), IClassFixture<PostgresDesk>;

public sealed class SqlServerTrail(SqlServerDesk desk) : TrailSpecification(desk), IClassFixture<SqlServerDesk>;

public sealed class SqliteChangesOfMany(SqliteDesk desk) : ChangeManySpecification(desk), IClassFixture<SqliteDesk>;

public sealed class PostgresChangesOfMany(PostgresDesk desk) : ChangeManySpecification(desk), IClassFixture<PostgresDesk>;

public sealed class SqlServerChangesOfMany(SqlServerDesk desk) : ChangeManySpecification(desk), IClassFixture<SqlServerDesk>;

public sealed class SqliteSavedReplies(SqliteDesk desk) : SavedReplySpecification(desk), IClassFixture<SqliteDesk>;

public sealed class PostgresSavedReplies(PostgresDesk desk) : SavedReplySpecification(desk), IClassFixture<PostgresDesk>;

public sealed class SqlServerSavedReplies(SqlServerDesk desk) : SavedReplySpecification(desk), IClassFixture<SqlServerDesk>;
