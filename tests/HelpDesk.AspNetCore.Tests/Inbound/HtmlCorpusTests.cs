using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using HelpDesk.AspNetCore.Tests.Infrastructure;

namespace HelpDesk.AspNetCore.Tests.Inbound;

/// <summary>Whatever a mail holds, a browser gets nothing of it but text, its structure, and links.</summary>
public sealed class HtmlCorpusTests(SharedHost shared) : HelpDeskTest(shared)
{
    private static readonly string[] Elements =
    [
        "a", "abbr", "acronym", "address", "article", "aside", "b", "bdi", "bdo", "big", "blockquote", "br", "caption", "center", "cite", "code", "col", "colgroup", "dd", "del", "dfn", "dir",
        "div", "dl", "dt", "em", "figcaption", "figure", "font", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "ins", "kbd", "li", "main", "mark", "nav", "ol", "p",
        "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "span", "strike", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u",
        "ul", "var", "wbr",
    ];

    private static readonly string[] Attributes =
    [
        "abbr", "align", "alt", "bgcolor", "border", "cellpadding", "cellspacing", "clear", "color", "colspan", "compact", "datetime", "dir", "face", "height", "href", "hspace", "lang",
        "noshade", "nowrap", "rel", "reversed", "rowspan", "scope", "size", "span", "src", "start", "summary", "target", "title", "type", "valign", "value", "vspace", "width",
    ];

    public static TheoryData<int> Numbers() => [.. Enumerable.Range(0, HtmlCorpus.Rows.Length)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public async Task Nothing_of_it_runs_fetches_sends_or_hides(int row)
    {
        var html = HtmlCorpus.Rows[row];

        // Alone, as the rest of something, and where a table would move it.
        foreach (var around in new[] { "{0}", "<table><tr><td>{0}<p>after", "<html><head>{0}</head><body>x</body></html>" })
            Check(await ShowAsync(new TestMail { Html = around.Replace("{0}", html, StringComparison.Ordinal) }));
    }

    [Theory]
    [InlineData("text/html; charset=utf-7", "+ADw-script+AD4-alert(1)+ADw-/script+AD4-+ADw-img src=x onerror=alert(1)+AD4-")]
    [InlineData("text/html; charset=us-ascii", "+ADw-script+AD4-alert(1)+ADw-/script+AD4-")]
    [InlineData("text/html; charset=iso-2022-jp", "\u001b$B<script>alert(1)</script>\u001b(B<img src=x onerror=alert(1)>")]
    [InlineData("text/html; charset=utf-16", "<\0s\0c\0r\0i\0p\0t\0>\0a\0")]
    [InlineData("text/html; charset=hz-gb-2312", "~{<script>~}alert(1)<img src=x onerror=alert(1)>")]
    [InlineData("text/html; charset=nonsense", "<img src=x onerror=alert(1)>")]
    public async Task Neither_does_it_in_a_charset_that_hides_it(string type, string bytes) =>
        Check(await ShowAsync(new TestMail { RawHtml = (Encoding.Latin1.GetBytes(bytes), type) }));

    [Fact]
    public async Task What_is_harmless_stays()
    {
        const string kept =
            """<table width="100%" bgcolor="#eee" cellpadding="4"><tbody><tr><td align="center" colspan="2"><font color="red" size="+1">Offer</font></td></tr></tbody></table><p dir="rtl"><b>bold</b> <i>and</i><br>more</p><ul><li>one</li></ul><blockquote>quoted &lt;b&gt; &amp; more</blockquote><pre>a  b</pre>""";
        var body = await BodyAsync($"<html><head><title>Offer</title><style>p{{}}</style></head><body bgcolor=red>{kept}<o:p>office</o:p><form><p style='color:red' class=x id=y>in a form</p></form></body></html>");

        Assert.Equal($"{kept}office<p>in a form</p>", body);
    }

    [Theory]
    [InlineData("http://ok.example/a?b=c&amp;d=e#f", "http://ok.example/a?b=c&amp;d=e#f")]
    [InlineData("HTTPS://OK.example", "https://ok.example/")]
    [InlineData(" https://ok.example/ä\n", "https://ok.example/%C3%A4")]
    [InlineData("mailto:a@b.example?subject=x", "mailto:a@b.example?subject=x")]
    public async Task A_link_opens_elsewhere_and_tells_nothing(string href, string expected) => Assert.Equal(
        $"""<a href="{expected}" title="t" target="_blank" rel="noopener noreferrer nofollow">x</a>""", await BodyAsync($"<a href=\"{href}\" target=_top rel=opener title=t>x</a>"));

    private static void Check(Answer answer)
    {
        Assert.Contains("Content-Security-Policy: default-src 'none'; img-src data:; sandbox\n", answer.Head, StringComparison.Ordinal);
        Assert.Equal("text/html", answer.MediaType);
        // As browsers read it, with scripts and without; and what they would write, read again.
        foreach (var isScripting in new[] { false, true })
        {
            var document = Read(answer.Text, isScripting);
            Check(document, answer);
            Check(Read(document.DocumentElement.OuterHtml, isScripting), answer);
        }
    }

    private static void Check(IDocument document, Answer answer)
    {
        Assert.Equal("""<meta charset="utf-8">""", document.Head!.InnerHtml);
        Assert.Empty(document.Body!.Attributes);
        Assert.Empty(document.DocumentElement.Attributes);
        foreach (var node in document.Body.GetDescendants().Where(node => node is not IText))
        {
            var element = Assert.IsAssignableFrom<IElement>(node);
            Assert.True(element.NamespaceUri == NamespaceNames.HtmlUri && Elements.Contains(element.LocalName), $"<{element.LocalName}>: {answer}");
            foreach (var attribute in element.Attributes)
                Assert.True(attribute.NamespaceUri is null && Attributes.Contains(attribute.Name) && IsHarmless(element, attribute), $"<{element.LocalName} {attribute.Name}={attribute.Value}>: {answer}");
            Assert.Equal(element.HasAttribute("href"), element.GetAttribute("target") == "_blank");
            Assert.Equal(element.HasAttribute("href"), element.GetAttribute("rel") == "noopener noreferrer nofollow");
        }
    }

    private static bool IsHarmless(IElement element, IAttr attribute) => attribute.Name switch
    {
        "href" => element.LocalName == "a" && new[] { "http://", "https://", "mailto:" }.Any(scheme => attribute.Value.StartsWith(scheme, StringComparison.Ordinal)),
        // No mail of these has an image of its own.
        "src" => false,
        _ => true,
    };

    private static IDocument Read(string html, bool isScripting) => new HtmlParser(new HtmlParserOptions { IsScripting = isScripting }).ParseDocument(html);

    private async Task<string> BodyAsync(string html) => Read((await ShowAsync(new TestMail { Html = html })).Text, isScripting: false).Body!.InnerHtml.TrimEnd();

    private async Task<Answer> ShowAsync(TestMail mail)
    {
        var (_, message) = await Host.OpenByMailAsync(mail with { From = $"{Guid.NewGuid():N}@elsewhere.example" });
        return (await Ann.GetAsync($"/messages/{message}/html")).Is(200);
    }
}
