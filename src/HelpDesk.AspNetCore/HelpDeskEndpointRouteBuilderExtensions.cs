using HelpDesk.AspNetCore.Agents;
using HelpDesk.AspNetCore.Attachments;
using HelpDesk.AspNetCore.Authorization;
using HelpDesk.AspNetCore.Events;
using HelpDesk.AspNetCore.Http;
using HelpDesk.AspNetCore.Inbound;
using HelpDesk.AspNetCore.Messages;
using HelpDesk.AspNetCore.People;
using HelpDesk.AspNetCore.Reports;
using HelpDesk.AspNetCore.SavedReplies;
using HelpDesk.AspNetCore.Sla;
using HelpDesk.AspNetCore.Statistics;
using HelpDesk.AspNetCore.Tickets;
using HelpDesk.Tickets;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk;

/// <summary>Maps the help desk's HTTP API.</summary>
public static class HelpDeskEndpointRouteBuilderExtensions
{
    /// <summary>Maps the API below a prefix. It is closed: every call needs a signed-in user by the host's default authorization policy.</summary>
    /// <param name="endpoints">The host's endpoints.</param>
    /// <param name="prefix">Where the API begins.</param>
    /// <returns>A builder for conventions of the host on all calls, as <c>RequireAuthorization("policy")</c>, <c>RequireRateLimiting</c> or <c>RequireHost</c>.</returns>
    /// <exception cref="InvalidOperationException"><c>AddHelpDesk()</c> or <c>AddAuthorization()</c> was not called.</exception>
    public static IEndpointConventionBuilder MapHelpDesk(this IEndpointRouteBuilder endpoints, string prefix = "/helpdesk")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(prefix);
        Require<ITicketService>(endpoints, "HelpDesk is not there. Call builder.Services.AddHelpDesk(builder.Configuration.GetSection(\"HelpDesk\")) before builder.Build().");
        Require<IPolicyEvaluator>(endpoints, "HelpDesk's API is closed, but nothing here can open it. Call builder.Services.AddAuthorization() and set up authentication.");
        Require<IActorResolver>(endpoints, "HelpDesk's HTTP API is not set up. Call AddHelpDesk(builder.Configuration.GetSection(\"HelpDesk\")), UseIdentity<TUser>() or UseActorResolver<T>(): each does that beside its own work.");
        var api = endpoints.MapGroup(prefix);
        api.AddEndpointFilter(ProblemFilter.InvokeAsync);
        api.AddEndpointFilter(CrossSiteFilter.InvokeAsync);
        api.AddEndpointFilter(AuthenticationFilter.InvokeAsync);
        api.DisableCookieRedirect();
        // The output cache of a host looks neither at what an answer says nor at who is signed in by our filter.
        api.WithMetadata(new OutputCacheAttribute { NoStore = true });
        // The host's fallback policy is for endpoints that say nothing of authorization, and would be answered without a body. These are closed by our filter.
        api.WithMetadata(new AuthorizationPolicyBuilder().RequireAssertion(static _ => true).Build());
        TicketEndpoints.Map(api);
        MessageEndpoints.Map(api);
        OriginalEndpoints.Map(api);
        AttachmentEndpoints.Map(api);
        InboundEndpoints.Map(api);
        SlaEndpoints.Map(api);
        AgentEndpoints.Map(api);
        SavedReplyEndpoints.Map(api);
        StatisticsEndpoints.Map(api);
        ReportEndpoints.Map(api);
        PeopleEndpoints.Map(api);
        EventEndpoints.Map(api);
        return new ConventionBuilder(api);
    }

    private static void Require<T>(IEndpointRouteBuilder endpoints, string message)
    {
        if (endpoints.ServiceProvider.GetService<IServiceProviderIsService>()?.IsService(typeof(T)) != true)
            throw new InvalidOperationException(message);
    }

    /// <summary>Hides the group: conventions may be added, endpoints may not.</summary>
    private sealed class ConventionBuilder(RouteGroupBuilder group) : IEndpointConventionBuilder
    {
        public void Add(Action<EndpointBuilder> convention) => ((IEndpointConventionBuilder)group).Add(convention);

        public void Finally(Action<EndpointBuilder> finallyConvention) => ((IEndpointConventionBuilder)group).Finally(finallyConvention);
    }
}
