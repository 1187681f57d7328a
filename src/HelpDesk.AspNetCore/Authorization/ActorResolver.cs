using System.Security.Claims;
using HelpDesk.People;
using HelpDesk.Tickets;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace HelpDesk.AspNetCore.Authorization;

internal sealed class ActorResolver(IUserDirectory directory, IOptions<HelpDeskHttpOptions> http, IOptions<IdentityOptions> identity) : IActorResolver
{
    private const int LongestId = 128;

    public async ValueTask<Actor?> ResolveAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (context.User.Identity?.IsAuthenticated != true)
            return null;

        var id = context.User.FindFirstValue(identity.Value.ClaimsIdentity.UserIdClaimType) ?? context.User.FindFirstValue("sub");
        if (string.IsNullOrWhiteSpace(id) || id.Length > LongestId)
            return null;

        var actor = Actor.User(id, await directory.GetRolesAsync(id, cancellationToken));
        return await CameByApiAsync(context) ? actor with { Channel = TicketChannel.Api } : actor;
    }

    private async Task<bool> CameByApiAsync(HttpContext context)
    {
        // A policy that names several schemes makes one ticket of them, "A;B": then the one counts that knows the caller.
        // Tickets of the bearer scheme of Identity name the kind of token too: "Identity.Bearer:AccessToken".
        var schemes = context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Ticket?.AuthenticationScheme.Split(';') ?? [];
        foreach (var api in http.Value.ApiSchemes)
        {
            if (schemes.Any(scheme => scheme == api || scheme.StartsWith(api + ":", StringComparison.Ordinal))
                && (schemes.Length == 1 || (await context.AuthenticateAsync(api)).Succeeded))
                return true;
        }

        return false;
    }
}
