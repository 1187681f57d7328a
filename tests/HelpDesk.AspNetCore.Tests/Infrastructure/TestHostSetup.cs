using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.AspNetCore.Tests.Infrastructure;

/// <summary>What a test host does differently from the plain one.</summary>
internal sealed class TestHostSetup
{
    public string Prefix { get; init; } = "/helpdesk";

    /// <summary>Whether the host listens on a port of the loopback interface, instead of in memory.</summary>
    public bool OnKestrel { get; init; }

    /// <summary>Configuration, as <c>HelpDesk:Categories:0</c>.</summary>
    public Dictionary<string, string?> Configuration { get; init; } = [];

    /// <summary>Whether time passes by itself, for what background services do; instead of standing still until the test moves it.</summary>
    public bool OnRealClock { get; init; }

    public Func<Task<TestDatabase>> Database { get; init; } = TestDatabase.SqliteAsync;

    public Action<DbContextOptionsBuilder>? Context { get; init; }

    /// <summary>Accounts, authentication and the help desk on them; null for Identity with bearer tokens and cookies.</summary>
    public Action<IServiceCollection>? Identity { get; init; }

    /// <summary>With <see cref="Identity"/>: maps the calls that sign in.</summary>
    public Func<IEndpointRouteBuilder, IEndpointConventionBuilder>? MapIdentity { get; init; }

    /// <summary>Services of the host, after its own and the help desk's.</summary>
    public Action<IServiceCollection>? Services { get; init; }

    /// <summary>Middleware, before the endpoints.</summary>
    public Action<WebApplication>? App { get; init; }

    /// <summary>Conventions on what MapHelpDesk returns.</summary>
    public Action<IEndpointConventionBuilder>? Api { get; init; }
}
