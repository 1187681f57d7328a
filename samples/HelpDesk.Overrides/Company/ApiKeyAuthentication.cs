using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace HelpDesk.Overrides.Company;

/// <summary>Knows users by the header <c>X-Api-Key</c>: the simplest sign-in that a host can have.</summary>
/// <remarks>The help desk asks for no more than a user's id among the claims.</remarks>
internal sealed class ApiKeyAuthentication(
    AppUsers users, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "ApiKey";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var key = Request.Headers["X-Api-Key"].ToString();
        if (key.Length == 0)
            return Task.FromResult(AuthenticateResult.NoResult());
        if (users.All.FirstOrDefault(known => known.ApiKey == key) is not { } user)
            return Task.FromResult(AuthenticateResult.Fail("Nobody has this key."));

        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, user.Id)], Scheme.Name);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name)));
    }
}
