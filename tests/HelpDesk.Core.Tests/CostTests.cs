using HelpDesk.Specification.Costs;
using HelpDesk.Specification.Desks;
using HelpDesk.Specification.Lists;

namespace HelpDesk;

public sealed class PostgresCommandCounts(PostgresDesk desk, ITestOutputHelper output) : CommandCountSpecification(desk, output), IClassFixture<PostgresDesk>;

public sealed class PostgresDepth(PostgresDesk desk, ITestOutputHelper output) : DepthSpecification(desk, output), IClassFixture<PostgresDesk>;
