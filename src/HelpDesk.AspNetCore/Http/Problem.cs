using System.Text.Json.Serialization;
using HelpDesk.Tickets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace HelpDesk.AspNetCore.Http;

/// <summary>An error as RFC 9457 has it, with a stable code and nothing that differs from one answer to the next.</summary>
internal sealed record ProblemResponse
{
    public string Type { get; init; } = "about:blank";

    public required string Title { get; init; }

    public required int Status { get; init; }

    public required string Detail { get; init; }

    public required string Code { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>With <c>transition_not_allowed</c>: where the ticket is. (The member <c>status</c> is the HTTP status, as the RFC has it.)</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TicketStatus? TicketStatus { get; init; }

    /// <summary>With <c>transition_not_allowed</c>: where the caller could move the ticket.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<TicketStatus>? Allowed { get; init; }

    /// <summary>With <c>version_mismatch</c>: the version of now.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? Current { get; init; }
}

/// <summary>Makes the answers that are errors.</summary>
internal static class Problem
{
    public const string MediaType = "application/problem+json";

    public static IResult Unauthenticated() => Of(StatusCodes.Status401Unauthorized, "unauthenticated", "Sign in first.");

    public static IResult Forbidden(string detail) => Of(StatusCodes.Status403Forbidden, "forbidden", detail);

    public static IResult CrossSite() => Of(
        StatusCodes.Status403Forbidden, "cross_site", "A page of another site cannot write here.");

    public static IResult NotFound() => Of(new NotFoundException());

    public static IResult Unavailable() => Of(
        StatusCodes.Status503ServiceUnavailable, "unavailable", "The help desk cannot reach its database at this moment. Try again; a write with the same Idempotency-Key is never done twice.");

    public static IResult Of(BadRequestException exception) => Of(exception.Status, exception.Code, exception.Message);

    public static IResult Of(HelpDeskException exception) => Write(Describe(exception));

    /// <summary>The same for one of several things that were asked at once.</summary>
    public static ProblemResponse Describe(HelpDeskException exception) => exception switch
    {
        ValidationException validation => Create(StatusCodes.Status400BadRequest, validation) with { Errors = validation.Errors },
        TransitionNotAllowedException transition =>
            Create(StatusCodes.Status409Conflict, transition) with { TicketStatus = transition.Status, Allowed = transition.Allowed },
        VersionMismatchException version => Create(StatusCodes.Status412PreconditionFailed, version) with { Current = version.Current },
        InvalidCursorException => Create(StatusCodes.Status400BadRequest, exception),
        NotFoundException => Create(StatusCodes.Status404NotFound, exception),
        ForbiddenException => Create(StatusCodes.Status403Forbidden, exception),
        ConflictException => Create(StatusCodes.Status409Conflict, exception),
        IdempotencyKeyReusedException => Create(StatusCodes.Status422UnprocessableEntity, exception),
        TooLargeException => Create(StatusCodes.Status413PayloadTooLarge, exception),
        TooManyListenersException => Create(StatusCodes.Status429TooManyRequests, exception),
        StorageUnavailableException => Create(StatusCodes.Status503ServiceUnavailable, exception),
        _ => throw new ArgumentOutOfRangeException(nameof(exception), exception.GetType().Name, null),
    };

    private static ProblemResponse Create(int status, HelpDeskException exception) => Create(status, exception.Code, exception.Message);

    private static ProblemResponse Create(int status, string code, string detail) =>
        new() { Title = ReasonPhrases.GetReasonPhrase(status), Status = status, Code = code, Detail = detail };

    private static JsonAnswer Of(int status, string code, string detail) => Write(Create(status, code, detail));

    private static JsonAnswer Write(ProblemResponse problem) => new(problem.Status, problem, MediaType);
}
