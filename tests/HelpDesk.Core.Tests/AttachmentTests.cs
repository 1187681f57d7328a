using HelpDesk.Specification.Attachments;
using HelpDesk.Specification.Desks;

namespace HelpDesk;

public sealed class SqliteAttachments(SqliteDesk desk) : AttachmentSpecification(desk), IClassFixture<SqliteDesk>;

public sealed class PostgresAttachments(PostgresDesk desk) : AttachmentSpecification(desk), IClassFixture<PostgresDesk>;

public sealed class SqlServerAttachments(SqlServerDesk desk) : AttachmentSpecification(desk), IClassFixture<SqlServerDesk>;

public sealed class SqliteFileSweep(SqliteDesk desk, ITestOutputHelper output) : SweepSpecification(desk, output), IClassFixture<SqliteDesk>;

public sealed class PostgresFileSweep(PostgresDesk desk, ITestOutputHelper output) : SweepSpecification(desk, output), IClassFixture<PostgresDesk>;

public sealed class SqlServerFileSweep(SqlServerDesk desk, ITestOutputHelper output) : SweepSpecification(desk, output), IClassFixture<SqlServerDesk>;

public sealed class SqliteUploadFaults(SqliteDesk desk) : UploadFaultSpecification(desk), IClassFixture<SqliteDesk>;

public sealed class PostgresUploadFaults(PostgresDesk desk) : UploadFaultSpecification(desk), IClassFixture<PostgresDesk>;

public sealed class SqlServerUploadFaults(SqlServerDesk desk) : UploadFaultSpecification(desk), IClassFixture<SqlServerDesk>;

public sealed class SqliteKilledUploads(SqliteDesk desk, ITestOutputHelper output) : KilledUploadSpecification(desk, output), IClassFixture<SqliteDesk>;

public sealed class PostgresKilledUploads(PostgresDesk desk, ITestOutputHelper output) : KilledUploadSpecification(desk, output), IClassFixture<PostgresDesk>;
