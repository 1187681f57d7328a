namespace HelpDesk;

/// <summary>Settings of the HTTP API. Bound from the same section as <see cref="HelpDeskOptions"/>.</summary>
public sealed class HelpDeskHttpOptions
{
    /// <summary>The authentication schemes by which programs sign in: what comes by them has the channel <c>api</c>.</summary>
    /// <value>Default: empty, so that everything counts as <c>web</c>.</value>
    public IList<string> ApiSchemes { get; } = [];

    /// <summary>Other origins, as <c>https://www.example.com</c>, whose pages may write where a browser sends no <c>Sec-Fetch-Site</c>.</summary>
    /// <value>Default: empty, so that only pages of the request's own origin may.</value>
    public IList<string> AllowedOrigins { get; } = [];
}
