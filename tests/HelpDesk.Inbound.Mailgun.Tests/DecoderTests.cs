using System.Text;
using HelpDesk.Inbound.Mailgun.Forms;
using Microsoft.AspNetCore.Http;

namespace HelpDesk.Inbound.Mailgun;

public sealed class DecoderTests
{
    private const string UrlEncoded = "application/x-www-form-urlencoded";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Any_names_and_bytes_come_out_as_they_went_in_however_they_arrive(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 150; round++)
        {
            var fields = RandomFields(random);
            var line = random.Next(4) == 0 ? "\n" : "\r\n";

            Assert.Equal(Names(fields, isMultipart: false), await DecodeAsync(UrlEncoded, FormBytes.UrlEncode(fields), random));
            Assert.Equal(Names(fields, isMultipart: true), await DecodeAsync("multipart/form-data; boundary=\"b\"", FormBytes.Multipart(fields, "b", line), random));
        }
    }

    [Fact]
    public async Task Wherever_a_form_is_cut_between_two_reads_it_is_the_same()
    {
        FormEntry[] fields =
        [
            new("a", "\r\n--b\rx"u8.ToArray()), new("+ %2B&=;", "%zz%4"u8.ToArray()) { FileName = "x.txt", Type = "text/plain" }, new("", []),
            new("ä\"\\", "\r\n--bb\r\n--b-\r\n-"u8.ToArray()), new("a", [0, 255, 13, 10, 13]),
        ];
        foreach (var (type, bytes) in new[] { (UrlEncoded, FormBytes.UrlEncode(fields)), ("multipart/form-data; boundary=b", FormBytes.Multipart(fields, "b")) })
        {
            for (var cut = 0; cut <= bytes.Length; cut++)
                Assert.Equal(Names(fields, type != UrlEncoded), await DecodeAsync(type, new PiecewiseStream(bytes, cut)));
            Assert.Equal(Names(fields, type != UrlEncoded), await DecodeAsync(type, new PiecewiseStream(bytes, 1, 1)));
        }
    }

    [Theory]
    [InlineData("a=1&b", "a:1|b:")]
    [InlineData("&&a=1&&", "a:1")]
    [InlineData("=x&a=", ":x|a:")]
    [InlineData("a=b=c&d=%3D", "a:b=c|d:=")]
    [InlineData("a=%&b=%4&c=%zz&d=%%41&e=%4%41&%=1", "a:%|b:%4|c:%zz|d:%A|e:%4A|%:1")]
    [InlineData("a=x%", "a:x%")]
    [InlineData("a=x%e", "a:x%e")]
    [InlineData("%", "%:")]
    [InlineData("a+b=c+d%2Be", "a b:c d+e")]
    [InlineData("Token=1&token=2&TOKEN=3", "Token:1|token:2|TOKEN:3")]
    [InlineData("", "")]
    public async Task Urlencoded_that_is_not_as_it_should_be_is_taken_as_it_is(string body, string expected)
    {
        Assert.Equal(expected, string.Join('|', await DecodeAsync(UrlEncoded, Encoding.UTF8.GetBytes(body), new Random(1))));
    }

    [Theory]
    [InlineData("--b--", "")]
    [InlineData("--b--\r\n", "")]
    [InlineData("before\r\n--b\r\n{n:a}\r\n\r\n1\r\n--b--behind\r\n--b", "a:1")]
    [InlineData("--b\r\n{n:a}\r\n\r\n1\r\n--b  \t\r\n{n:c}\r\n\r\n2\r\n--b--", "a:1|c:2")]
    [InlineData("--b\n{n:a}\n\n1\r\n--b\n{n:c}\n\n2\n--b--", "a:1\r|c:2")]
    [InlineData("--b\r\n{n:a}\r\n\r\n1\n--b\r\n--b\r\n{n:c}\r\n\r\n\r\n--b--", "a:1\n--b|c:")]
    [InlineData("--b\r\n{n:a}\r\n\r\n--b--", "a:")]
    [InlineData("--b\r\n{n:a}\r\n\r\n1\r\n--b", "a:1")]
    [InlineData("--b\r\n{n:a}\r\n\r\n1\r\n--b\r\n", null)]
    [InlineData("--b\r\n{n:a}\r\n\r\n1\r\n--", null)]
    [InlineData("--b\r\n{n:a}\r\n\r\n1", null)]
    [InlineData("--b\r\n{n:a}", null)]
    [InlineData("nothing", null)]
    [InlineData("", null)]
    [InlineData("--b\r\n\r\n1\r\n--b--", ":1")]
    [InlineData("--b\r\nContent-Disposition: form-data\r\nno header\r\n: x\r\n\r\n1\r\n--b--", ":1")]
    [InlineData("--b\r\ncontent-disposition:form-data;\r\n  NAME=a;\r\n\tfilename=x y.txt ;z\r\n\r\n1\r\n--b--", "a:1 file 'x y.txt'")]
    [InlineData("--b\r\n{n:\"a\"; filename=\"\"}\r\n\r\n1\r\n--b--", "a:1 file ''")]
    [InlineData("--b\r\n{n:\"a\\\\\\\"b;\"; filename=\"C:\\photos\\me \"x\".png\"}\r\n\r\n1\r\n--b--", "a\\\"b;:1 file 'C:\\photos\\me \"x\".png'")]
    [InlineData("--b\r\n{n:\"a\"; filename=\"x\"; filename*=utf-8'en'%e2%82%ac+%26}\r\nContent-Type: text/plain\r\n\r\n1\r\n--b--", "a:1 file '€+&' text/plain")]
    [InlineData("--b\r\n{n:\"a\"; filename*=iso-8859-1''%e4}\r\n\r\n1\r\n--b--", "a:1 file 'ä'")]
    [InlineData("--b\r\n{n:\"a\"; filename*=wrong; filename=\"x}\r\n\r\n1\r\n--b--", "a:1 file 'x'")]
    [InlineData("--b\r\n{n:\"a\"; name=\"token\"}\r\n\r\n1\r\n--b--", "a:1")]
    public async Task Multipart_that_is_not_as_it_should_be_is_taken_as_it_is_or_refused(string body, string? expected)
    {
        // Short for the header that names a field.
        var bytes = Encoding.UTF8.GetBytes(System.Text.RegularExpressions.Regex.Replace(body, @"\{n:(.*?)\}", "Content-Disposition: form-data; name=$1"));

        if (expected is null)
            await Assert.ThrowsAsync<NotAcceptableException>(() => DecodeAsync("multipart/form-data; boundary=b", bytes, new Random(1)));
        else
            Assert.Equal(expected, string.Join('|', await DecodeAsync("multipart/form-data; boundary=b", bytes, new Random(1))));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("text/plain")]
    [InlineData("application/json")]
    [InlineData("multipart/mixed; boundary=b")]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=\"\"")]
    [InlineData("äöü")]
    public async Task Another_type_is_refused(string? type) => await Assert.ThrowsAsync<NotAcceptableException>(() => DecodeAsync(type, "a=1"u8.ToArray(), new Random(1)));

    [Fact]
    public async Task Random_bytes_are_a_form_or_refused_and_never_an_error()
    {
        var random = new Random(5);
        var pieces = new[] { "--b", "\r\n", "\n", "\r", "--", "-", "=", "&", "%", "%4", "+", "\"", ";", "name", "filename*=utf-8''", "Content-Disposition: form-data; ", "Content-Disposition", ":", " ", "\0", "ä" };
        for (var round = 0; round < 3000; round++)
        {
            var body = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => pieces[random.Next(pieces.Length)])));
            foreach (var type in new[] { UrlEncoded, "multipart/form-data; boundary=b" })
            {
                var error = await Record.ExceptionAsync(() => DecodeAsync(type, body, random));
                Assert.True(error is null or NotAcceptableException, error?.ToString());
            }
        }
    }

    [Theory]
    [InlineData(1000, false)]
    [InlineData(200_000, true)]
    public async Task What_is_large_lies_in_a_file_that_is_gone_in_the_end(int size, bool isFile)
    {
        var before = Directory.GetFiles(Path.GetTempPath(), "HelpDesk-*.tmp").ToHashSet();
        FormEntry[] fields = [new("a", new byte[size]), new("b", [1])];
        var form = await FormDecoder.ReadAsync(UrlEncoded, new MemoryStream(FormBytes.UrlEncode(fields)), new FormLimits(1_000_000), Token);

        Assert.Equal(fields[0].Value, await form.ValueAsync(form.Fields[0], Token));
        Assert.Equal(fields[1].Value, await form.ValueAsync(form.Fields[1], Token));
        Assert.Equal(isFile && OperatingSystem.IsWindows(), Directory.GetFiles(Path.GetTempPath(), "HelpDesk-*.tmp").Any(file => !before.Contains(file)));
        await form.DisposeAsync();
        Assert.DoesNotContain(Directory.GetFiles(Path.GetTempPath(), "HelpDesk-*.tmp"), file => !before.Contains(file) && OperatingSystem.IsWindows());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_does_not_arrive_whole_is_told_from_what_is_wrong(bool isRefused)
    {
        var body = new FailingStream("a=1"u8.ToArray(), isRefused ? new BadHttpRequestException("Too large.", StatusCodes.Status413PayloadTooLarge) : new IOException("Reset."));

        var error = await Record.ExceptionAsync(() => DecodeAsync(UrlEncoded, body));

        Assert.IsType(isRefused ? typeof(NotAcceptableException) : typeof(BrokenOffException), error);
    }

    private static FormEntry[] RandomFields(Random random) =>
    [
        .. Enumerable.Range(0, random.Next(1, 8)).Select(_ =>
        {
            // Bytes that delimiters are made of come often.
            var value = new byte[random.Next(10) == 0 ? random.Next(300_000) : random.Next(200)];
            random.NextBytes(value);
            for (var i = 0; i < value.Length; i++)
                value[i] = random.Next(2) == 0 ? (byte)"\r\n--b%&=+ "[random.Next(10)] : value[i];
            var isFile = random.Next(3) == 0;
            return new FormEntry(RandomText(random), value) { FileName = isFile ? RandomText(random) : null, Type = isFile && random.Next(2) == 0 ? "text/plain; charset=utf-8" : null };
        }).Where(field => !HoldsDelimiter(field.Value)),
    ];

    // A boundary is chosen so that no value holds it.
    private static bool HoldsDelimiter(byte[] value) => value.AsSpan().IndexOf("\n--b"u8) >= 0 || value.AsSpan().StartsWith("--b"u8);

    private static string RandomText(Random random) => string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => "aZ0-_ \"\\;:=%&+äß€😀"[random.Next(17)])).Replace('\ud83d', 'x');

    private static IEnumerable<string> Names(IEnumerable<FormEntry> fields, bool isMultipart) => fields.Select(field =>
        Show(Encoding.UTF8.GetBytes(field.Name), field.Value, isMultipart && field.FileName is not null ? Encoding.UTF8.GetBytes(field.FileName) : null, isMultipart ? field.Type ?? "" : ""));

    private static string Show(byte[] name, byte[] value, byte[]? fileName, string type) =>
        $"{Encoding.UTF8.GetString(name)}:{(value.Length < 1000 ? Encoding.Latin1.GetString(value) : Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(value)))}"
        + (fileName is null ? "" : $" file '{Encoding.UTF8.GetString(fileName)}'") + (type.Length == 0 ? "" : " " + type);

    private static Task<List<string>> DecodeAsync(string? type, byte[] body, Random random) => DecodeAsync(type, new PiecewiseStream(body, random.Next(5000), random.Next(1, 70_000)));

    private static async Task<List<string>> DecodeAsync(string? type, Stream body)
    {
        await using var form = await FormDecoder.ReadAsync(type, body, new FormLimits(10_000_000), Token);
        var shown = new List<string>();
        foreach (var field in form.Fields)
            shown.Add(Show(
                await form.NameAsync(field, Token),
                await form.ValueAsync(field, Token),
                field.IsFile ? await form.FileNameAsync(field, Token) : null,
                Encoding.UTF8.GetString(await form.TypeAsync(field, Token))));
        return shown;
    }
}
