using HelpDesk.AspNetCore.Tests.Infrastructure;

namespace HelpDesk.AspNetCore.Tests.Authorization;

/// <summary>What one endpoint answers to whom. Anonymous is always 401, and a missing ticket always 404; a missing agent is that to whoever may ask.</summary>
/// <param name="Route">Method and pattern below the prefix.</param>
/// <param name="Requester">To a requester: on the own ticket, or on no ticket in particular.</param>
/// <param name="RequesterForeign">To a requester on somebody else's ticket.</param>
/// <param name="Agent">To an agent, manager or administrator on a ticket (or saved reply) of somebody else, or on no ticket in particular.</param>
/// <param name="AgentOwn">To the same on a ticket whose requester they are, or on their own saved reply.</param>
internal sealed record EndpointRow(string Route, int Requester, int RequesterForeign, int Agent, int AgentOwn)
{
    /// <summary>To somebody who is manager or administrator and not of the role support, where that differs from <see cref="Agent"/>.</summary>
    public int? ManagerOnly { get; init; }

    public object? Body { get; init; }

    /// <summary>Whether the ticket has to be closed for the call to succeed.</summary>
    public bool NeedsClosed { get; init; }

    public string Method => Route.Split(' ')[0];

    public string Pattern => Route.Split(' ')[1];

    public bool HasTicket => Pattern.Contains("{ticket}", StringComparison.Ordinal);

    /// <summary>Whether the call names a file, which is as visible as the ticket that it belongs to.</summary>
    public bool HasFile => Pattern.Contains("/attachments/", StringComparison.Ordinal);

    /// <summary>Whether the call names a message, which is as visible as the ticket that it belongs to.</summary>
    public bool HasMessage => Pattern.StartsWith("/messages/{id}", StringComparison.Ordinal);

    /// <summary>Whether the call names a mail that waits, which is every agent's.</summary>
    public bool HasMail => Pattern.StartsWith("/inbound/{id}", StringComparison.Ordinal);

    /// <summary>Whether the call names a saved reply, which is its owner's as long as it is not shared.</summary>
    public bool HasSavedReply => Pattern.StartsWith("/saved-replies/{id}", StringComparison.Ordinal);

    /// <summary>Whether the mail has to be one that could not be processed.</summary>
    public bool NeedsFailed { get; init; }

    /// <summary>Whether the call takes a body.</summary>
    public bool TakesBody { get; init; } = true;

    /// <summary>Whether the call names something that belongs to a ticket.</summary>
    public bool HasPart => HasFile || HasMessage;

    /// <summary>Whether the call names an agent.</summary>
    public bool HasAgent => Pattern.StartsWith("/agents/{id}", StringComparison.Ordinal);

    /// <summary>What the call answers to those who may make it.</summary>
    public int Success => Math.Min(Math.Min(Agent, AgentOwn), ManagerOnly ?? Agent);

    /// <summary>Somebody who may make the call, on a ticket of somebody else.</summary>
    public string Permitted => Agent == Success || AgentOwn == Success ? Users.Ann : Users.Mia;

    /// <summary>What a success is, where it is no JSON; empty for nothing.</summary>
    public string MediaType { get; init; } = "application/json";

    /// <param name="ticket">The ticket, or the file, message, mail or saved reply where the call names one.</param>
    /// <param name="agent">The agent.</param>
    public string Path(string ticket, string agent = "ben-id") =>
        Pattern.Replace("{ticket}", ticket, StringComparison.Ordinal).Replace("{id}", HasPart || HasMail || HasSavedReply ? ticket : agent, StringComparison.Ordinal);
}

/// <summary>Every endpoint of the API. A new route fails the test until it stands here.</summary>
internal static class EndpointTable
{
    public static readonly IReadOnlyList<EndpointRow> Rows =
    [
        new("POST /tickets", 201, 201, 201, 201) { Body = new { subject = "The printer burns", body = "Since this morning." } },
        new("GET /tickets", 200, 200, 200, 200),
        new("GET /tickets/{ticket}", 200, 404, 200, 200),
        new("PATCH /tickets/{ticket}", 403, 404, 200, 403) { Body = new { priority = "high" } },
        new("POST /tickets/bulk", 403, 403, 200, 200) { Body = new { tickets = new[] { "TKT-2026-999999" }, change = new { priority = "high" } } },
        new("POST /tickets/{ticket}/resolve", 200, 404, 200, 200),
        new("POST /tickets/{ticket}/close", 200, 404, 200, 200),
        new("POST /tickets/{ticket}/reopen", 200, 404, 200, 200) { NeedsClosed = true },
        new("GET /tickets/{ticket}/history", 403, 404, 200, 403),
        new("GET /tickets/{ticket}/messages", 200, 404, 200, 200),
        new("POST /tickets/{ticket}/messages", 201, 404, 201, 201) { Body = new { body = "An answer." } },
        new("GET /attachments/{id}", 200, 404, 200, 200) { MediaType = "application/octet-stream" },
        new("GET /messages/{id}/html", 200, 404, 200, 200) { MediaType = "text/html" },
        new("GET /messages/{id}/text", 403, 404, 200, 403),
        new("GET /inbound", 403, 403, 200, 200),
        new("POST /inbound/{id}/release", 403, 403, 200, 200),
        new("POST /inbound/{id}/reject", 403, 403, 200, 200) { TakesBody = false },
        new("POST /inbound/{id}/retry", 403, 403, 200, 200) { NeedsFailed = true, TakesBody = false },
        new("GET /inbound/{id}/raw", 403, 403, 200, 200) { MediaType = "application/octet-stream" },
        new("GET /tickets/{ticket}/sla", 403, 404, 200, 403),
        new("GET /agents", 403, 403, 200, 200),
        new("GET /agents/{id}", 403, 403, 200, 200),
        new("PUT /agents/{id}", 403, 403, 403, 403) { ManagerOnly = 200, Body = new { isAvailable = true, categories = Array.Empty<string>(), maxOpenTickets = (int?)null } },
        new("PUT /agents/me/availability", 403, 403, 200, 200) { ManagerOnly = 403, Body = new { isAvailable = true } },
        new("GET /saved-replies", 403, 403, 200, 200),
        new("POST /saved-replies", 403, 403, 201, 201) { Body = new { title = "Thanks", body = "Thank you." } },
        new("GET /saved-replies/{id}", 403, 403, 404, 200),
        new("PUT /saved-replies/{id}", 403, 403, 404, 200) { Body = new { title = "Thanks", body = "Thank you." } },
        new("DELETE /saved-replies/{id}", 403, 403, 404, 204) { TakesBody = false, MediaType = "" },
        new("GET /stats", 403, 403, 200, 200),
        new("GET /reports", 403, 403, 403, 403) { ManagerOnly = 200 },
        new("GET /reports/tickets.csv", 403, 403, 403, 403) { ManagerOnly = 200, MediaType = "text/csv" },
        new("GET /me", 200, 200, 200, 200),
        new("GET /categories", 200, 200, 200, 200),
    ];

    public static EndpointRow Find(string route) => Rows.Single(row => row.Route == route);

    public static bool IsAgent(string person) => person is not (Users.Anonymous or Users.Alice or Users.Bob);

    /// <summary>Whether tickets can be assigned to somebody: the rights of managers and administrators are no role support.</summary>
    public static bool IsAssignable(string person) => person is Users.Ann or Users.Ben;
}
