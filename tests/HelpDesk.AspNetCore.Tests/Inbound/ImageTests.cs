using System.Text;
using System.Text.RegularExpressions;
using HelpDesk.AspNetCore.Tests.Infrastructure;
using HelpDesk.Attachments;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.AspNetCore.Tests.Inbound;

/// <summary>A mail shows the images that it brought, and fetches none.</summary>
public sealed partial class ImageTests(SharedHost shared) : HelpDeskTest(shared)
{
    private static readonly byte[] Png = [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, 1, 2, 3];
    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3];
    private static readonly byte[] Gif = [.. "GIF89a"u8, 1, 2, 3];
    private static readonly byte[] WebP = [.. "RIFF"u8, 4, 0, 0, 0, .. "WEBPVP8 "u8];

    [Fact]
    public async Task Images_of_the_mail_are_shown_as_what_their_bytes_are()
    {
        var images = await ShowAsync(
            "<img src=cid:a><img src='CID:b'><img src=cid:c><img src=cid:d>",
            new("a", Png, "text/html"), new("b", Jpeg, "image/svg+xml"), new("c", Gif, "application/octet-stream"), new("d", WebP, "image/png"));

        Assert.Equal([Data("png", Png), Data("jpeg", Jpeg), Data("gif", Gif), Data("webp", WebP)], images);
    }

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "image/svg+xml")]
    [InlineData("<script>alert(1)</script>", "image/png")]
    [InlineData("BM123456789012", "image/bmp")]
    [InlineData("RIFF1234WAVEfmt ", "image/webp")]
    [InlineData("GIF90a", "image/gif")]
    [InlineData("GIF8", "image/gif")]
    [InlineData("PNG", "image/png")]
    public async Task What_is_no_picture_by_its_bytes_is_not_shown(string content, string type) =>
        Assert.Empty(await ShowAsync("<img src=cid:a>", new TestMailPart("a", Encoding.UTF8.GetBytes(content), type)));

    [Theory]
    [InlineData("logo@mail.example", "cid:logo@mail.example")]
    [InlineData("logo@mail.example", "cid:&lt;logo@mail.example&gt;")]
    [InlineData("logo@mail.example", "cid:%3Clogo%40mail.example%3E")]
    [InlineData("logo@mail.example", "  cid:logo%40mail.example ")]
    [InlineData("a%20b@mail.example", "cid:a%20b@mail.example")]
    [InlineData("a%20b@mail.example", "cid:a%2520b@mail.example")]
    public async Task A_content_id_is_found_however_it_is_written(string id, string source) =>
        Assert.Equal([Data("png", Png)], await ShowAsync($"<img src=\"{source}\">", new TestMailPart(id, Png)));

    [Theory]
    [InlineData("cid:A@mail.example")]
    [InlineData("cid:other")]
    [InlineData("cid:")]
    [InlineData("cid:%")]
    [InlineData("cid:<>")]
    [InlineData("a@mail.example")]
    public async Task Another_content_id_is_not(string source) => Assert.Empty(await ShowAsync($"<img src=\"{source}\">", new TestMailPart("a@mail.example", Png)));

    [Fact]
    public async Task An_image_of_another_mail_is_not_shown()
    {
        var ticket = await Alice.OpenAsync();
        await Host.MessageByMailAsync(ticket.Id, new TestMail { Html = "<img src=cid:a>", Parts = [new("a", Png)] });
        var second = await Host.MessageByMailAsync(ticket.Id, new TestMail { Html = "<img src=cid:a>" });

        Assert.Empty(Sources((await Alice.GetAsync($"/messages/{second}/html")).Is(200)));
    }

    [Fact]
    public async Task Two_megabytes_are_shown_in_all_however_often_one_image_stands_there()
    {
        var (large, small) = (Padded(1_500_000), Padded(400_000));

        var images = await ShowAsync("<img src=cid:l><img src=cid:l><img src=cid:s><img src=cid:s>" + string.Concat(Enumerable.Repeat("<img src=cid:s>", 100)), new("l", large), new("s", small));

        Assert.Equal([Data("png", large), Data("png", small)], images);
    }

    [Fact]
    public async Task An_image_of_more_than_two_megabytes_is_left_out_and_the_next_is_shown() =>
        Assert.Equal([Data("png", Png)], await ShowAsync("<img src=cid:l><img src=cid:s>", new("l", Padded(2 * 1024 * 1024 + 1)), new("s", Png)));

    [Fact]
    public async Task Remote_images_leave_their_text_or_a_mark()
    {
        var (_, message) = await Host.OpenByMailAsync(new TestMail
        {
            Html = "<img src=http://a.example/1 alt='Our logo'><img src=https://a.example/2 srcset='https://a.example/3 2x'><img src=https://a.example/4 width=1 height=1><img src=//a.example/5 alt=''>",
        });

        Assert.Contains("<body><img alt=\"Our logo\"><img alt=\"[image]\"><img alt=\"[image]\"></body>", (await Ann.GetAsync($"/messages/{message}/html")).Is(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Images_elsewhere_than_in_an_image_are_none() =>
        Assert.Empty(await ShowAsync("<input type=image src=cid:a><table background=cid:a><td style='background:url(cid:a)'>x</table><a href=cid:a>x</a><video poster=cid:a></video>", new TestMailPart("a", Png)));

    [Fact]
    public async Task Without_the_store_the_mail_with_images_is_unavailable()
    {
        var store = new TestStore();
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup { Services = services => services.AddSingleton<IAttachmentStore>(store) });
        var ann = await host.AsAsync(Users.Ann);
        var (_, message) = await host.OpenByMailAsync(new TestMail { Html = "<img src=cid:a>", Parts = [new("a", Png)] });
        var (_, text) = await host.OpenByMailAsync(new TestMail { Html = "<p>No image" });
        var held = await host.HeldMailAsync();

        store.IsAway = true;
        var away = (await ann.GetAsync($"/messages/{message}/html")).Is(503, "unavailable");
        Assert.DoesNotContain("sandbox", away.Head, StringComparison.Ordinal);
        (await ann.GetAsync($"/messages/{text}/html")).Is(200);
        (await ann.GetAsync($"/inbound/{held}/raw")).Is(503, "unavailable");
        (await ann.PostAsync($"/inbound/{held}/release")).Is(503, "unavailable");

        store.IsAway = false;
        Assert.Equal([Data("png", Png)], Sources((await ann.GetAsync($"/messages/{message}/html")).Is(200)));
        (await ann.PostAsync($"/inbound/{held}/release")).Is(200);

        // What the store has lost for good does not take the mail with it.
        store.Clear();
        Assert.Empty(Sources((await ann.GetAsync($"/messages/{message}/html")).Is(200)));
    }

    private static byte[] Padded(int length) => [.. Png, .. new byte[length - Png.Length]];

    private static string Data(string type, byte[] bytes) => $"data:image/{type};base64,{Convert.ToBase64String(bytes)}";

    private static List<string> Sources(Answer answer)
    {
        Assert.DoesNotContain("cid:", answer.Text, StringComparison.OrdinalIgnoreCase);
        return [.. Source().Matches(answer.Text).Select(match => match.Groups[1].Value)];
    }

    [GeneratedRegex("src=\"([^\"]*)\"")]
    private static partial Regex Source();

    private async Task<List<string>> ShowAsync(string html, params TestMailPart[] parts)
    {
        var (_, message) = await Host.OpenByMailAsync(new TestMail { From = $"{Guid.NewGuid():N}@elsewhere.example", Html = html, Parts = parts });
        return Sources((await Ann.GetAsync($"/messages/{message}/html")).Is(200));
    }
}
