using Microsoft.Playwright;

namespace HelpDesk.Portal.Tests.Infrastructure;

/// <summary>Every test relies on its visitors to take note of what no page may do: so they have to.</summary>
public sealed class WatchTests(PortalHost host) : PortalTest(host)
{
    [Theory]
    [InlineData("document.body.insertAdjacentElement('beforeend', document.createElement('p')).setAttribute('style', 'color: red')", "POLICY style-src-attr inline")]
    [InlineData("document.body.append(Object.assign(document.createElement('style'), { textContent: 'p { color: red }' }))", "POLICY style-src-elem inline")]
    [InlineData("document.body.append(Object.assign(document.createElement('img'), { src: 'http://other.invalid/a.png' }))", "POLICY img-src http://other.invalid/a.png")]
    [InlineData("document.body.append(Object.assign(document.createElement('iframe'), { src: 'http://other.invalid/c' }))", "POLICY frame-src http://other.invalid")]
    [InlineData("fetch('http://other.invalid/b').catch(() => undefined); undefined", "POLICY connect-src http://other.invalid/b")]
    [InlineData("try { document.body.innerHTML = '<p>' } catch { }", "POLICY require-trusted-types-for trusted-types-sink")]
    [InlineData("console.error('A remark of a library')", "A remark of a library")]
    public async Task What_a_page_may_not_do_is_noted(string script, string trouble)
    {
        await using var alice = await CarelessAsync();
        await alice.Context.RunAndWaitForConsoleMessageAsync(() => alice.Page.EvaluateAsync(script), new() { Predicate = message => message.Text.Contains(trouble, StringComparison.Ordinal) });
        Assert.Contains(alice.Troubles, noted => noted.Contains(trouble, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_error_of_a_script_is_noted()
    {
        await using var alice = await CarelessAsync();
        var thrown = new TaskCompletionSource();
        alice.Context.WebError += (_, _) => thrown.TrySetResult();
        await alice.Page.EvaluateAsync("() => { setTimeout(() => { throw new Error('thrown later'); }); }");
        await thrown.Task.WaitAsync(CancellationToken);
        Assert.Contains(alice.Troubles, noted => noted.Contains("thrown later", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_request_to_another_host_is_noted_where_no_policy_stops_it()
    {
        await using var alice = await CarelessAsync();
        await alice.Page.GotoAsync("about:blank");
        await alice.Page.RunAndWaitForRequestAsync(() => alice.Page.SetContentAsync("<img src='http://other.invalid/a.png'>"), "http://other.invalid/a.png");
        Assert.Equal(["A request to another host: http://other.invalid/a.png"], alice.Troubles);
    }

    [Fact]
    public async Task A_dialog_of_the_browser_is_noted_and_closed()
    {
        await using var alice = await CarelessAsync();
        await alice.Page.EvaluateAsync("alert('Hello')");
        Assert.Equal(["A dialog: Hello"], alice.Troubles);
    }

    [Fact]
    public async Task What_was_noted_fails_the_test()
    {
        var test = new Careless(Host);
        var alice = await test.ComeAsync();
        await alice.Context.RunAndWaitForConsoleMessageAsync(() => alice.Page.EvaluateAsync("console.error('A remark of a library')"));
        await Assert.ThrowsAsync<Xunit.Sdk.EmptyException>(async () => await test.DisposeAsync());
    }

    [Fact]
    public async Task A_page_that_does_nothing_wrong_is_not_blamed()
    {
        await using var alice = await CarelessAsync();
        await alice.Page.EvaluateAsync("console.info('Only told')");
        await alice.OpenAsync("/");
        Assert.Empty(alice.Troubles);
    }

    /// <summary>A visitor whose troubles are not this test's.</summary>
    private async Task<Visitor> CarelessAsync()
    {
        var alice = await Visitor.ComeAsync(Host.Address, new VisitorOptions());
        await alice.SignInAsync("alice");
        await alice.OpenAsync("/");
        return alice;
    }

    private sealed class Careless(PortalHost host) : PortalTest(host)
    {
        public async Task<Visitor> ComeAsync()
        {
            var alice = await VisitAsync("alice");
            await alice.OpenAsync("/");
            return alice;
        }
    }
}
