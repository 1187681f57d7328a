using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace HelpDesk.AspNetCore.Http;

/// <summary>A body that the endpoint reads itself. Not the framework's metadata, with which routing would answer 415 before us.</summary>
internal sealed record BodyMetadata(Type Type, bool IsRequired, bool OrForm);

/// <summary>A parameter that the endpoint reads itself, so that a wrong value is answered as the contract says.</summary>
internal sealed record ParameterMetadata(string Name, Type Type, bool InHeader);

/// <summary>Says to OpenAPI what a handler takes and gives.</summary>
internal static class EndpointDescription
{
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder endpoint, string name, string tag, string summary) =>
        endpoint.WithName(name).WithTags(tag).WithSummary(summary);

    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder endpoint, bool isRequired = true, bool orForm = false) =>
        endpoint.WithMetadata(new BodyMetadata(typeof(T), isRequired, orForm));

    public static RouteHandlerBuilder TakesQuery<T>(this RouteHandlerBuilder endpoint, string name) =>
        endpoint.WithMetadata(new ParameterMetadata(name, typeof(T), InHeader: false));

    public static RouteHandlerBuilder TakesIfMatch(this RouteHandlerBuilder endpoint) =>
        endpoint.WithMetadata(new ParameterMetadata("If-Match", typeof(string), InHeader: true));

    public static RouteHandlerBuilder TakesIdempotencyKey(this RouteHandlerBuilder endpoint) =>
        endpoint.WithMetadata(new ParameterMetadata("Idempotency-Key", typeof(string), InHeader: true));

    public static RouteHandlerBuilder TakesLastEventId(this RouteHandlerBuilder endpoint) =>
        endpoint.WithMetadata(new ParameterMetadata("Last-Event-ID", typeof(string), InHeader: true));

    public static RouteHandlerBuilder Gives<T>(this RouteHandlerBuilder endpoint, int status = StatusCodes.Status200OK) =>
        endpoint.Produces<T>(status, JsonAnswer.Json);

    /// <summary>Nothing but that it is done.</summary>
    public static RouteHandlerBuilder GivesNothing(this RouteHandlerBuilder endpoint) => endpoint.Produces(StatusCodes.Status204NoContent);

    /// <summary>The bytes of a file, whole or in part, or the way to them.</summary>
    public static RouteHandlerBuilder GivesFile(this RouteHandlerBuilder endpoint) => endpoint
        .Produces<Stream>(StatusCodes.Status200OK, "application/octet-stream")
        .Produces<Stream>(StatusCodes.Status206PartialContent, "application/octet-stream")
        .Produces(StatusCodes.Status302Found)
        .Produces(StatusCodes.Status304NotModified)
        .Produces(StatusCodes.Status416RangeNotSatisfiable);

    /// <summary>Bytes, which are whole or not at all.</summary>
    public static RouteHandlerBuilder GivesBytes(this RouteHandlerBuilder endpoint) => endpoint.Produces<Stream>(StatusCodes.Status200OK, "application/octet-stream");

    /// <summary>Server-sent events, with the data of each.</summary>
    public static RouteHandlerBuilder GivesEvents<T>(this RouteHandlerBuilder endpoint) => endpoint.Produces<T>(StatusCodes.Status200OK, Events.EventStream.MediaType);

    /// <summary>A document for a frame, not for programs.</summary>
    public static RouteHandlerBuilder GivesHtml(this RouteHandlerBuilder endpoint) => endpoint.Produces<string>(StatusCodes.Status200OK, Html.HtmlAnswer.MediaType);

    /// <summary>A table for spreadsheets.</summary>
    public static RouteHandlerBuilder GivesCsv(this RouteHandlerBuilder endpoint) => endpoint.Produces<string>(StatusCodes.Status200OK, Reports.CsvAnswer.MediaType);

    /// <summary>The errors of the call; 401, 403 and 503 belong to every one.</summary>
    public static RouteHandlerBuilder Fails(this RouteHandlerBuilder endpoint, params int[] statuses)
    {
        foreach (var status in statuses.Concat([401, 403, 503]).Order())
            endpoint.Produces<ProblemResponse>(status, Problem.MediaType);
        return endpoint;
    }
}
