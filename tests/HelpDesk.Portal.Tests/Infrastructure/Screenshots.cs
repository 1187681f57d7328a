using System.Runtime.CompilerServices;
using Microsoft.Playwright;

namespace HelpDesk.Portal.Tests.Infrastructure;

/// <summary>Pictures of the pages for the documentation, and for eyes. Only with HELPDESK_SCREENSHOTS=1: a run of the tests changes no files.</summary>
internal static class Screenshots
{
    public static bool AreWanted => Environment.GetEnvironmentVariable("HELPDESK_SCREENSHOTS") == "1";

    /// <summary>Saves what the visitor sees as <c>docs/images/portal/{name}-{width}-{light|dark}.png</c>.</summary>
    public static async Task TakeAsync(Visitor visitor, string name, [CallerFilePath] string here = "")
    {
        if (!AreWanted)
            return;
        var theme = await visitor.Page.EvaluateAsync<bool>("matchMedia('(prefers-color-scheme: dark)').matches") ? "dark" : "light";
        var root = new FileInfo(here).Directory;
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "HelpDesk.sln")))
            root = root.Parent;
        var folder = Directory.CreateDirectory(Path.Combine(root!.FullName, "docs", "images", "portal"));
        await visitor.Page.ScreenshotAsync(new PageScreenshotOptions
        {
            Path = Path.Combine(folder.FullName, $"{name}-{visitor.Page.ViewportSize!.Width}-{theme}.png"),
            Animations = ScreenshotAnimations.Disabled,
        });
    }
}
