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
        return CameByApi(context) ? actor with { Channel = TicketChannel.Api } : actor;
    }

    private bool CameByApi(HttpContext context)
    {
        var scheme = context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Ticket?.AuthenticationScheme;
        // Tickets of the bearer scheme of Identity name the kind of token too: "Identity.Bearer:AccessToken".
        return scheme is not null
            && http.Value.ApiSchemes.Any(api => scheme == api || scheme.StartsWith(api + ":", StringComparison.Ordinal));
    }
}
