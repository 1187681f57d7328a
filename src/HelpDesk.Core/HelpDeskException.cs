using HelpDesk.Tickets;

namespace HelpDesk;

/// <summary>An expected failure of a command or query; misuse of the API throws argument exceptions instead.</summary>
/// <remarks>After it nothing is stored, and the DbContext holds no trace of the command.</remarks>
public abstract class HelpDeskException : Exception
{
    private protected HelpDeskException(string code, string message, Exception? cause = null)
        : base(message, cause) => Code = code;

    /// <summary>The stable code of the failure: what programs compare, and what the HTTP API answers as <c>code</c>.</summary>
    public string Code { get; }
}

/// <summary>The input is not acceptable. Code <c>validation</c>.</summary>
public sealed class ValidationException : HelpDeskException
{
    /// <summary>Refuses an input, from a policy of the host's too.</summary>
    /// <param name="errors">What is wrong, by field in camelCase.</param>
    public ValidationException(IReadOnlyDictionary<string, string[]> errors)
        : base("validation", string.Join(" ", (errors ?? throw new ArgumentNullException(nameof(errors))).SelectMany(pair => pair.Value))) => Errors = errors;

    /// <summary>Refuses one field of an input, from a policy of the host's too.</summary>
    /// <param name="field">The field in camelCase.</param>
    /// <param name="error">What is wrong with it, for the person who wrote it.</param>
    public ValidationException(string field, string error)
        : this(new Dictionary<string, string[]> { [field] = [error] })
    {
    }

    /// <summary>What is wrong, by field in camelCase.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; }
}

/// <summary>The cursor is not one of this list's. Code <c>invalid_cursor</c>.</summary>
public sealed class InvalidCursorException : HelpDeskException
{
    internal InvalidCursorException()
        : base("invalid_cursor", "The cursor does not belong to this list with these filters and this sort. Start again without a cursor.")
    {
    }
}

/// <summary>There is no such ticket, or it is not for this actor: both are the same. Code <c>not_found</c>.</summary>
public sealed class NotFoundException : HelpDeskException
{
    internal NotFoundException()
        : base("not_found", "There is nothing here that you can see.")
    {
    }
}

/// <summary>The actor sees the ticket, but may not do this. Code <c>forbidden</c>.</summary>
public sealed class ForbiddenException : HelpDeskException
{
    internal ForbiddenException()
        : base("forbidden", "You are not allowed to do this.")
    {
    }
}

/// <summary>The status machine has no such move from here. Code <c>transition_not_allowed</c>.</summary>
public sealed class TransitionNotAllowedException : HelpDeskException
{
    internal TransitionNotAllowedException(TicketStatus status, IReadOnlyList<TicketStatus> allowed)
        : base("transition_not_allowed", Describe(status, allowed))
    {
        Status = status;
        Allowed = allowed;
    }

    /// <summary>Where the ticket is.</summary>
    public TicketStatus Status { get; }

    /// <summary>Where this actor could move it now.</summary>
    public IReadOnlyList<TicketStatus> Allowed { get; }

    private static string Describe(TicketStatus status, IReadOnlyList<TicketStatus> allowed) =>
        $"The ticket is {Words.Of(status)}. " +
        (allowed.Count == 0 ? "You cannot move it from there." : $"From there you can move it to {string.Join(" or ", allowed.Select(Words.Of))}.");
}

/// <summary>Other writers kept changing the ticket at the same time. Code <c>conflict</c>: try again.</summary>
public sealed class ConflictException : HelpDeskException
{
    internal ConflictException()
        : base("conflict", "The ticket is being changed by others at this moment. Try again.")
    {
    }
}

/// <summary>The ticket is no longer the version that the command asked for. Code <c>version_mismatch</c>.</summary>
public sealed class VersionMismatchException : HelpDeskException
{
    internal VersionMismatchException(Guid current)
        : base("version_mismatch", "The ticket has changed since you read it. Read it again, then decide.") => Current = current;

    /// <summary>The version that the actor would see now.</summary>
    public Guid Current { get; }
}

/// <summary>The idempotency key was used for another command. Code <c>idempotency_key_reused</c>.</summary>
public sealed class IdempotencyKeyReusedException : HelpDeskException
{
    internal IdempotencyKeyReusedException()
        : base("idempotency_key_reused", "This idempotency key was used for another command. Make a new key for each command.")
    {
    }
}

/// <summary>The actor listens already as often as is allowed. Code <c>too_many_streams</c>: end one of those first.</summary>
public sealed class TooManyListenersException : HelpDeskException
{
    internal TooManyListenersException(int most)
        : base("too_many_streams", $"You listen {most} times already. Close some of your windows first.")
    {
    }
}

/// <summary>What was sent is larger than allowed. Code <c>too_large</c>.</summary>
public sealed class TooLargeException : HelpDeskException
{
    internal TooLargeException(string message)
        : base("too_large", message)
    {
    }
}

/// <summary>The store of files, or their scanner, did not do its work. No message has the file; what may be left of it is swept. Code <c>unavailable</c>: try again.</summary>
public sealed class StorageUnavailableException : HelpDeskException
{
    internal StorageUnavailableException(Exception cause)
        : base("unavailable", "The storage of files is not available at this moment. Try again.", cause)
    {
    }
}
