using System.Security.Cryptography;
using HelpDesk.AspNetCore.Tests.Infrastructure;

namespace HelpDesk.AspNetCore.Tests.Attachments;

/// <summary>A file comes down as something that no browser runs, whole or in part.</summary>
public sealed class DownloadTests(SharedHost shared) : AttachmentTest(shared)
{
    private const string Script = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";

    [Theory]
    [InlineData("image/svg+xml", "x.svg", "application/octet-stream")]
    [InlineData("text/html", "x.html", "application/octet-stream")]
    [InlineData("TEXT/HTML; charset=utf-7", "x.txt", "application/octet-stream")]
    [InlineData("application/xhtml+xml", "x.xhtml", "application/octet-stream")]
    [InlineData("text/xml", "x.xml", "application/octet-stream")]
    [InlineData("text/javascript", "x.js", "application/octet-stream")]
    [InlineData("text/css", "x.css", "application/octet-stream")]
    [InlineData("application/pdf", "x.pdf", "application/octet-stream")]
    [InlineData("multipart/x-mixed-replace", "x", "application/octet-stream")]
    [InlineData("nonsense", "<script>alert(1)</script>.html", "application/octet-stream")]
    [InlineData("image/png", "x.svg", "image/png")]
    [InlineData("image/jpeg", "x.jpg", "image/jpeg")]
    [InlineData("image/gif", "x.gif", "image/gif")]
    [InlineData("image/webp", "x.webp", "image/webp")]
    [InlineData("text/plain", "x.txt", "text/plain")]
    public async Task Whatever_it_is_it_comes_down_inert(string type, string name, string expected)
    {
        var (_, path) = await OneFileAsync(name, Script, type);

        var answer = (await Alice.GetAsync(path)).Is(200);

        var safe = name.Replace('<', '_').Replace('>', '_').Replace("_script_alert(1)_/", "", StringComparison.Ordinal);
        var hash = Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Script)));
        Assert.Equal(
            $"""
            Accept-Ranges: bytes
            Cache-Control: no-store
            Content-Disposition: attachment; filename="{safe}"; filename*=utf-8''{safe}
            Content-Length: {Script.Length}
            Content-Security-Policy: default-src 'none'; sandbox
            Content-Type: {expected}
            Cross-Origin-Resource-Policy: same-origin
            ETag: "{hash}"
            X-Content-Type-Options: nosniff
            """,
            answer.Head,
            ignoreLineEndingDifferences: true);
        Assert.Equal(Script, answer.Text);
    }

    [Theory]
    [InlineData("the \"last\" one.txt", "\"the _last_ one.txt\"", "the%20_last_%20one.txt")]
    [InlineData("Übergröße.txt", "\"_bergr__e.txt\"", "%C3%9Cbergr%C3%B6%C3%9Fe.txt")]
    [InlineData("🔥.txt", "\"_.txt\"", "%F0%9F%94%A5.txt")]
    [InlineData("100%41;a=b, 'c'.txt", "\"100_41;a=b, 'c'.txt\"", "100%2541%3Ba%3Db%2C%20%27c%27.txt")]
    [InlineData("a(1)+~#.txt", "\"a(1)+~#.txt\"", "a%281%29+~#.txt")]
    public async Task The_name_stands_in_the_header_for_old_and_new_clients(string name, string plain, string star)
    {
        var (_, path) = await OneFileAsync(name);

        var header = (await Alice.GetAsync(path)).Head.Split('\n').Single(line => line.StartsWith("Content-Disposition", StringComparison.Ordinal));

        Assert.Equal($"Content-Disposition: attachment; filename={plain}; filename*=utf-8''{star}", header);
    }

    /// <summary>Of "0123456789".</summary>
    [Theory]
    [InlineData("bytes=0-0", 206, "0", "bytes 0-0/10")]
    [InlineData("bytes=0-", 206, "0123456789", "bytes 0-9/10")]
    [InlineData("bytes=3-5", 206, "345", "bytes 3-5/10")]
    [InlineData("bytes=9-", 206, "9", "bytes 9-9/10")]
    [InlineData("bytes=8-100", 206, "89", "bytes 8-9/10")]
    [InlineData("bytes=-3", 206, "789", "bytes 7-9/10")]
    [InlineData("bytes=-100", 206, "0123456789", "bytes 0-9/10")]
    [InlineData("bytes=10-", 416, "", "bytes */10")]
    [InlineData("bytes=-0", 416, "", "bytes */10")]
    [InlineData("bytes=9223372036854775807-", 416, "", "bytes */10")]
    [InlineData("bytes=0-1,3-4", 200, "0123456789", null)]
    [InlineData("bytes=5-3", 200, "0123456789", null)]
    [InlineData("bytes=a-b", 200, "0123456789", null)]
    [InlineData("nonsense", 200, "0123456789", null)]
    public async Task A_range_is_honoured(string range, int status, string content, string? contentRange)
    {
        var (_, path) = await OneFileAsync(content: "0123456789");

        var answer = (await Alice.GetAsync(path, ("Range", range))).Is(status);

        Assert.Equal(content, answer.Text);
        Assert.Equal(contentRange, answer.Head.Split('\n').SingleOrDefault(line => line.StartsWith("Content-Range: ", StringComparison.Ordinal))?["Content-Range: ".Length..]);
        Assert.Contains($"Content-Length: {content.Length}", answer.Head, StringComparison.Ordinal);
        Assert.Contains("Content-Security-Policy: default-src 'none'; sandbox", answer.Head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_range_and_a_copy_belong_to_the_same_bytes_only()
    {
        var (_, path) = await OneFileAsync(content: "0123456789");
        var tag = (await Alice.GetAsync(path)).ETag!;

        Assert.Equal("01", (await Alice.GetAsync(path, ("Range", "bytes=0-1"), ("If-Range", tag))).Is(206).Text);
        Assert.Equal("0123456789", (await Alice.GetAsync(path, ("Range", "bytes=0-1"), ("If-Range", "\"other\""))).Is(200).Text);
        Assert.Empty((await Alice.GetAsync(path, ("If-None-Match", tag))).Is(304).Bytes);
        Assert.Equal("0123456789", (await Alice.GetAsync(path, ("If-None-Match", "\"other\""))).Is(200).Text);
    }

    [Fact]
    public async Task A_large_file_is_read_from_any_place()
    {
        var bytes = new byte[3_000_000];
        new Random(2).NextBytes(bytes);
        var ticket = await Alice.OpenAsync();
        var path = PathOf(FilesOf((await ReplyAsync(Alice, ticket.Id, Form.Of(("body", "B")).File("a.bin", bytes, "application/zip"))).Json)[0]);

        Assert.Equal(bytes[1_234_567..2_345_678], (await Ann.GetAsync(path, ("Range", "bytes=1234567-2345677"))).Is(206).Bytes);
        Assert.Equal(bytes[^10..], (await Ann.GetAsync(path, ("Range", "bytes=-10"))).Is(206).Bytes);
    }
}
