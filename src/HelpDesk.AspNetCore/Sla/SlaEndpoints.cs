using HelpDesk.AspNetCore.Authorization;
using HelpDesk.AspNetCore.Http;
using HelpDesk.Sla;
using HelpDesk.Tickets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HelpDesk.AspNetCore.Sla;

/// <summary>The promises of a ticket, explained.</summary>
internal static class SlaEndpoints
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/tickets/{ticket}/sla", GetAsync)
        .Describe("HelpDesk.GetSla", "Tickets", "Tells what is promised, when it is due, and why; for agents.")
        .Gives<SlaResponse>().Fails(404);

    private static async Task<IResult> GetAsync(HttpContext context, string ticket, ITicketService tickets)
    {
        var sla = await tickets.GetSlaAsync(new GetSla { Actor = context.GetActor(), Ticket = ticket }, context.RequestAborted);
        return sla is null ? Problem.NotFound() : JsonAnswer.Ok(new SlaResponse(sla.DueAt, [.. sla.Targets.Select(Target)]));
    }

    private static TargetResponse Target(SlaTargetView target) => new(
        target.Kind,
        target.Instance,
        target.StartedAt,
        target.DueAt,
        target.State,
        target.MetAt,
        target.WarnedAt,
        target.BreachedAt,
        target.Reason,
        [.. target.Segments.Select(segment => new SegmentResponse(segment.From, segment.To, segment.Kind))]);

    internal sealed record SlaResponse(DateTimeOffset? DueAt, IReadOnlyList<TargetResponse> Targets);

    internal sealed record TargetResponse(
        TargetKind Kind,
        int Instance,
        DateTimeOffset StartedAt,
        DateTimeOffset? DueAt,
        SlaState State,
        DateTimeOffset? MetAt,
        DateTimeOffset? WarnedAt,
        DateTimeOffset? BreachedAt,
        string Reason,
        IReadOnlyList<SegmentResponse> Segments);

    internal sealed record SegmentResponse(DateTimeOffset From, DateTimeOffset To, SlaSegmentKind Kind);
}
