using System.Text;

namespace HelpDesk.Inbound;

/// <summary>What of a mail is its text, and what is a file.</summary>
public sealed class MailParserTests
{
    [Fact]
    public async Task Plain_text_goes_before_html()
    {
        var mail = await ParseAsync("Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nPlain\n--b\nContent-Type: text/html\n\n<p>Rich</p>\n--b--\n");

        Assert.Equal(("Plain", "<p>Rich</p>"), (mail.Text, mail.Html));
    }

    [Theory]
    [InlineData(" \n\n")]
    [InlineData("\u00a0")]
    public async Task Where_the_plain_text_is_blank_that_of_the_html_counts(string plain)
    {
        var mail = await ParseAsync($"Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n{plain}\n--b\nContent-Type: text/html\n\n<p>Rich</p>\n--b--\n");

        Assert.Equal("Rich", mail.Text);
    }

    [Fact]
    public async Task Texts_between_files_belong_together()
    {
        var mail = await ParseAsync("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nBefore\n--b\nContent-Type: image/png\n\nx\n--b\nContent-Type: text/plain\n\nAfter\n--b--\n");

        Assert.Equal("Before\n\nAfter", mail.Text);
        Assert.Equal("image.png", Assert.Single(mail.Files).Name);
    }

    [Theory]
    [InlineData("text/html", "<style>p{}</style><title>No</title><p>One<br>two</p><script>alert(1)</script><ul><li>a<li>b</ul>&amp; &#x20ac;", "One\ntwo\n\n- a\n- b\n\n& €")]
    [InlineData("text/html", "<blockquote>quoted<br>more</blockquote>own", "> quoted\n> more\n\nown")]
    [InlineData("text/html", "a<b", "a")]
    [InlineData("text/html", "<p>unclosed <i>text", "unclosed text")]
    [InlineData("text/html", "<table><tr><td>1<td>2<tr><td>3</table>", "1 2\n3")]
    [InlineData("text/html", "<pre>a\n  b</pre>", "a\n  b")]
    [InlineData("text/html", "<html><head><meta charset=utf-8><title>No</title><body>Without an end of the head", "Without an end of the head")]
    public async Task Html_becomes_text(string type, string html, string text) =>
        Assert.StartsWith(text, (await ParseAsync($"Content-Type: {type}; charset=utf-8\n\n{html}\n")).Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("utf-8", "Gr\u00fc\u00dfe", "utf-8")]
    [InlineData("iso-8859-1", "Gr\u00fc\u00dfe", "iso-8859-1")]
    [InlineData("us-ascii", "Gr\u00fc\u00dfe", "utf-8")]
    [InlineData("utf-8", "Gr\u00fc\u00dfe", "windows-1252")]
    [InlineData("nonsense", "Gr\u00fc\u00dfe", "windows-1252")]
    [InlineData("shift_jis", "\u65e5\u672c\u8a9e", "shift_jis")]
    [InlineData("iso-2022-jp", "\u65e5\u672c\u8a9e", "iso-2022-jp")]
    [InlineData("koi8-r", "\u041f\u0440\u0438\u0432\u0435\u0442", "koi8-r")]
    [InlineData("gb2312", "\u4f60\u597d", "gb2312")]
    [InlineData("cp932", "\u65e5\u672c\u8a9e", "shift_jis")]
    [InlineData("windows-31j", "\u65e5\u672c\u8a9e", "shift_jis")]
    [InlineData("\"utf8\"", "Gr\u00fc\u00dfe", "utf-8")]
    [InlineData("iso-8859-1", "caf\u00e9", "iso-8859-1")]
    [InlineData("us-ascii", "caf\u00e9", "iso-8859-1")]
    [InlineData("gbk", "\u4f60", "gb2312")]
    public async Task Eight_bits_are_read_whatever_is_declared(string declared, string text, string written)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        byte[] raw = [.. Encoding.ASCII.GetBytes($"Content-Type: text/plain; charset={declared}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"), .. Encoding.GetEncoding(written).GetBytes(text)];

