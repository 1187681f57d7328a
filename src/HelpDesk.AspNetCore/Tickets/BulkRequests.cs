using System.Text.Json;
using System.Text.Json.Serialization;
using HelpDesk.AspNetCore.Http;
using HelpDesk.Tickets;

namespace HelpDesk.AspNetCore.Tickets;

/// <summary>The body that changes several tickets alike.</summary>
internal sealed record BulkRequest
{
    public IReadOnlyList<BulkTicket?>? Tickets { get; init; }

    public TicketFieldsRequest? Change { get; init; }

    /// <exception cref="ValidationException">A ticket is not named, or a field is null that must have a value.</exception>
    public ChangeTickets ToCommand(Actor actor)
    {
        var change = Change ?? new TicketFieldsRequest();
        return new ChangeTickets
        {
            Actor = actor,
            Tickets = [.. (Tickets ?? []).Select(Selection)],
            Priority = change.PriorityField(),
            Category = change.CategoryField(),
            AssigneeId = change.AssigneeField(),
            Status = change.StatusField(),
        };
    }

    private static TicketSelection Selection(BulkTicket? ticket) => ticket is { Ticket: { Length: > 0 } key }
        ? new TicketSelection { Ticket = key, IfVersion = ticket.Version }
        : throw new ValidationException("tickets", "Name each ticket by its id or number.");
}

/// <summary>A ticket and the version that it must have; its id or number alone is taken for it too.</summary>
internal sealed record BulkTicket
{
    public string? Ticket { get; init; }

    public Guid? Version { get; init; }
}

/// <summary>Among our own options, and no attribute: OpenAPI describes the object.</summary>
internal sealed class BulkTicketConverter : JsonConverter<BulkTicket>
{
    public override BulkTicket Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
            return new BulkTicket { Ticket = reader.GetString() };
        try
        {
            var fields = JsonSerializer.Deserialize<Fields>(ref reader, options)!;
            return new BulkTicket { Ticket = fields.Ticket, Version = fields.Version };
        }
        catch (JsonException exception)
        {
            // Its path would begin here, and not at the body.
            throw new JsonException("Use an id, a number, or an object with ticket and version.", exception);
        }
    }

    public override void Write(Utf8JsonWriter writer, BulkTicket value, JsonSerializerOptions options) => throw new NotSupportedException();

    private sealed record Fields(string? Ticket, Guid? Version);
}

internal sealed record BulkResponse(IReadOnlyList<BulkOutcome> Data);

/// <summary>What became of one ticket: the error is what a call for it alone would answer.</summary>
internal sealed record BulkOutcome(string Ticket, bool Ok)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ProblemResponse? Error { get; init; }

    public static BulkOutcome Of(TicketOutcome outcome) =>
        new(outcome.Ticket.ToString(), outcome.Error is null) { Error = outcome.Error is { } error ? Problem.Describe(error) : null };
}
