using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace HelpDesk.Portal.Tests.Infrastructure;

/// <summary>What must hold for any page, whoever made it.</summary>
internal static class PageChecks
{
    /// <summary>axe finds nothing to say.</summary>
    public static async Task ExpectAccessibleAsync(this IPage page)
    {
        var result = await page.RunAxe();
        AssertNone(result.Violations.SelectMany(violation => violation.Nodes.Select(node => $"{page.Url} {violation.Id}: {node.Html} {string.Join(' ', node.Any.Select(check => check.Message))}")));
    }

    /// <summary>Nothing of the page lies beside the screen.</summary>
    public static async Task ExpectNoSidewaysScrollAsync(this IPage page) => AssertNone(await page.EvaluateAsync<string[]>(
        """
        () => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? []
          : ['wider', ...[...document.querySelectorAll('body *')].filter(element => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1).map(element => element.outerHTML.slice(0, 120))]
        """));

    /// <summary>What a finger has to hit is large enough for it.</summary>
    public static async Task ExpectLargeTargetsAsync(this IPage page) => AssertNone(await page.EvaluateAsync<string[]>(
        """
        () => [...document.querySelectorAll('a[href], button, select, input:not([type=radio], [type=checkbox], [type=file]), textarea, label:has(input), summary')]
          .filter(element => element.checkVisibility({ visibilityProperty: true }) && !element.matches('.hd-skip, .hd-sr') && !element.closest('p, dd, .hd-body, .hd-second, .hd-sr, [aria-hidden=true]'))
          .map(element => [element.getBoundingClientRect(), element])
          .filter(([box, element]) => box.width > 1 && box.height < 43.5 && element.parentElement.getBoundingClientRect().width > 1)
          .map(([box, element]) => `${box.height} ${element.outerHTML.slice(0, 120)}`)
        """));

    /// <summary>What has the focus is in the window, has a ring, and nothing lies over it.</summary>
    public static async Task ExpectFocusInSightAsync(this IPage page) => Assert.Equal("seen", await page.EvaluateAsync<string>(
        """
        () => {
          const focused = document.activeElement;
          const box = focused.getBoundingClientRect();
          const x = box.left + Math.min(box.width / 2, 20), y = (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2;
          const over = document.elementFromPoint(x, y);
          if (!over || !(focused.contains(over) || over.contains(focused))) return `${focused.outerHTML.slice(0, 120)} is below ${over?.outerHTML.slice(0, 120)}`;
          return getComputedStyle(focused).outlineStyle === 'none' ? `${focused.outerHTML.slice(0, 120)} has no ring` : 'seen';
        }
        """));

    /// <summary>No text of anybody has become an element, a handler or an address that does something.</summary>
    public static async Task ExpectInertAsync(this IPage page) => Assert.Equal("", await page.EvaluateAsync<string>(
        """
        () => [
            ...document.querySelectorAll(':is(main, [role=dialog], [role=alertdialog], [role=listbox]) :is(script, img, iframe:not(.hd-mail), object, embed, style, link, base, meta, video, audio, source, math, details:not(.hd-chart details), b, table table, form form, svg:not([class^=hd-], .hd-legend svg)), header :is(script, svg:not([class^=hd-]), iframe, b)'),
            ...[...document.querySelectorAll('*')].filter(element => [...element.attributes].some(attribute => attribute.name.startsWith('on'))),
            ...[...document.querySelectorAll('a')].filter(link => !['http:', 'https:', 'mailto:'].includes(link.protocol)),
        ].map(element => element.outerHTML).join('\n') + (window.hit ? 'hit' : '')
        """));

    /// <summary>Presses Tab until the element has the focus, as somebody without a mouse does.</summary>
    public static async Task TabToAsync(this IPage page, ILocator target, string key = "Tab")
    {
        for (var presses = 0; presses < 80; presses++)
        {
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                await page.ExpectFocusInSightAsync();
                return;
            }

            await page.Keyboard.PressAsync(key);
        }

        Assert.Fail($"The keyboard does not come to {target}; it is at {await page.EvaluateAsync<string>("document.activeElement.outerHTML.slice(0, 120)")}.");
    }

    private static void AssertNone(IEnumerable<string> troubles) => Assert.True(!troubles.Any(), string.Join('\n', troubles));
}
