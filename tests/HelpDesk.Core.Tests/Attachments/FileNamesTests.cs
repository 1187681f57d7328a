using System.Globalization;
using System.Text;
using HelpDesk.Attachments;

namespace HelpDesk.Core.Attachments;

public sealed class FileNamesTests
{
    [Theory]
    [InlineData("printer.png", "printer.png")]
    [InlineData("Rechnung März 2026 (Kopie).pdf", "Rechnung März 2026 (Kopie).pdf")]
    [InlineData("写真.jpg", "写真.jpg")]
    [InlineData("🔥 fire.png", "🔥 fire.png")]
    [InlineData("Ma\u0308rz.pdf", "März.pdf")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("..\\..\\windows\\win.ini", "win.ini")]
    [InlineData("C:\\Users\\alice\\report.pdf", "report.pdf")]
    [InlineData("..\uFF0F..\uFF0Fetc\uFF0Fpasswd", "passwd")]
    [InlineData("a\uFF3Cb.txt", "b.txt")]
    [InlineData("\uFF0E\uFF0E", "file")]
    [InlineData(".htaccess", "htaccess")]
    [InlineData("\u200B.htaccess", "htaccess")]
    [InlineData(".\u200Bhtaccess", "htaccess")]
    [InlineData("...", "file")]
    [InlineData("   ", "file")]
    [InlineData("", "file")]
    [InlineData(null, "file")]
    [InlineData("/", "file")]
    [InlineData("folder/", "file")]
    [InlineData("invoice\u202Efdp.exe", "invoicefdp.exe")]
    [InlineData("a\0b.txt", "ab.txt")]
    [InlineData("a\r\nContent-Type: text/html\r\n\r\n.txt", "html .txt")]
    [InlineData("a\r\nSet-Cookie: x=1.txt", "a Set-Cookie_ x=1.txt")]
    [InlineData("<script>alert(1)</script>.png", "script_.png")]
    [InlineData("<img src=x onerror=alert(1)>.svg", "_img src=x onerror=alert(1)_.svg")]
    [InlineData("a\"b|c?d*e:f.txt", "a_b_c_d_e_f.txt")]
    [InlineData("a\t \u00A0\u3000 b.txt", "a b.txt")]
    [InlineData("report.pdf. . .", "report.pdf")]
    [InlineData("CON", "_CON")]
    [InlineData("con.txt", "_con.txt")]
    [InlineData("Lpt1.tar.gz", "_Lpt1.tar.gz")]
    [InlineData("COM\u00B9", "_COM1")]
    [InlineData("nul .txt", "_nul .txt")]
    [InlineData("console.log", "console.log")]
    [InlineData("\u3164\u3164", "file")]
    [InlineData("invoice.pdf\u3164\u2800\uFFA0\u115F\u034F\uFE0F.exe", "invoice.pdf.exe")]
    [InlineData("a\uE000\uFFFEb.txt", "ab.txt")]
    public void A_name_is_harmless_wherever_it_is_shown_or_saved(string? name, string expected) => Assert.Equal(expected, FileNames.Clean(name));

    [Fact]
    public void Half_of_a_pair_becomes_a_line() => Assert.Equal("a_b_.txt", FileNames.Clean("a\uD800b\uDC00.txt"));

    [Fact]
    public void A_long_name_keeps_its_extension_and_no_letter_is_cut_in_two()
    {
        foreach (var letter in new[] { "x", "ü", "写", "🔥" })
        {
            var name = FileNames.Clean(string.Concat(Enumerable.Repeat(letter, 10_000)) + ".pdf");

            Assert.EndsWith($"{letter}.pdf", name, StringComparison.Ordinal);
            Assert.InRange(Encoding.UTF8.GetByteCount(name), 250, 255);
        }

        Assert.Equal(255, FileNames.Clean("a." + new string('x', 10_000)).Length);
        Assert.Equal(255, FileNames.Clean(new string('x', 1_000_000)).Length);
        Assert.Equal(".pdf", FileNames.Extension(FileNames.Clean(new string('x', 1_000_000) + ".PDF")));
    }

    /// <summary>Whatever comes: cleaned twice is cleaned once, and nothing is left that a path, a header, a page or a file system could take for something else.</summary>
    [Fact]
    public void Ten_thousand_names_of_anything_come_out_harmless()
    {
        var random = new Random(20261124);
        string[] pieces = ["..", "/", "\\", "\0", "\u202E", "\u200B", "\uFF0F", "\uFE52", "CON", ".", " ", "\"", "<", "%2e", "\r\n", "ü", "u\u0308", "\uD83D", "\uDD25", "🔥", "x", ".html", "\u2024", "\uFF61", "\u0130", "\u3164", "\uFFA0", "\u2800", "\uFE0F"];
        for (var round = 0; round < 10_000; round++)
        {
            var name = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => random.Next(4) == 0 ? ((char)random.Next(0x10000)).ToString() : pieces[random.Next(pieces.Length)]));
            var clean = FileNames.Clean(name);

            Assert.Equal(clean, FileNames.Clean(clean));
            Assert.True(clean.IsNormalized(NormalizationForm.FormC));
            Assert.InRange(clean.Length, 1, 255);
            Assert.DoesNotContain(clean, c => "/\\:*?\"<>|".Contains(c, StringComparison.Ordinal) || char.IsControl(c) || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.PrivateUse || c is '\u3164' or '\u1160' or '\u2800');
            Assert.False(clean[0] is '.' or ' ' || clean[^1] is '.' or ' ', clean);
            Assert.DoesNotContain(clean.EnumerateRunes(), rune => rune == Rune.ReplacementChar);
        }
    }

    [Theory]
    [InlineData("image/png", "image/png")]
    [InlineData("Text/HTML; charset=utf-8", "text/html")]
    [InlineData("application/vnd.ms-excel", "application/vnd.ms-excel")]
    [InlineData(null, "application/octet-stream")]
    [InlineData("", "application/octet-stream")]
    [InlineData("png", "application/octet-stream")]
    [InlineData("image/", "application/octet-stream")]
    [InlineData("*/*", "application/octet-stream")]
    [InlineData("image/*", "application/octet-stream")]
    [InlineData("text/html\r\nX: y", "application/octet-stream")]
    [InlineData("image/png, text/html", "application/octet-stream")]
    [InlineData("bild/ü", "application/octet-stream")]
    public void A_media_type_is_a_type_or_unknown(string? type, string expected) => Assert.Equal(expected, FileNames.CleanType(type));

    [Fact]
    public void A_media_type_that_is_too_long_is_unknown() => Assert.Equal(FileNames.UnknownType, FileNames.CleanType("image/" + new string('x', 10_000)));
}
