using HelpDesk.Specification.Desks;
using HelpDesk.Specification.Feed;

namespace HelpDesk;

public sealed class SqliteFeedOrder(SqliteDesk desk) : FeedOrderSpecification(desk), IClassFixture<SqliteDesk>;

public sealed class PostgresFeedOrder(PostgresDesk desk) : FeedOrderSpecification(desk), IClassFixture<PostgresDesk>;

public sealed class SqlServerFeedOrder(SqlServerDesk desk) : FeedOrderSpecification(desk), IClassFixture<SqlServerDesk>;

public sealed class SqliteFeedBounds(SqliteDesk desk) : FeedBoundsSpecification(desk), IClassFixture<SqliteDesk>;

public sealed class PostgresFeedBounds(PostgresDesk desk) : FeedBoundsSpecification(desk), IClassFixture<PostgresDesk>;

public sealed class SqlServerFeedBounds(SqlServerDesk desk) : FeedBoundsSpecification(desk), IClassFixture<SqlServerDesk>;

public sealed class SqliteFeedAccess(SqliteDesk desk) : FeedAccessSpecification(desk), IClassFixture<SqliteDesk>;

public sealed class PostgresFeedAccess(PostgresDesk desk) : FeedAccessSpecification(desk), IClassFixture<PostgresDesk>;

public sealed class SqlServerFeedAccess(SqlServerDesk desk) : FeedAccessSpecification(desk), IClassFixture<SqlServerDesk>;

public sealed class SqlitePresence(SqliteDesk desk) : PresenceSpecification(desk), IClassFixture<SqliteDesk>;

public sealed class PostgresPresence(PostgresDesk desk) : PresenceSpecification(desk), IClassFixture<PostgresDesk>;

public sealed class SqlServerPresence(SqlServerDesk desk) : PresenceSpecification(desk), IClassFixture<SqlServerDesk>;
