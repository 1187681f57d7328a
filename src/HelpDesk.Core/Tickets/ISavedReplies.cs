namespace HelpDesk.Tickets;

/// <summary>The texts that agents answer with again and again: each agent's own, and those that are shared. Call it; do not implement it.</summary>
/// <remarks>
/// Scoped. Like each command, a change is one commit, in the host's transaction where one is open. A shared one is changed and deleted by its owner and by managers;
/// one that is not shared exists for its owner only. An agent has at most 100 of their own, and all agents together share at most 500.
/// Whoever is no agent gets a <see cref="ForbiddenException"/>.
/// </remarks>
public interface ISavedReplies
{
    /// <summary>Lists the agent's own and the shared ones, by title.</summary>
    Task<IReadOnlyList<SavedReplyView>> ListAsync(Actor actor, CancellationToken cancellationToken = default);

    /// <summary>Finds one; null where there is none for the agent.</summary>
    Task<SavedReplyView?> FindAsync(Actor actor, Guid id, CancellationToken cancellationToken = default);

    /// <summary>Adds one to the agent's own.</summary>
    /// <exception cref="ValidationException">A field is not acceptable, or there are too many already.</exception>
    Task<SavedReplyView> AddAsync(AddSavedReply command, CancellationToken cancellationToken = default);

    /// <summary>Replaces title, text and whether it is shared; it stays its owner's.</summary>
    /// <exception cref="ValidationException">A field is not acceptable, or there are too many already.</exception>
    /// <exception cref="NotFoundException">There is none for the agent.</exception>
    /// <exception cref="ForbiddenException">It is another agent's, and the actor is no manager.</exception>
    Task<SavedReplyView> ChangeAsync(ChangeSavedReply command, CancellationToken cancellationToken = default);

    /// <summary>Deletes one.</summary>
    /// <exception cref="NotFoundException">There is none for the agent.</exception>
    /// <exception cref="ForbiddenException">It is another agent's, and the actor is no manager.</exception>
    Task DeleteAsync(DeleteSavedReply command, CancellationToken cancellationToken = default);
}

/// <summary>Adds a saved reply.</summary>
public sealed record AddSavedReply
{
    /// <summary>The agent whose it is.</summary>
    public required Actor Actor { get; init; }

    /// <summary>One line of 1 to 255 characters; line breaks become spaces.</summary>
    public required string Title { get; init; }

    /// <summary>Plain text of 1 to 10,000 characters after trimming (<see cref="LimitOptions.BodyLength"/>).</summary>
    public required string Body { get; init; }

    /// <summary>Whether the other agents see it too. Default: no.</summary>
    public bool Shared { get; init; }
}

/// <summary>Replaces a saved reply.</summary>
public sealed record ChangeSavedReply
{
    /// <summary>The owner; of a shared one a manager too.</summary>
    public required Actor Actor { get; init; }

    /// <summary>Which one.</summary>
    public required Guid Id { get; init; }

    /// <summary>One line of 1 to 255 characters; line breaks become spaces.</summary>
    public required string Title { get; init; }

    /// <summary>Plain text of 1 to 10,000 characters after trimming (<see cref="LimitOptions.BodyLength"/>).</summary>
    public required string Body { get; init; }

    /// <summary>Whether the other agents see it too. A manager who takes another's out of what is shared does not see it any more. Default: no.</summary>
    public bool Shared { get; init; }
}

/// <summary>Deletes a saved reply.</summary>
public sealed record DeleteSavedReply
{
    /// <summary>The owner; of a shared one a manager too.</summary>
    public required Actor Actor { get; init; }

    /// <summary>Which one.</summary>
    public required Guid Id { get; init; }
}

/// <summary>A saved reply as an agent sees it.</summary>
public sealed record SavedReplyView
{
    /// <summary>The key.</summary>
    public required Guid Id { get; init; }

    /// <summary>The title.</summary>
    public required string Title { get; init; }

    /// <summary>The text.</summary>
    public required string Body { get; init; }

    /// <summary>Whether the other agents see it too.</summary>
    public required bool Shared { get; init; }

    /// <summary>Whether the agent may change and delete it.</summary>
    public required bool CanChange { get; init; }
}
