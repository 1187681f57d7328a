using HelpDesk.Assignment;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Specification.Desks;

/// <summary>What one host does differently from the plain one.</summary>
public sealed class DeskSetup
{
    /// <summary>How the host sets up its context, after the provider.</summary>
    public Action<DbContextOptionsBuilder>? Context { get; init; }

    /// <summary>What the host sets on each context that it is given.</summary>
    public Action<DbContext>? EachContext { get; init; }

    public Action<HelpDeskOptions>? Options { get; init; }

    /// <summary>Who is assigned. Nobody, unless a test is about that.</summary>
    public BuiltInStrategy Strategy { get; set; } = BuiltInStrategy.None;

    public Action<HelpDeskBuilder>? HelpDesk { get; init; }

    /// <summary>Whether two handlers of events are registered.</summary>
    public bool HasHandlers { get; init; } = true;

    /// <summary>The folder for files; null for one of its own.</summary>
    public string? Files { get; init; }

    /// <summary>How the context is registered; null for AddDbContext.</summary>
    public Action<IServiceCollection, Action<DbContextOptionsBuilder>>? AddContext { get; init; }

    /// <summary>Replaces the provider's own setting-up, for options that only it has.</summary>
    public Action<DbContextOptionsBuilder>? Provider { get; init; }
}
