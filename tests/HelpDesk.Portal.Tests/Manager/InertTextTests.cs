using System.Text.RegularExpressions;
using HelpDesk.Portal.Tests.Infrastructure;
using HelpDesk.Tickets;
using Microsoft.Playwright;

namespace HelpDesk.Portal.Tests.Manager;

/// <summary>Whatever somebody writes is text in the tables of managers, and in the spreadsheet that they take with them.</summary>
public sealed class InertTextTests(PortalHost host) : PortalTest(host)
{
    [Fact]
    public async Task The_export_is_the_spans_and_opens_no_formula()
    {
        var mia = await VisitAsync("mia");
        await RenameAsync("bob", "=1+1");
        foreach (var formula in HostileTexts.Formulas)
            await OpenTicketAsync("bob", formula, category: formula);
        await mia.OpenAsync("/manager?days=7");
        var download = await mia.Page.RunAndWaitForDownloadAsync(() => mia.Page.GetByRole(AriaRole.Link, new() { Name = "Export as CSV" }).ClickAsync());
        Assert.EndsWith(".csv", download.SuggestedFilename, StringComparison.Ordinal);
        var rows = (await File.ReadAllTextAsync(await download.PathAsync(), CancellationToken)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(Cells).ToList();
        Assert.All(rows, row => Assert.Equal(17, row.Count));
        // Each text as it was written, but with an apostrophe before each sign that a spreadsheet could begin a formula at.
        var disarmed = HostileTexts.Formulas.Select(formula => formula.Contains(';', StringComparison.Ordinal) ? formula.Insert(formula.IndexOf(';', StringComparison.Ordinal) + 1, "'") : $"'{formula}").ToList();
        Assert.Empty(disarmed.Except(rows.Select(row => row[1])));
        Assert.Empty(disarmed.Except(rows.Select(row => row[4])));
        Assert.Contains("'=1+1", rows.Select(row => row[6]));
        Assert.All(rows.SelectMany(row => row), cell => Assert.DoesNotMatch("(^|[;\t])[\\s\"\u200B]*[=+@\uFF1D\uFF0B\u2212-]", cell));
    }

    [Fact]
    public async Task Markup_in_the_tables_is_shown_as_it_was_written()
    {
        var texts = HostileTexts.All.Select(row => row.Data).ToList();
        var mia = await VisitAsync("mia");
        var ben = Actor.User(await Host.IdOfAsync("ben"), HelpDeskRoles.Support);
        foreach (var text in texts)
        {
            var number = await OpenTicketAsync("alice", "Plain", category: text);
            await Host.DoAsync(tickets => tickets.ChangeAsync(new ChangeTicket { Actor = ben, Ticket = TicketKey.Parse(number), AssigneeId = ben.Id }, CancellationToken));
        }

        await mia.OpenAsync("/manager?days=7");
        var tables = mia.Page.Locator(".hd-parts");
        await Expect(tables).ToHaveCountAsync(2);
        Assert.Empty(texts.Except(await tables.Last.Locator("tbody th").AllTextContentsAsync()));
        await mia.Page.ExpectInertAsync();
        await mia.OpenAsync("/manager/agents");
        await mia.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Edit") }).First.ClickAsync();
        var dialog = mia.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Categories").FillAsync(string.Join('\n', texts.Take(5)));
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(mia.Page.Locator(".hd-agent").Filter(new() { HasText = texts[1] })).ToHaveCountAsync(1);
        await mia.Page.ExpectInertAsync();
    }

    /// <summary>The cells of a row: those in quotation marks may hold commas, and marks twice.</summary>
    private static List<string> Cells(string row) =>
        [.. Regex.Matches(row, "(?:^|,)(?:\"((?:[^\"]|\"\")*)\"|([^,]*))").Select(cell => cell.Groups[1].Success ? cell.Groups[1].Value.Replace("\"\"", "\"", StringComparison.Ordinal) : cell.Groups[2].Value)];
}
