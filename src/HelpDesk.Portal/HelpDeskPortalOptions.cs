namespace HelpDesk;

/// <summary>How the portal looks and where people sign in. Given to <c>MapHelpDeskPortal</c>, and checked there.</summary>
public sealed class HelpDeskPortalOptions
{
    /// <summary>What the help desk is called in the header and in the titles of its pages.</summary>
    /// <value>Default: <c>Help Desk</c>.</value>
    public string Name { get; set; } = "Help Desk";

    /// <summary>A picture for the header and the browser's tab, as a path on this site such as <c>/images/logo.svg</c>. The path base is put before it.</summary>
    /// <value>Default: null, the portal's own sign.</value>
    public string? LogoPath { get; set; }

    /// <summary>A style sheet of the host that is loaded after the portal's own, as a path on this site: it sets the <c>--hd-*</c> variables. The path base is put before it.</summary>
    /// <value>Default: null.</value>
    public string? StylesheetPath { get; set; }

    /// <summary>The language of the pages, <c>en</c> or <c>de</c>, for whoever has not chosen another one in the settings.</summary>
    /// <value>Default: null, what the browser asks for, else English.</value>
    public string? Language { get; set; }

    /// <summary>The host's sign-in page, as a path on this site. Who is not signed in is sent there with <c>?ReturnUrl=</c>. The path base is put before it.</summary>
    /// <value>Default: null, the challenge of the host's default scheme: a cookie or OpenID Connect scheme redirects by itself.</value>
    public string? SignInPath { get; set; }

    /// <summary>Where the header's <em>Sign out</em> posts to (with the host's antiforgery token where it has one), as a path on this site. The path base is put before it.</summary>
    /// <value>Default: null, no such button: the host has its own.</value>
    public string? SignOutPath { get; set; }

    internal static IReadOnlyList<string> Languages { get; } = ["en", "de"];

    internal void Validate()
    {
        if (string.IsNullOrWhiteSpace(Name) || Name.Length > 100)
            throw Wrong(nameof(Name), Name, "Use 1 to 100 characters, such as \"Acme Support\".");
        if (Language is not null && !Languages.Contains(Language))
            throw Wrong(nameof(Language), Language, "Use \"en\", \"de\", or null for the browser's choice.");
        foreach (var (name, path) in new[] { (nameof(LogoPath), LogoPath), (nameof(StylesheetPath), StylesheetPath), (nameof(SignInPath), SignInPath), (nameof(SignOutPath), SignOutPath) })
        {
            // The policy of the pages allows nothing from other sites, and a browser takes "//host" and "/\host" for one.
            if (path is not null && (!path.StartsWith('/') || path.StartsWith("//", StringComparison.Ordinal) || path.Contains('\\') || !Uri.IsWellFormedUriString(path, UriKind.Relative)))
                throw Wrong(name, path, "Use a path on this site that begins with one slash, such as \"/account/sign-in\".");
        }
    }

    private static ArgumentException Wrong(string name, string? value, string remedy) => new($"MapHelpDeskPortal: {name} '{value}' cannot be used. {remedy}");
}
