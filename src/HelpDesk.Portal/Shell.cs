using System.Buffers.Text;
using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HelpDesk.Portal;

/// <summary>The one document of the portal, made for each request: who is signed in gets it at every address below the prefix, and the script in it shows the page.</summary>
internal sealed class Shell(HelpDeskPortalOptions options, ClientFiles files)
{
    /// <summary>The name of the route by which the API is found.</summary>
    public const string ApiRoute = "HelpDesk.ListTickets";

    public const string ApiIsMissing = "The portal has no API to ask. Call app.MapHelpDesk(\"/helpdesk\") beside app.MapHelpDeskPortal().";

    public async Task ServeAsync(HttpContext context)
    {
        if (files.Client is not { } client)
        {
            await AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, "The pages of the help desk are missing",
                "This HelpDesk.Portal was built where Node.js was not installed. Install Node.js 20.19 or newer, and build again.");
            return;
        }

        if (!await IsSignedInAsync(context))
            return;

        var mountedAt = MountedAt(context);
        var api = context.RequestServices.GetRequiredService<LinkGenerator>().GetPathByName(context, ApiRoute, values: null)
            ?? throw new InvalidOperationException(ApiIsMissing);
        var nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        var page = new ShellPage
        {
            Options = options,
            Client = client,
            Nonce = nonce,
            PathBase = context.Request.PathBase.ToUriComponent(),
            MountedAt = mountedAt,
            Api = api.TrimEnd('/')[..^"/tickets".Length],
            Language = ChosenLanguage(context.Request),
            Theme = context.Request.Cookies[ShellPage.ThemeCookie] is { } theme and ("dark" or "light") ? theme : null,
            Antiforgery = Tokens(context),
            Rules = context.RequestServices.GetRequiredService<IOptions<HelpDeskOptions>>().Value,
        };

        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy =
            "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self'; frame-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'; "
            + $"style-src 'self' 'nonce-{nonce}'; require-trusted-types-for 'script'; trusted-types 'none'";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        await WriteAsync(context, StatusCodes.Status200OK, page.Render());
    }

    /// <summary>The host's default policy, which its API is closed by too. Whoever does not fulfil it is sent to sign in, or told that they may not.</summary>
    private async Task<bool> IsSignedInAsync(HttpContext context)
    {
        var policy = await context.RequestServices.GetRequiredService<IAuthorizationPolicyProvider>().GetDefaultPolicyAsync();
        var evaluator = context.RequestServices.GetRequiredService<IPolicyEvaluator>();
        var authentication = await evaluator.AuthenticateAsync(policy, context);
        var authorization = await evaluator.AuthorizeAsync(policy, authentication, context, resource: context);
        if (authorization.Succeeded)
            return true;

        context.Response.Headers.CacheControl = "no-store";
        if (authorization.Forbidden)
            await ForbidAsync(context, policy);
        else if (options.SignInPath is { } signIn)
            context.Response.Redirect(QueryHelpers.AddQueryString(context.Request.PathBase + signIn, "ReturnUrl", context.Request.PathBase + context.Request.Path + context.Request.QueryString));
        else
            await ChallengeAsync(context, policy);
        return false;
    }

    private static async Task ChallengeAsync(HttpContext context, AuthorizationPolicy policy)
    {
        if (policy.AuthenticationSchemes.Count == 0)
            await context.ChallengeAsync();
        foreach (var scheme in policy.AuthenticationSchemes)
            await context.ChallengeAsync(scheme);
        // A scheme for programs sets a status and no page: a person would look at nothing.
        if (context.Response is { StatusCode: StatusCodes.Status401Unauthorized, HasStarted: false })
        {
            await AnswerAsync(context, StatusCodes.Status401Unauthorized, "Please sign in",
                "This application has not said where. Its developer sets MapHelpDeskPortal(\"/support\", portal => portal.SignInPath = \"/sign-in\"), or a cookie scheme as the default challenge.");
        }
    }

    private static async Task ForbidAsync(HttpContext context, AuthorizationPolicy policy)
    {
        if (policy.AuthenticationSchemes.Count == 0)
            await context.ForbidAsync();
        foreach (var scheme in policy.AuthenticationSchemes)
            await context.ForbidAsync(scheme);
        if (context.Response is { StatusCode: StatusCodes.Status403Forbidden, HasStarted: false })
            await AnswerAsync(context, StatusCodes.Status403Forbidden, "Not for this account", "You are signed in, but may not use this help desk.");
    }

    /// <summary>Where the portal begins, with path base and groups: what the route has matched less the page.</summary>
    private static string MountedAt(HttpContext context)
    {
        var path = context.Request.PathBase.Add(context.Request.Path).ToUriComponent().TrimEnd('/');
        var page = (context.Request.RouteValues["page"] as string)?.Trim('/');
        if (string.IsNullOrEmpty(page))
            return path;
        for (var segments = page.Count(character => character == '/') + 1; segments > 0; segments--)
            path = path[..path.LastIndexOf('/')];
        return path.TrimEnd('/');
    }

    private string ChosenLanguage(HttpRequest request)
    {
        if (request.Cookies[ShellPage.LanguageCookie] is { } chosen && HelpDeskPortalOptions.Languages.Contains(chosen))
            return chosen;
        if (options.Language is { } ours)
            return ours;
        var wanted = request.GetTypedHeaders().AcceptLanguage
            .OrderByDescending(language => language.Quality ?? 1)
            .Select(language => language.Value.Value?.Split('-')[0].ToLowerInvariant());
        return wanted.FirstOrDefault(language => language is not null && HelpDeskPortalOptions.Languages.Contains(language)) ?? "en";
    }

    /// <summary>The host's antiforgery token, where it has that at all: its own middleware may ask for it on every write, ours included.</summary>
    private static ShellPage.AntiforgeryTokens? Tokens(HttpContext context)
    {
        if (context.RequestServices.GetService<IAntiforgery>() is not { } antiforgery)
            return null;
        var tokens = antiforgery.GetAndStoreTokens(context);
        return new(tokens.HeaderName, tokens.FormFieldName, tokens.RequestToken!);
    }

    private static Task AnswerAsync(HttpContext context, int status, string title, string text)
    {
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'self'";
        return WriteAsync(context, status, ShellPage.RenderNotice(title, text));
    }

    private static async Task WriteAsync(HttpContext context, int status, string html)
    {
        var response = context.Response;
        var bytes = Encoding.UTF8.GetBytes(html);
        response.StatusCode = status;
        response.ContentType = $"{MediaTypeNames.Text.Html}; charset=utf-8";
        response.ContentLength = bytes.Length;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "same-origin";
        if (!HttpMethods.IsHead(context.Request.Method))
            await response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}
