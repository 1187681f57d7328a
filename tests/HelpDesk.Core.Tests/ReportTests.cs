using HelpDesk.Specification.Desks;
using HelpDesk.Specification.Reports;

namespace HelpDesk;

public sealed class SqliteReports(SqliteDesk desk) : ReportSpecification(desk), IClassFixture<SqliteDesk>;

public sealed class PostgresReports(PostgresDesk desk) : ReportSpecification(desk), IClassFixture<PostgresDesk>;

public sealed class SqlServerReports(SqlServerDesk desk) : ReportSpecification(desk), IClassFixture<SqlServerDesk>;

public sealed class SqliteExports(SqliteDesk desk) : ExportSpecification(desk), IClassFixture<SqliteDesk>;

public sealed class PostgresExports(PostgresDesk desk) : ExportSpecification(desk), IClassFixture<PostgresDesk>;

public sealed class SqlServerExports(SqlServerDesk desk) : ExportSpecification(desk), IClassFixture<SqlServerDesk>;

public sealed class SqliteReportCosts(SqliteDesk desk, ITestOutputHelper output) : ReportCostSpecification(desk, output), IClassFixture<SqliteDesk>;

public sealed class PostgresReportCosts(PostgresDesk desk, ITestOutputHelper output) : ReportCostSpecification(desk, output), IClassFixture<PostgresDesk>;
