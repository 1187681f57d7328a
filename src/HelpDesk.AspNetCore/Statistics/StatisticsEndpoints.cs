using HelpDesk.AspNetCore.Authorization;
using HelpDesk.AspNetCore.Http;
using HelpDesk.Tickets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HelpDesk.AspNetCore.Statistics;

/// <summary>Numbers of the whole desk.</summary>
internal static class StatisticsEndpoints
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/stats", GetAsync)
        .Describe("HelpDesk.GetStatistics", "Statistics", "Counts the tickets of the desk; for agents.")
        .Gives<StatisticsResponse>().Fails();

    private static async Task<IResult> GetAsync(HttpContext context, ITicketService tickets)
    {
        var numbers = await tickets.GetStatisticsAsync(new GetStatistics { Actor = context.GetActor() }, context.RequestAborted);
        return JsonAnswer.Ok(new StatisticsResponse(
            new StatusCounts(
                numbers.ByStatus[TicketStatus.Open], numbers.ByStatus[TicketStatus.Pending], numbers.ByStatus[TicketStatus.Resolved], numbers.ByStatus[TicketStatus.Closed]),
            numbers.Unassigned,
            numbers.Mine,
            numbers.Overdue,
            numbers.DueSoon,
            numbers.Held,
            [.. numbers.Agents.Select(agent => new AgentLoad(agent.Id, agent.Name, agent.OpenTickets, agent.MaxOpenTickets))]));
    }

    internal sealed record StatisticsResponse(
        StatusCounts ByStatus, int Unassigned, int Mine, int Overdue, int DueSoon, int Held, IReadOnlyList<AgentLoad> Agents);

    internal sealed record StatusCounts(int Open, int Pending, int Resolved, int Closed);

    internal sealed record AgentLoad(string Id, string Name, int OpenTickets, int? MaxOpenTickets);
}
