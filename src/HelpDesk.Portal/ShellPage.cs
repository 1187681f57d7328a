using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace HelpDesk.Portal;

/// <summary>The document as text. All that comes from outside is encoded here.</summary>
internal sealed record ShellPage
{
    /// <summary>What somebody has chosen in the settings: the first picture already has their colours and their language.</summary>
    public const string ThemeCookie = "helpdesk-theme";
    public const string LanguageCookie = "helpdesk-language";

    private static readonly HtmlEncoder Html = HtmlEncoder.Default;

    public required HelpDeskPortalOptions Options { get; init; }
    public required ClientManifest Client { get; init; }
    public required string Nonce { get; init; }
    public required string PathBase { get; init; }
    public required string MountedAt { get; init; }
    public required string Api { get; init; }
    public required string Language { get; init; }
    public required string? Theme { get; init; }
    public required AntiforgeryTokens? Antiforgery { get; init; }
    public required HelpDeskOptions Rules { get; init; }

    public string Render()
    {
        var page = new StringBuilder();
        page.Append("<!DOCTYPE html>\n<html lang=\"").Append(Language).Append('"');
        if (Theme is not null)
            page.Append(" data-theme=\"").Append(Theme).Append('"');
        page.Append(">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n");
        page.Append("<title>").Append(Html.Encode(Options.Name)).Append("</title>\n");
        // React Aria and Vite's loader take the nonce of the styles that they add from here.
        page.Append("<meta property=\"csp-nonce\" nonce=\"").Append(Nonce).Append("\">\n");
        page.Append("<meta name=\"helpdesk\" content=\"").Append(Html.Encode(Settings())).Append("\">\n");
        if (Options.LogoPath is { } logo)
            page.Append("<link rel=\"icon\" href=\"").Append(Html.Encode(PathBase + logo)).Append("\">\n");
        else
            page.Append("<link rel=\"icon\" href=\"").Append(Html.Encode(Asset(Client.Icon))).Append("\" type=\"image/svg+xml\">\n");
        foreach (var style in Client.Styles)
            page.Append("<link rel=\"stylesheet\" href=\"").Append(Html.Encode(Asset(style))).Append("\">\n");
        if (Options.StylesheetPath is { } theirs)
            page.Append("<link rel=\"stylesheet\" href=\"").Append(Html.Encode(PathBase + theirs)).Append("\">\n");
        foreach (var module in Client.Modules.Append(Client.Languages[Language]))
            page.Append("<link rel=\"modulepreload\" href=\"").Append(Html.Encode(Asset(module))).Append("\">\n");
        page.Append("<script type=\"module\" src=\"").Append(Html.Encode(Asset(Client.Script))).Append("\"></script>\n");
        page.Append("</head>\n<body>\n<div id=\"helpdesk\"></div>\n<noscript>").Append(Html.Encode(Language == "de" ? "Diese Seite braucht JavaScript." : "This page needs JavaScript.")).Append("</noscript>\n</body>\n</html>\n");
        return page.ToString();
    }

    /// <summary>A page that only says something, in the words of a developer: people see it where something is not set up.</summary>
    public static string RenderNotice(string title, string text) =>
        $"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{Html.Encode(title)}</title></head>\n<body><h1>{Html.Encode(title)}</h1><p>{Html.Encode(text)}</p></body></html>\n";

    private string Asset(string file) => $"{MountedAt}/{ClientFiles.Folder}/{file}";

    private string Settings() => JsonSerializer.Serialize(
        new
        {
            name = Options.Name,
            logo = Options.LogoPath is null ? null : PathBase + Options.LogoPath,
            language = Language,
            theme = Theme,
            mountedAt = MountedAt,
            api = Api,
            signOut = Options.SignOutPath is null ? null : PathBase + Options.SignOutPath,
            antiforgery = Antiforgery,
            // What the API would refuse, so that the page can say it before anything is sent.
            limits = new
            {
                subject = Rules.Limits.SubjectLength,
                body = Rules.Limits.BodyLength,
                files = Rules.Limits.AttachmentCount,
                fileSize = Rules.Limits.AttachmentSize,
                reopenSeconds = (long)Rules.ReopenWindow.TotalSeconds,
            },
        },
        JsonSerializerOptions.Web);

    /// <param name="Header">The header in which the host takes the token; null where it takes none.</param>
    /// <param name="Field">The form field in which it does.</param>
    /// <param name="Token">The token of this page and user.</param>
    internal sealed record AntiforgeryTokens(string? Header, string Field, string Token);
}
