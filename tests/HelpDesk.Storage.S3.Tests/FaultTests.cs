using System.Net;
using System.Text;
using Amazon.Runtime;
using Amazon.S3;
using HelpDesk.Specification.Attachments;

namespace HelpDesk.Storage.S3;

/// <summary>What a service, or the way to it, can do to an upload or a download.</summary>
public sealed class FaultTests : StoreTest
{
    private const int Small = 1000;
    private const int Large = 12 * 1024 * 1024;
    private const string Busy = "<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>";

    [Theory]
    [InlineData(Small)]
    [InlineData(Large)]
    public async Task A_service_that_is_busy_once_is_asked_again(int size)
    {
        var busy = new HashSet<string>();
        var wire = new Wire();
        wire.Answer = (sent, service, _) => busy.Add($"{sent.Method} {sent.Address.Query}") ? Task.FromResult(Unavailable()) : service();
        var store = Bucket.Store(wire);
        var key = NewKey();

        await store.PutAsync(key, Content(size), Token);

        Same(Bytes(size), await ReadAsync(store, key));
    }

    [Theory]
    [InlineData(Small)]
    [InlineData(Large)]
    public async Task A_service_that_stays_busy_is_given_up_after_three_tries_and_nothing_is_stored(int size)
    {
        var wire = new Wire { Answer = (_, _, _) => Task.FromResult(Unavailable()) };

        await Assert.ThrowsAsync<AmazonS3Exception>(() => Bucket.Store(wire).PutAsync(NewKey(), Content(size), Token));

        Assert.Equal(3, wire.Requests.Count);
        Assert.Empty(await ListAsync(Bucket.Store()));
    }

    [Theory]
    [InlineData("PUT", "partNumber=3")]
    [InlineData("POST", "uploadId=")]
    public async Task An_upload_in_parts_that_fails_midway_is_taken_back(string method, string query)
    {
        var wire = new Wire();
        wire.Answer = (sent, service, _) => sent.Method.Method == method && sent.Address.Query.Contains(query, StringComparison.Ordinal) ? Task.FromResult(Unavailable()) : service();

        await Assert.ThrowsAsync<AmazonS3Exception>(() => Bucket.Store(wire).PutAsync(NewKey(), Content(Large), Token));

        Assert.Empty(await ListAsync(Bucket.Store()));
    }

