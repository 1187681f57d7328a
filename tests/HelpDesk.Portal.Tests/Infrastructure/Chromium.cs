using Microsoft.Playwright;

namespace HelpDesk.Portal.Tests.Infrastructure;

/// <summary>One browser for all tests; each visitor has a profile of their own in it.</summary>
internal static class Chromium
{
    private static readonly Lazy<Task<IBrowser>> Browser = new(LaunchAsync);

    /// <summary>How long the tests wait for what must come about, in milliseconds: only what is broken takes so long, however busy the machine is.</summary>
    public const int Patience = 60_000;

    private static string Path => Environment.GetEnvironmentVariable("HELPDESK_TEST_CHROMIUM") ?? "/usr/bin/chromium";

    /// <summary>The browser; skips the test where there is none, and fails it in continuous integration.</summary>
    public static async Task<IBrowser> GetAsync()
    {
        if (!File.Exists(Path))
        {
            var reason = $"There is no browser at {Path}: install Debian's chromium, or set HELPDESK_TEST_CHROMIUM to one.";
            if (Environment.GetEnvironmentVariable("HELPDESK_REQUIRE_ALL") == "1")
                Assert.Fail($"{reason} This fails and is not skipped, because HELPDESK_REQUIRE_ALL is 1.");
            Assert.Skip(reason);
        }

        return await Browser.Value;
    }

    private static async Task<IBrowser> LaunchAsync()
    {
        Assertions.SetDefaultExpectTimeout(Patience);
        var playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Path,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }
}
