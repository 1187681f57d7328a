using System.Diagnostics.CodeAnalysis;

namespace HelpDesk.Specification.Infrastructure;

/// <summary>The one place that decides whether a test without its server is skipped or fails.</summary>
/// <remarks>
/// Where <c>HELPDESK_REQUIRE_ALL</c> is 1, as in continuous integration, a missing PostgreSQL fails: a run that skipped the
/// tests of the main provider would pass for green. Docker cannot be had everywhere, so what needs it is always skipped.
/// Call it from a test or from the <c>InitializeAsync</c> of its class: xUnit takes a skip inside a class fixture for a failure.
/// </remarks>
public static class Requirement
{
    public const string RequireAllVariable = "HELPDESK_REQUIRE_ALL";

    /// <summary>An empty PostgreSQL database; skips or fails the test when there is no PostgreSQL.</summary>
    public static async Task<string> PostgresDatabaseAsync(CancellationToken cancellationToken)
    {
        if (await PostgresServer.GetUnavailableReasonAsync(cancellationToken) is { } reason)
        {
            Missing(reason, mayFail: true);
        }

        return await PostgresServer.CreateDatabaseAsync(cancellationToken);
    }

    /// <summary>An empty SQL Server database; skips the test when there is no SQL Server.</summary>
    public static async Task<string> SqlServerDatabaseAsync(CancellationToken cancellationToken)
    {
        if (await SqlServerContainer.GetUnavailableReasonAsync(cancellationToken) is { } reason)
        {
            Missing(reason, mayFail: false);
        }

        return await SqlServerContainer.CreateDatabaseAsync(cancellationToken);
    }

    [DoesNotReturn]
    internal static void Missing(string reason, bool mayFail)
    {
        if (mayFail && Environment.GetEnvironmentVariable(RequireAllVariable) == "1")
        {
            Assert.Fail($"{reason} This fails and is not skipped, because {RequireAllVariable} is 1.");
        }

        Assert.Skip(reason);
    }
}
