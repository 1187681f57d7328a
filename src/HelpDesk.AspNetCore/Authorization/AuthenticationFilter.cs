using HelpDesk.AspNetCore.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace HelpDesk.AspNetCore.Authorization;

/// <summary>Lets a call through with its actor, or answers 401 or 403 as the contract says.</summary>
/// <remarks>
/// The host's default policy is evaluated here and not by the authorization middleware, since that answers a challenge without a body. What the host
/// adds itself to the endpoints, the middleware has enforced before.
/// </remarks>
internal static class AuthenticationFilter
{
    public static async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        var policy = await context.RequestServices.GetRequiredService<IAuthorizationPolicyProvider>().GetDefaultPolicyAsync();
        var evaluator = context.RequestServices.GetRequiredService<IPolicyEvaluator>();
        var authentication = await evaluator.AuthenticateAsync(policy, context);
        // As the middleware does it: where the policy names schemes, the evaluator tells the result to nobody else.
        context.Features.Set<IAuthenticateResultFeature>(new AuthenticateResultFeature { AuthenticateResult = authentication });
        var authorization = await evaluator.AuthorizeAsync(policy, authentication, context, resource: context);
        if (authorization.Forbidden)
            return Problem.Forbidden("You are not allowed to use this help desk.");

        var resolver = context.RequestServices.GetRequiredService<IActorResolver>();
        var actor = authorization.Succeeded ? await resolver.ResolveAsync(context, context.RequestAborted) : null;
        if (actor is null)
            return await ChallengeAsync(context, policy);

        context.Features.Set(actor);
        return await next(invocation);
    }

    public static Actor GetActor(this HttpContext context) =>
        context.Features.Get<Actor>() ?? throw new InvalidOperationException("The call passed no authentication.");

    /// <summary>The caller of a call for agents. Ask before anything of the call is read, so that whoever may not make it learns nothing else.</summary>
    /// <exception cref="ForbiddenException">The caller is a requester.</exception>
    public static Actor GetAgent(this HttpContext context) => context.GetActor() is { IsAgent: true } actor ? actor : throw new ForbiddenException();

    /// <summary>The caller of a call for managers, like <see cref="GetAgent"/>.</summary>
    /// <exception cref="ForbiddenException">The caller is no manager.</exception>
    public static Actor GetManager(this HttpContext context) => context.GetActor() is { IsManager: true } actor ? actor : throw new ForbiddenException();

    /// <summary>The schemes set their headers (as WWW-Authenticate); the status and the body are the contract's.</summary>
    private static async Task<IResult> ChallengeAsync(HttpContext context, AuthorizationPolicy policy)
    {
        var schemes = policy.AuthenticationSchemes;
        if (schemes.Count == 0)
        {
            var provider = context.RequestServices.GetService<IAuthenticationSchemeProvider>();
            var scheme = provider is null ? null : await provider.GetDefaultChallengeSchemeAsync();
            schemes = scheme is null ? [] : [scheme.Name];
        }

        var handlers = context.RequestServices.GetService<IAuthenticationHandlerProvider>();
        foreach (var scheme in schemes)
        {
            // A remote sign-in would ask its provider and set cookies for a redirect that nobody follows.
            if (handlers is not null && await handlers.GetHandlerAsync(context, scheme) is not IAuthenticationRequestHandler)
                await context.ChallengeAsync(scheme);
        }

        context.Response.Headers.Remove(HeaderNames.Location);
        return Problem.Unauthenticated();
    }

    private sealed class AuthenticateResultFeature : IAuthenticateResultFeature
    {
        public AuthenticateResult? AuthenticateResult { get; set; }
    }
}
