using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using HelpDesk.Attachments;

namespace HelpDesk.Storage.S3;

public sealed class LinkTests : StoreTest
{
    private const string Disposition = "attachment; filename=\"_ber.png\"; filename*=utf-8''%C3%BCber.png";

    private static readonly HttpClient Browser = new();

    [Fact]
    public async Task Files_go_through_the_host_unless_links_are_wanted()
    {
        Assert.Null(await Bucket.Store().GetLinkAsync(Link(NewKey()), Token));
    }

    [Fact]
    public async Task Whoever_has_the_link_gets_the_file_as_a_download_of_the_type_asked_for()
    {
        var (store, key) = await StoredAsync();

        var link = (await store.GetLinkAsync(Link(key), Token))!;
        using var answer = await Browser.GetAsync(link, Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("http", link.Scheme);
        Assert.InRange(int.Parse(System.Web.HttpUtility.ParseQueryString(link.Query)["X-Amz-Expires"]!, System.Globalization.CultureInfo.InvariantCulture), 59, 61);
        Assert.Equal("image/png", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal(Disposition, Assert.Single(answer.Content.Headers.GetValues("Content-Disposition")));
        Same(Bytes(1000), await answer.Content.ReadAsByteArrayAsync(Token));
    }

    [Theory]
    [InlineData("X-Amz-Signature=", "X-Amz-Signature=0")]
    [InlineData("X-Amz-Expires=", "X-Amz-Expires=1")]
    [InlineData("image%2Fpng", "text%2Fhtml")]
    [InlineData("attachment%3B", "inline%3B")]
    public async Task An_altered_link_is_refused(string part, string altered)
    {
        var (store, key) = await StoredAsync();
        var link = (await store.GetLinkAsync(Link(key), Token))!.AbsoluteUri;
        Assert.Contains(part, link, StringComparison.Ordinal);

        using var answer = await Browser.GetAsync(new Uri(link.Replace(part, altered, StringComparison.Ordinal)), Token);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task A_link_to_one_file_opens_no_other_and_does_nothing_but_read()
    {
        var (store, key) = await StoredAsync();
        var other = NewKey();
        await store.PutAsync(other, Content(10), Token);
        var link = (await store.GetLinkAsync(Link(key), Token))!;

        using var of = await Browser.GetAsync(new Uri(link.AbsoluteUri.Replace(key, other, StringComparison.Ordinal)), Token);
        using var deletion = await Browser.DeleteAsync(link, Token);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (of.StatusCode, deletion.StatusCode));
        Same(Bytes(1000), await ReadAsync(store, key));
    }

    [Fact]
    public async Task A_link_ends()
    {
        // The least that the option takes would be a long test: this lifetime is not validated here.
        var (store, key) = await StoredAsync(TimeSpan.FromSeconds(2));
        var link = (await store.GetLinkAsync(Link(key), Token))!;

        HttpStatusCode status;
        do
        {
            using var answer = await Browser.GetAsync(link, Token);
            status = answer.StatusCode;
            await Task.Delay(200, Token);
        }
        while (status == HttpStatusCode.OK);

        Assert.Equal(HttpStatusCode.Forbidden, status);
    }

    [Fact]
    public async Task Nobody_gets_a_file_without_a_link()
    {
        var (_, key) = await StoredAsync();
        var link = await Bucket.Client.GetPreSignedURLAsync(
            new GetPreSignedUrlRequest { BucketName = Bucket.Name, Key = key, Protocol = Protocol.HTTP, Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(1) });

        using var answer = await Browser.GetAsync(new Uri(new Uri(link).GetLeftPart(UriPartial.Path)), Token);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    private static AttachmentLink Link(string key) => new() { Key = key, ContentDisposition = Disposition, ContentType = "image/png" };

    private async Task<(IAttachmentStore Store, string Key)> StoredAsync(TimeSpan? lifetime = null)
    {
        var store = Bucket.Store(options => options.LinkLifetime = lifetime ?? TimeSpan.FromMinutes(1));
        var key = NewKey();
        await store.PutAsync(key, Content(1000), Token);
        return (store, key);
    }
}