        Assert.Equal(text, (await ParseAsync(raw)).Text.Trim());
    }

    [Fact]
    public async Task Nul_and_halves_of_pairs_are_dropped() =>
        Assert.Equal("ab", (await ParseAsync("Content-Type: text/plain; charset=utf-16le\nContent-Transfer-Encoding: base64\n\nYQAAAADYYgA=\n")).Text.Replace("\uFFFD", "", StringComparison.Ordinal));

    [Theory]
    [InlineData("Content-Type: application/octet-stream", "attachment.bin")]
    [InlineData("Content-Type: application/pdf; name=\"a.pdf\"", "a.pdf")]
    [InlineData("Content-Disposition: attachment; filename*=utf-8''%E2%82%AC.txt", "\u20ac.txt")]
    [InlineData("Content-Disposition: attachment; filename=\"=?utf-8?Q?=E2=82=AC.txt?=\"", "\u20ac.txt")]
    [InlineData("Content-Type: text/plain; name=note.txt", "note.txt")]
    [InlineData("Content-Type: text/calendar", "attachment.ics")]
    [InlineData("Content-Type: image/jpeg", "image.jpg")]
    public async Task Whatever_is_no_text_is_a_file_with_a_name(string header, string name) =>
        Assert.Equal(name, Assert.Single((await ParseAsync($"Content-Type: multipart/mixed; boundary=b\n\n--b\n{header}\n\nx\n--b--\n")).Files).Name);

    [Theory]
    [InlineData("multipart/mixed; boundary=b", "Text without a boundary.")]
    [InlineData("multipart/alternative; boundary=b", "--c\n\nText of another one.\n--c--")]
    [InlineData("multipart/mixed", "Text of none.")]
    public async Task Text_that_stands_outside_of_all_parts_is_not_lost(string type, string body) =>
        Assert.Contains("Text", (await ParseAsync($"Content-Type: {type}\n\n{body}\n")).Text, StringComparison.Ordinal);

    [Fact]
    public async Task A_mail_within_the_mail_is_a_file()
    {
        var mail = await ParseAsync("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nSee below\n--b\nContent-Type: message/rfc822\n\nFrom: x@example.com\nSubject: Inner\n\nInner text\n--b--\n");

        Assert.Equal("See below", mail.Text);
        var file = Assert.Single(mail.Files);
        using var bytes = new MemoryStream();
        await file.WriteToAsync(bytes, CancellationToken.None);
        Assert.Equal("Inner.eml", file.Name);
        Assert.Contains("Inner text", Encoding.ASCII.GetString(bytes.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Twenty_answered_mails_are_looked_up_the_nearest_first()
    {
        var mail = await ParseAsync($"In-Reply-To: <parent@x>\nReferences: {string.Join(' ', Enumerable.Range(0, 50).Select(i => $"<{i}@x>"))}\n\nText\n");

        Assert.Equal(20, mail.Answers.Count);
        Assert.Equal(["<parent@x>", "<49@x>", "<48@x>"], mail.Answers.Take(3));
    }

    [Theory]
    [InlineData("From: a@example.com", "a@example.com", "a")]
    [InlineData("From: \"Zoe, the First\" <A@Example.com>", "a@example.com", "Zoe, the First")]
    [InlineData("From: =?utf-8?Q?Zo=C3=AB?= <a@example.com>", "a@example.com", "Zo\u00eb")]
    [InlineData("From: a@example.com (Zoe)", "a@example.com", "Zoe")]
    [InlineData("From: =?utf-8?Q?a=0D=0ABcc=3A_x?= <a@example.com>", "a@example.com", "a Bcc: x")]
    public async Task The_sender_is_read(string header, string email, string name) => Assert.Equal(new MailSender(email, name), (await ParseAsync($"{header}\n\nText\n")).Head.Sender);

    [Theory]
    [InlineData("X: {0}\r\n\r\nText", 200_000)]
    [InlineData("A: b\r\nX: c\r\n {0}\r\n\r\nText", 200_000)]
    [InlineData("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nX: {0}\r\n\r\nText\r\n--b--", 200_000)]
    [InlineData("Content-Type: message/rfc822\r\n\r\nTo: {0}\r\n\r\nText", 200_000)]
    [InlineData("Content-Type: multipart/digest; boundary=b\r\n\r\n--b\r\n\r\nTo: {0}\r\n\r\nText\r\n--b--", 200_000)]
    public async Task A_header_that_is_too_long_is_not_parsed(string form, int length) =>
        Assert.Contains("header", (await Assert.ThrowsAsync<UnreadableMailException>(() => ParseAsync(string.Format(null, form, new string('x', length))))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("A: b\r\n\r\n{0}")]
    [InlineData("A: b\r\n\r\nNote:\r\n {0}\r\n {0}")]
    [InlineData("A: b\r\n\r\n-- a dump of something\r\n {0}\r\n {0}")]
    public async Task Long_text_is_no_long_header(string form) => await ParseAsync(string.Format(null, form, new string('x', 100_000)));

    [Fact]
    public async Task A_long_name_of_a_header_and_five_thousand_headers_are_read() =>
        Assert.Equal("Text", (await ParseAsync($"A: b\r\n{new string('x', 10_000)}: b\r\n{string.Concat(Enumerable.Repeat("A: b\r\n", 5_000))}\r\nText\r\n")).Text);

    [Theory]
    [InlineData("Re: [TKT-2026-000123] Hello", "TKT-2026-000123")]
    [InlineData("tkt-2026-000123", "TKT-2026-000123")]
    [InlineData("about \u201eTKT-2026-000123\u201c?", "TKT-2026-000123")]
    [InlineData("ACME.17/b, please", "ACME.17/b")]
    [InlineData("no number here", null)]
    public void Numbers_are_whole_words(string subject, string? number)
    {
        var found = SubjectNumbers.In(subject);
        if (number is null)
            Assert.Empty(found);
        else
            Assert.Contains(number, found);
    }

    [Theory]
    [InlineData("reply+abcdefghijklmnopqrstuvwx23@x.example", "abcdefghijklmnopqrstuvwx23")]
    [InlineData("REPLY+ABCDEFGHIJKLMNOPQRSTUVWX23@X.example", "abcdefghijklmnopqrstuvwx23")]
    [InlineData("reply+abcdefghijklmnopqrstuvwx2@x.example", null)]
    [InlineData("reply+abcdefghijklmnopqrstuvwx234@x.example", null)]
    [InlineData("reply+abcdefghijklmnopqrstuvwx21@x.example", null)]
    [InlineData("support@x.example", null)]
    public void A_token_has_its_length_and_letters(string address, string? token) => Assert.Equal(token, ReplyAddress.TokenOf(address));

    private static Task<ParsedMail> ParseAsync(string raw) => ParseAsync(Encoding.UTF8.GetBytes(raw));

    private static Task<ParsedMail> ParseAsync(byte[] raw) => MailParser.ParseAsync(new MemoryStream(raw), TestContext.Current.CancellationToken);
}