    [Theory]
    [InlineData(Small, "PUT", "")]
    [InlineData(Large, "POST", "?uploads")]
    [InlineData(Large, "PUT", "partNumber=2")]
    [InlineData(Large, "POST", "uploadId=")]
    public async Task An_answer_that_is_lost_on_its_way_changes_nothing(int size, string method, string query)
    {
        var lost = false;
        var wire = new Wire();
        wire.Answer = async (sent, service, _) =>
        {
            var answer = await service();
            if (lost || sent.Method.Method != method || !sent.Address.Query.Contains(query, StringComparison.Ordinal))
                return answer;

            lost = true;
            answer.Dispose();
            throw new HttpRequestException("The connection was reset.", new IOException());
        };
        var store = Bucket.Store(wire);
        var key = NewKey();

        var stored = await store.PutAsync(key, Content(size), Token);

        Assert.True(lost);
        Assert.Equal(size, stored.Size);
        Same(Bytes(size), await ReadAsync(store, key));
        Assert.Single(await ListAsync(store), one => one.Key == key);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_upload_that_the_service_no_longer_knows_has_ended_if_its_object_is_there(bool isThere)
    {
        var wire = new Wire();
        wire.Answer = async (sent, service, _) =>
        {
            if (sent.Method != HttpMethod.Post || !sent.Address.Query.Contains("uploadId=", StringComparison.Ordinal))
                return await service();
            if (isThere)
                (await service()).Dispose();
            return new(HttpStatusCode.NotFound) { Content = new StringContent("<Error><Code>NoSuchUpload</Code></Error>", Encoding.UTF8, "application/xml") };
        };
        var store = Bucket.Store(wire);
        var key = NewKey();

        if (isThere)
            Assert.Equal(Large, (await store.PutAsync(key, Content(Large), Token)).Size);
        else
            await Assert.ThrowsAnyAsync<AmazonS3Exception>(() => store.PutAsync(key, Content(Large), Token));

        Assert.Equal(isThere ? [key] : [], (await ListAsync(store)).Select(stored => stored.Key));
    }

    [Theory]
    [InlineData(Small, "PUT", "")]
    [InlineData(Large, "PUT", "partNumber=2")]
    [InlineData(Large, "HEAD", "")]
    public async Task A_checksum_of_other_bytes_is_an_error_and_nothing_stays(int size, string method, string query)
    {
        var wire = new Wire();
        wire.Answer = async (sent, service, _) =>
        {
            var answer = await service();
            if (sent.Method.Method == method && sent.Address.Query.Contains(query, StringComparison.Ordinal))
                answer.Headers.ETag = new($"\"{new string('a', 32)}{(method == "HEAD" ? "-3" : "")}\"");
            return answer;
        };

        var exception = await Assert.ThrowsAsync<OtherBytesException>(() => Bucket.Store(wire).PutAsync(NewKey(), Content(size), Token));

        Assert.Equal("The service has stored other bytes than it was sent.", exception.Message);
        Assert.Empty(await ListAsync(Bucket.Store()));
    }

    [Fact]
    public async Task A_part_that_is_missing_at_the_end_is_an_error_and_nothing_stays()
    {
        var wire = new Wire();
        wire.Answer = async (sent, service, _) =>
        {
            var answer = await service();
            if (sent.Method == HttpMethod.Head)
                answer.Content.Headers.ContentLength = 10 * 1024 * 1024;
            return answer;
        };

        await Assert.ThrowsAsync<OtherBytesException>(() => Bucket.Store(wire).PutAsync(NewKey(), Content(Large), Token));

        Assert.Empty(await ListAsync(Bucket.Store()));
    }

    [Theory]
    [InlineData(Small)]
    [InlineData(Large)]
    public async Task Bytes_that_change_on_their_way_are_refused(int size)
    {
        var wire = new Wire { Alter = body => body[body.Length / 2] ^= 1 };

        var exception = await Assert.ThrowsAsync<AmazonS3Exception>(() => Bucket.Store(wire).PutAsync(NewKey(), Content(size), Token));

        Assert.Equal(HttpStatusCode.BadRequest, exception.StatusCode);
        Assert.Empty(await ListAsync(Bucket.Store()));
    }

    [Fact]
    public async Task A_service_that_does_not_answer_is_given_up()
    {
        var wire = new Wire { Answer = (_, _, token) => NeverAsync(token) };
        var store = Bucket.Store(options => (options.Transport, options.Timeout) = (() => wire, TimeSpan.FromMilliseconds(200)));

        await Assert.ThrowsAsync<TimeoutException>(() => store.PutAsync(NewKey(), Content(Small), Token));

        Assert.Equal(3, wire.Requests.Count);
    }

    [Theory]
    [InlineData("PUT", "partNumber")]
    [InlineData("POST", "?uploads")]
    [InlineData("POST", "uploadId=")]
    public async Task An_answer_that_stands_still_is_given_up(string method, string query)
    {
        var wire = new Wire();
        wire.Answer = (sent, service, _) => sent.Method.Method == method && sent.Address.Query.Contains(query, StringComparison.Ordinal)
            ? Task.FromResult(new HttpResponseMessage { Content = new StreamContent(new SilentStream()) })
            : service();
        var store = Bucket.Store(options => (options.Transport, options.Timeout) = (() => wire, TimeSpan.FromSeconds(4))); // The service's own answers must come within it.

        await Assert.ThrowsAsync<TimeoutException>(() => store.PutAsync(NewKey(), Content(Large), Token));

        Assert.Equal(3, wire.Requests.Count(sent => sent.Method.Method == method && sent.Address.Query.Contains(query, StringComparison.Ordinal)));
        Assert.Empty(await ListAsync(Bucket.Store()));
    }

    [Theory]
    [InlineData(Small)]
    [InlineData(Large)]
    public async Task Who_cancels_does_not_wait_for_a_service_that_does_not_answer(int size)
    {
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var wire = new Wire();
        wire.Answer = (sent, service, token) =>
        {
            if (sent.Method != HttpMethod.Put)
                return service();
            cancelled.Cancel();
            return NeverAsync(token);
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Bucket.Store(wire).PutAsync(NewKey(), Content(size), cancelled.Token));

        Assert.Empty(await ListAsync(Bucket.Store()));
    }

    [Fact]
    public async Task A_download_that_stands_still_is_given_up()
    {
        var key = NewKey();
        await Bucket.Store().PutAsync(key, Content(Small), Token);
        var wire = new Wire { Answer = (_, _, _) => Task.FromResult(new HttpResponseMessage { Content = new StreamContent(new SilentStream()) }) };
        var store = Bucket.Store(options => (options.Transport, options.Timeout) = (() => wire, TimeSpan.FromMilliseconds(200)));

        await Assert.ThrowsAsync<TimeoutException>(() => ReadAsync(store, key));
    }

    [Fact]
    public async Task A_download_that_breaks_off_is_an_error_and_no_short_file()
    {
        var key = NewKey();
        await Bucket.Store().PutAsync(key, Content(Small), Token);
        var wire = new Wire();
        wire.Answer = async (_, service, _) =>
        {
            var answer = await service();
            answer.Content = new StreamContent(new TrickleStream(Bytes(Small).AsMemory(0, 500)) { AtEnd = new IOException("The response ended prematurely.") });
            return answer;
        };

        await Assert.ThrowsAsync<IOException>(() => ReadAsync(Bucket.Store(wire), key));
    }

    [Fact]
    public async Task A_service_that_does_not_heed_where_to_begin_is_found_out()
    {
        var key = NewKey();
        await Bucket.Store().PutAsync(key, Content(Small), Token);
        var wire = new Wire();
        wire.Answer = async (_, service, _) =>
        {
            var answer = await service();
            answer.StatusCode = HttpStatusCode.OK;
            return answer;
        };

        await Assert.ThrowsAsync<IOException>(() => Bucket.Store(wire).OpenAsync(key, 10, Token));
    }

    [Fact]
    public async Task A_bucket_that_is_not_there_is_an_error_and_not_a_missing_file()
    {
        var store = Bucket.Store(options => options.BucketName = "helpdesk-not-there");

        var exception = await Assert.ThrowsAnyAsync<AmazonS3Exception>(() => store.OpenAsync(NewKey(), 0, Token));

        Assert.Equal("NoSuchBucket", exception.ErrorCode);
        await Assert.ThrowsAnyAsync<AmazonS3Exception>(() => store.PutAsync(NewKey(), Content(Small), Token));
        await Assert.ThrowsAnyAsync<AmazonS3Exception>(() => ListAsync(store));
    }

    [Fact]
    public async Task A_wrong_secret_is_refused_and_shown_nowhere()
    {
        var store = Bucket.Store(options => options.SecretKey = "wrong-secret-42");

        var exception = await Assert.ThrowsAsync<AmazonS3Exception>(() => store.PutAsync(NewKey(), Content(Small), Token));

        Assert.Equal(HttpStatusCode.Forbidden, exception.StatusCode);
        Assert.DoesNotContain("wrong-secret-42", exception.ToString(), StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<AmazonServiceException>(() => store.OpenAsync(NewKey(), 0, Token));
    }

    private static HttpResponseMessage Unavailable() => new(HttpStatusCode.ServiceUnavailable) { Content = new StringContent(Busy, Encoding.UTF8, "application/xml") };

    private static async Task<HttpResponseMessage> NeverAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        throw new InvalidOperationException("It was to wait for ever.");
    }
}
