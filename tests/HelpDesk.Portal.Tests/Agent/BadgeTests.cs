using HelpDesk.Portal.Tests.Infrastructure;
using HelpDesk.Tickets;
using Microsoft.Playwright;

namespace HelpDesk.Portal.Tests.Agent;

/// <summary>Whoever sees no colours reads a badge by its shape and word, and both stand out from what is below them: contrast is a matter of light, so it is the same in greyscale.</summary>
public sealed class BadgeTests(PortalHost host) : AgentTest(host)
{
    private static readonly string[] Words = ["Open", "Pending", "Resolved", "Closed", "Urgent", "High", "Normal", "Low"];

    [Theory]
    [InlineData(ColorScheme.Light, 1440, 7.0)]
    [InlineData(ColorScheme.Dark, 1440, 7.8)]
    [InlineData(ColorScheme.Light, 390, 7.0)]
    [InlineData(ColorScheme.Dark, 390, 7.8)]
    public async Task Each_status_and_priority_has_a_shape_and_a_word_of_its_own_in_high_contrast(ColorScheme theme, int width, double least)
    {
        await FillAsync();
        var ann = await VisitAsync("ann", new() { Theme = theme, Width = width });
        await ann.OpenAsync("/agent/all?category=badges&status=any");
        await Expect(ann.Page.Locator("[data-row]")).Not.ToHaveCountAsync(0);
        foreach (var word in Words)
            await Expect(ann.Page.Locator(".hd-badge").Filter(new() { HasText = word }).First).ToBeVisibleAsync();
        var badges = await ann.Page.EvaluateAsync<Badge[]>(
            """
            () => {
              const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
              const channels = (color) => {
                canvas.clearRect(0, 0, 1, 1);
                canvas.fillStyle = color;
                canvas.fillRect(0, 0, 1, 1);
                return [...canvas.getImageData(0, 0, 1, 1).data];
              };
              const below = (element) => {
                for (let each = element; each; each = each.parentElement) {
                  const color = channels(getComputedStyle(each).backgroundColor);
                  if (color[3] === 255) return color;
                  if (color[3] !== 0) throw new Error(`A half transparent badge: ${each.outerHTML.slice(0, 80)}`);
                }
                throw new Error('Nothing is below the badge.');
              };
              const light = ([r, g, b]) => {
                const [x, y, z] = [r, g, b].map((value) => value / 255).map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
                return 0.2126 * x + 0.7152 * y + 0.0722 * z;
              };
              return [...document.querySelectorAll('.hd-badge')].filter((badge) => badge.checkVisibility()).map((badge) => {
                const [dark, bright] = [light(channels(getComputedStyle(badge).color)), light(below(badge))].sort((a, b) => a - b);
                const [shape, ...words] = [...badge.childNodes].map((node) => node.textContent);
                return { shape, word: words.join(''), contrast: (bright + 0.05) / (dark + 0.05) };
              });
            }
            """);
        // To one decimal, as the design promises it.
        Assert.All(badges, badge => Assert.True(Math.Round(badge.Contrast, 1) >= least, $"{badge.Shape} {badge.Word}: {badge.Contrast:F2}"));
        var kinds = badges.Select(badge => (badge.Shape, badge.Word)).Distinct().ToList();
        Assert.Equal(Words.Order(), kinds.Select(kind => kind.Word).Order());
        Assert.Equal(Words.Length, kinds.Select(kind => kind.Shape).Distinct().Count());
        TestContext.Current.TestOutputHelper!.WriteLine($"{theme}: {string.Join(", ", badges.DistinctBy(badge => badge.Word).Select(badge => $"{badge.Shape} {badge.Word} {badge.Contrast:F2}"))}");
    }

    /// <summary>One ticket of each priority, and each of another status.</summary>
    private async Task FillAsync()
    {
        var ann = await AgentAsync("ann");
        foreach (var (priority, status) in new[] { (TicketPriority.Urgent, "open"), (TicketPriority.High, "pending"), (TicketPriority.Normal, "resolved"), (TicketPriority.Low, "closed") })
        {
            var number = await OpenTicketAsync("alice", $"Is {status}", priority: priority, category: "badges");
            if (status == "pending")
                await ReplyAsync("ann", number, "Which one?");
            if (status == "resolved")
                await Host.DoAsync(tickets => tickets.ResolveAsync(new ResolveTicket { Actor = ann, Ticket = TicketKey.Parse(number) }, CancellationToken));
            if (status == "closed")
                await Host.DoAsync(tickets => tickets.CloseAsync(new CloseTicket { Actor = ann, Ticket = TicketKey.Parse(number) }, CancellationToken));
        }
    }

    private sealed record Badge
    {
        public string Shape { get; init; } = "";
        public string Word { get; init; } = "";
        public double Contrast { get; init; }
    }
}
