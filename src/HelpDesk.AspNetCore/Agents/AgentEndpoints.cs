using HelpDesk.Assignment;
using HelpDesk.AspNetCore.Authorization;
using HelpDesk.AspNetCore.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HelpDesk.AspNetCore.Agents;

/// <summary>The agents: who takes which tickets, how many, and whether now.</summary>
internal static class AgentEndpoints
{
    private const string Tag = "Agents";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/agents", ListAsync)
            .Describe("HelpDesk.ListAgents", Tag, "Lists the agents of the role support, with what they carry.")
            .Gives<AgentListResponse>().Fails();
        api.MapGet("/agents/{id}", GetAsync)
            .Describe("HelpDesk.GetAgent", Tag, "Reads one agent.")
            .Gives<AgentResponse>().Fails(404);
        api.MapPut("/agents/me/availability", SetAvailabilityAsync)
            .Describe("HelpDesk.SetAvailability", Tag, "Makes the caller available for new tickets, or not.")
            .Takes<AvailabilityRequest>().Gives<AgentResponse>().Fails(400, 413, 415);
        api.MapPut("/agents/{id}", SetAsync)
            .Describe("HelpDesk.SetAgent", Tag, "Replaces an agent's profile; for managers.")
            .Takes<AgentRequest>().Gives<AgentResponse>().Fails(400, 404, 413, 415);
    }

    private static async Task<IResult> ListAsync(HttpContext context, IAgentProfiles agents)
    {
        var all = await agents.ListAsync(context.GetActor(), context.RequestAborted);
        return JsonAnswer.Ok(new AgentListResponse([.. all.Select(AgentResponse.Of)]));
    }

    private static async Task<IResult> GetAsync(HttpContext context, string id, IAgentProfiles agents) =>
        await agents.FindAsync(context.GetActor(), id, context.RequestAborted) is { } agent ? JsonAnswer.Ok(AgentResponse.Of(agent)) : Problem.NotFound();

    private static async Task<IResult> SetAvailabilityAsync(HttpContext context, IAgentProfiles agents)
    {
        var actor = context.GetActor();
        if (!actor.IsAssignable)
            throw new ForbiddenException();

        var body = await RequestBody.ReadAsync<AvailabilityRequest>(context);
        var command = new SetAvailability { Actor = actor, IsAvailable = Required(body.IsAvailable) };
        return JsonAnswer.Ok(AgentResponse.Of(await agents.SetAvailabilityAsync(command, context.RequestAborted)));
    }

    private static async Task<IResult> SetAsync(HttpContext context, string id, IAgentProfiles agents)
    {
        var actor = context.GetManager();
        var body = await RequestBody.ReadAsync<AgentRequest>(context);
        var command = new SetAgentProfile
        {
            Actor = actor,
            AgentId = id,
            IsAvailable = Required(body.IsAvailable),
            Categories = body.Categories ?? [],
            MaxOpenTickets = body.MaxOpenTickets,
        };
        return JsonAnswer.Ok(AgentResponse.Of(await agents.SetAsync(command, context.RequestAborted)));
    }

    private static bool Required(bool? isAvailable) => isAvailable ?? throw new ValidationException("isAvailable", "Use true or false.");

    internal sealed record AvailabilityRequest
    {
        public bool? IsAvailable { get; init; }
    }

    /// <summary>The whole profile: what is absent is emptied.</summary>
    internal sealed record AgentRequest
    {
        public bool? IsAvailable { get; init; }

        /// <summary>Absent or empty for any category.</summary>
        public IReadOnlyList<string>? Categories { get; init; }

        /// <summary>Absent or null for no limit.</summary>
        public int? MaxOpenTickets { get; init; }
    }

    internal sealed record AgentListResponse(IReadOnlyList<AgentResponse> Data);

    internal sealed record AgentResponse(string Id, string Name, bool IsAvailable, IReadOnlyList<string> Categories, int? MaxOpenTickets, int OpenTickets)
    {
        public static AgentResponse Of(AgentView agent) =>
            new(agent.Id, agent.Name, agent.IsAvailable, agent.Categories, agent.MaxOpenTickets, agent.OpenTickets);
    }
}
