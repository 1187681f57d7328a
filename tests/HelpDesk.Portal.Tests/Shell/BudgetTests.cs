using System.Collections.Concurrent;
using System.IO.Compression;
using HelpDesk.Portal.Tests.Infrastructure;
using Microsoft.Playwright;

namespace HelpDesk.Portal.Tests.Shell;

/// <summary>What a browser that has nothing yet loads of scripts before a page is there: the shell, the page's own part and the language.</summary>
public sealed class BudgetTests(PortalHost host) : PortalTest(host)
{
    private const int Requesters = 150_000;
    private const int Agents = 200_000;

    // Less would mean that not all was seen: the shell alone is more.
    private const int Least = 60_000;

    [Theory]
    [InlineData("alice", "/", "main .hd-request a", Requesters)]
    [InlineData("alice", "/new", "main form textarea", Requesters)]
    [InlineData("alice", "/t/{0}", "ol.hd-messages > li", Requesters)]
    [InlineData("ann", "/agent/all", "[data-row] input", Agents)]
    [InlineData("ann", "/agent/t/{0}", "ol.hd-messages > li", Agents)]
    [InlineData("ann", "/agent/new", "main form textarea", Agents)]
    [InlineData("ann", "/agent/held", "[data-mail], .hd-empty", Agents)]
    [InlineData("ann", "/settings", "main fieldset", Agents)]
    [InlineData("mia", "/manager", ".hd-plot", Agents)]
    [InlineData("mia", "/manager/agents", ".hd-agent", Agents)]
    public async Task The_first_scripts_of_a_page_are_within_its_budget(string person, string address, string shown, int budget)
    {
        var number = await OpenTicketAsync("alice", "Measured");
        foreach (var language in new[] { "en-GB", "de-DE" })
        {
            var visitor = await VisitAsync(person, new() { Locale = language });
            var scripts = new ConcurrentQueue<IResponse>();
            visitor.Context.Response += (_, response) =>
            {
                if (response.Request.ResourceType == "script")
                    scripts.Enqueue(response);
            };
            await visitor.Page.GotoAsync($"/support{string.Format(System.Globalization.CultureInfo.InvariantCulture, address, number)}");
            await visitor.Page.Locator(shown).First.WaitForAsync();

            var loaded = scripts.ToArray();
            Assert.Equal(loaded.Length, loaded.Select(script => script.Url).Distinct().Count());
            var sizes = new List<(string Name, int Bytes)>();
            foreach (var script in loaded)
                sizes.Add((new Uri(script.Url).Segments[^1], Compressed(await script.BodyAsync())));
            var bytes = sizes.Sum(size => size.Bytes);
            TestContext.Current.TestOutputHelper!.WriteLine($"{address} {language}: {bytes / 1000.0:F1} kB of {budget / 1000}: {string.Join(", ", sizes.OrderByDescending(size => size.Bytes).Select(size => $"{size.Name} {size.Bytes / 1000.0:F1}"))}");
            Assert.Contains(sizes, size => size.Name.StartsWith(language[..2], StringComparison.Ordinal));
            Assert.InRange(bytes, Least, budget);
        }
    }

    private static int Compressed(byte[] script)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(script);
        return (int)packed.Length;
    }
}
