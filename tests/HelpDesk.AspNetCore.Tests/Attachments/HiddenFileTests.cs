using HelpDesk.AspNetCore.Tests.Infrastructure;
using HelpDesk.Attachments;

namespace HelpDesk.AspNetCore.Tests.Attachments;

/// <summary>A file that is not for somebody answers like one that is not there, byte for byte.</summary>
public sealed class HiddenFileTests(SharedHost shared) : AttachmentTest(shared)
{
    [Fact]
    public async Task A_file_of_somebody_elses_ticket_answers_like_none()
    {
        var (_, path) = await OneFileAsync();
        var missing = await MissingAsync(Bob);

        Assert.Equal(missing, (await Bob.GetAsync(path)).Everything);
        foreach (var (name, value) in new[] { ("Range", "bytes=0-1"), ("Range", "bytes=100-"), ("If-None-Match", (await Alice.GetAsync(path)).ETag!), ("If-Range", "\"a\"") })
            Assert.Equal(missing, (await Bob.GetAsync(path, (name, value))).Everything);
        (await (await Host.AsAsync(Users.Anonymous)).GetAsync(path)).Is(401, "unauthenticated");
    }

    [Fact]
    public async Task A_file_of_a_note_answers_like_none_to_the_requester()
    {
        var ticket = await Alice.OpenAsync();
        var path = PathOf(FilesOf((await ReplyAsync(Ann, ticket.Id, Form.Of(("body", "B"), ("isPrivate", "true")).File("secret.txt", "secret"))).Json)[0]);

        Assert.Equal(await MissingAsync(Alice), (await Alice.GetAsync(path)).Everything);
        Assert.Equal(await MissingAsync(Bob), (await Bob.GetAsync(path)).Everything);
        Assert.Equal("secret", (await Ann.GetAsync(path)).Is(200).Text);
    }

    [Fact]
    public async Task A_file_of_a_note_answers_like_none_to_an_agent_whose_own_ticket_it_is()
    {
        var ticket = await Ann.OpenAsync();
        var ben = await Host.AsAsync(Users.Ben);
        var path = PathOf(FilesOf((await ReplyAsync(ben, ticket.Id, Form.Of(("body", "B"), ("isPrivate", "true")).File("secret.txt", "secret"))).Json)[0]);

        Assert.Equal(await MissingAsync(Ann), (await Ann.GetAsync(path)).Everything);
        Assert.Equal("secret", (await ben.GetAsync(path)).Is(200).Text);
    }

    [Fact]
    public async Task An_upload_that_no_message_has_answers_like_none()
    {
        var upload = await Host.WithAsync<IAttachmentUploads, Guid>(async uploads =>
        {
            using var content = new MemoryStream("content"u8.ToArray());
            return (await uploads.StageAsync(new StageUpload { Actor = Actor.User(Users.Id(Users.Alice)), FileName = "a.txt", Content = content }, Token)).Id;
        });

        Assert.Equal(await MissingAsync(Alice), (await Alice.GetAsync($"/attachments/{upload}")).Everything);
        Assert.Equal(await MissingAsync(Ann), (await Ann.GetAsync($"/attachments/{upload}")).Everything);
    }

    [Fact]
    public async Task A_file_that_the_store_has_lost_answers_like_none()
    {
        var before = Host.StoredFiles();
        var (_, path) = await OneFileAsync();
        (await Alice.GetAsync(path)).Is(200);
        File.Delete(Assert.Single(Host.StoredFiles().Except(before)));

        Assert.Equal(await MissingAsync(Alice), (await Alice.GetAsync(path)).Everything);
        Assert.Equal(await MissingAsync(Alice), (await Alice.GetAsync(path, ("Range", "bytes=2-3"))).Everything);
        Assert.Equal(await MissingAsync(Ann), (await Ann.GetAsync(path)).Everything);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("%2e%2e%2fx")]
    [InlineData("1")]
    [InlineData("{00000000-0000-0000-0000-000000000000}")]
    public async Task What_is_no_id_answers_like_a_missing_one(string id)
    {
        var answer = await Alice.GetAsync($"/attachments/{id}");

        Assert.Equal(await MissingAsync(Alice), answer.Everything);
    }

    private static async Task<string> MissingAsync(Caller caller) => (await caller.GetAsync($"/attachments/{Guid.NewGuid()}")).Is(404, "not_found").Everything;
}
