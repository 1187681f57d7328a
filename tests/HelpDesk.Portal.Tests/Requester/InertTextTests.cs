using HelpDesk.Portal.Tests.Infrastructure;
using HelpDesk.SampleHost.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace HelpDesk.Portal.Tests.Requester;

/// <summary>Whatever somebody writes is text: as a subject, as a message, as the name of a file, and as their own name.</summary>
public sealed class InertTextTests(PortalHost host) : RequesterTest(host)
{
    public static TheoryData<string> Texts =>
    [
        "<script>window.hit=1;alert(1)</script>",
        "<img src=x onerror=\"window.hit=1;alert(1)\">",
        "<svg onload=window.hit=1;alert(1)>",
        "<svg><script>window.hit=1</script></svg>",
        "\"><img src=x onerror=alert(1)>",
        "'><script>alert(1)</script>",
        "</textarea><script>alert(1)</script>",
        "</title><script>alert(1)</script>",
        "<iframe src=\"javascript:alert(1)\"></iframe>",
        "<iframe srcdoc=\"<script>parent.hit=1</script>\"></iframe>",
        "<a href=\"javascript:alert(1)\">press</a>",
        "javascript:alert(1)",
        "javascript://example.com/%0aalert(1)",
        "http://example.com/\" onmouseover=\"alert(1)",
        "https://example.com/<img src=x onerror=alert(1)>",
        "data:text/html,<script>alert(1)</script>",
        "<body onload=alert(1)>",
        "<details open ontoggle=alert(1)>",
        "<video><source onerror=alert(1)></video>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "<object data=\"data:text/html,<script>alert(1)</script>\"></object>",
        "<base href=//evil.example/>",
        "<link rel=stylesheet href=//evil.example/a.css>",
        "<style>*{background:url(//evil.example/)}</style>",
        "<meta http-equiv=refresh content=\"0;url=//evil.example/\">",
        "<form action=//evil.example/><input autofocus onfocus=alert(1)>",
        "{{constructor.constructor('alert(1)')()}}",
        "${alert(1)}",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "[press](javascript:alert(1))",
        "\u202Egnp.exe\u202C<b>bold</b>",
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Markup_is_shown_as_it_was_written(string text)
    {
        var bob = await VisitAsync("bob");
        await RenameAsync("bob", text);
        await RenameAsync("ann", text);
        var dialogs = new List<string>();
        bob.Page.Dialog += (_, dialog) => { dialogs.Add(dialog.Message); _ = dialog.DismissAsync(); };

        await bob.OpenAsync("/new");
        await bob.Page.GetByLabel("Subject").FillAsync(text);
        await bob.Page.GetByLabel("What happened?").FillAsync(text);
        await ChooseAsync(bob, File($"{text.Replace('/', '_')}.txt"));
        await Expect(bob.Page.Locator(".hd-files li")).ToHaveCountAsync(1);
        await AssertInertAsync(bob);
        await Button(bob, "Create Request").ClickAsync();
        var number = await NumberAsync(bob);
        await ReplyAsync("ann", number, text);
        await Button(bob, "Show").ClickAsync();
        await Expect(Messages(bob)).ToHaveCountAsync(2);
        await Expect(bob.Page.Locator("h1")).ToHaveTextAsync($"{number} {text}");
        await Expect(bob.Page.Locator(".hd-body").First).ToHaveTextAsync(text);
        await Expect(bob.Page.Locator("a.hd-file")).ToHaveCountAsync(1);
        // What is over a link or a name wakes nothing.
        await bob.Page.Locator(".hd-body").First.HoverAsync();
        await AssertInertAsync(bob);

        await bob.Page.GetByRole(AriaRole.Link, new() { Name = "My Requests" }).ClickAsync();
        await Expect(Rows(bob).First).ToHaveTextAsync(text);
        await AssertInertAsync(bob);
        Assert.Empty(dialogs);
    }

    private static async Task AssertInertAsync(Visitor visitor) => Assert.Equal("", await visitor.Page.EvaluateAsync<string>("""
        () => [
            ...document.querySelectorAll('main :is(script, img, iframe, object, embed, style, link, base, meta, video, audio, source, math, details, b, table table, form form, svg:not(.hd-icon)), header :is(script, svg, iframe, b)'),
            ...[...document.querySelectorAll('*')].filter(element => [...element.attributes].some(attribute => attribute.name.startsWith('on'))),
            ...[...document.querySelectorAll('a')].filter(link => !['http:', 'https:'].includes(link.protocol)),
        ].map(element => element.outerHTML).join('\n') + (window.hit ? 'hit' : '')
        """));

    /// <summary>The name that is shown, and not the one by which the account is found.</summary>
    private async Task RenameAsync(string person, string name)
    {
        var id = await Host.IdOfAsync(person);
        await using var scope = Host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<AppDbContext>().Users.Where(user => user.Id == id).ExecuteUpdateAsync(set => set.SetProperty(user => user.UserName, name), CancellationToken);
    }
}
