using HelpDesk.AspNetCore.Tests.Infrastructure;
using HelpDesk.Attachments;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.AspNetCore.Tests.Attachments;

/// <summary>A store that does not do its work, loses its work half way, or serves files by itself.</summary>
public sealed class FailingStoreTests
{
    [Fact]
    public async Task Without_the_store_files_are_unavailable_and_everything_else_works()
    {
        var store = new TestStore();
        await using var host = await StartAsync(store);
        var alice = await host.AsAsync(Users.Alice);
        var path = await UploadAsync(alice);
        var rows = await host.CountRowsAsync();

        store.IsAway = true;
        (await alice.PostAsync("/tickets", Form.Of(("subject", "S"), ("body", "B")).File("a.txt", "a").ToContent())).Is(503, "unavailable");
        var answer = (await alice.GetAsync(path)).Is(503, "unavailable");
        (await alice.GetAsync(path, ("Range", "bytes=2-3"))).Is(503, "unavailable");
        Assert.DoesNotContain("ETag", answer.Head, StringComparison.Ordinal);
        Assert.DoesNotContain("Content-Disposition", answer.Head, StringComparison.Ordinal);
        (await alice.GetAsync("/tickets")).Is(200);

        store.IsAway = false;
        Assert.Equal("0123456789", (await alice.GetAsync(path)).Is(200).Text);
        // The store may still be storing what it was asked for: that is deleted when it must be over.
        Assert.Equal(rows.Replace("HelpDeskUploads 0", "HelpDeskUploads 1", StringComparison.Ordinal), await host.CountRowsAsync());
        await alice.OpenAsync();
    }

    [Fact]
    public async Task A_file_of_which_the_rest_cannot_be_read_never_ends_as_if_it_were_whole()
    {
        var store = new TestStore();
        await using var host = await StartAsync(store, onKestrel: true);
        var alice = await host.AsAsync(Users.Alice);
        var opened = await alice.PostAsync("/tickets", Form.Of(("subject", "S"), ("body", "B")).File("a.bin", new byte[1_000_000]).ToContent());
        var path = opened.Is(201).Json.GetProperty("messages")[0].GetProperty("attachments")[0].Text("url")!["/helpdesk".Length..];
        (await alice.GetAsync(path)).Is(200);

        store.BreaksAfter = 500_000;

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => alice.GetAsync(path));
    }

    [Fact]
    public async Task A_store_that_serves_files_by_itself_is_where_the_answer_leads()
    {
        var store = new TestStore { Link = new Uri("https://files.example/k?name=a%20b&sig=%2B") };
        await using var host = await StartAsync(store);
        var alice = await host.AsAsync(Users.Alice);
        var path = await UploadAsync(alice);

        var answer = (await alice.GetAsync(path)).Is(302);

        Assert.Equal(
            """
            Cache-Control: no-store
            Location: https://files.example/k?name=a%20b&sig=%2B
            Referrer-Policy: no-referrer
            """,
            answer.Head,
            ignoreLineEndingDifferences: true);
        Assert.Empty(answer.Bytes);
        Assert.Equal("attachment; filename=\"a.svg\"; filename*=utf-8''a.svg", store.Asked!.ContentDisposition);
        Assert.Equal("application/octet-stream", store.Asked.ContentType);
        (await (await host.AsAsync(Users.Bob)).GetAsync(path)).Is(404, "not_found");
        store.IsAway = true;
        (await alice.GetAsync(path)).Is(503, "unavailable");
    }

    [Fact]
    public async Task Headers_of_the_host_stay_on_an_answer_that_was_begun_as_a_file()
    {
        var store = new TestStore();
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup
        {
            Services = services => services.AddSingleton<IAttachmentStore>(store),
            App = app => app.Use((context, next) =>
            {
                context.Response.Headers["X-Frame-Options"] = "DENY";
                return next(context);
            }),
        });
        var alice = await host.AsAsync(Users.Alice);
        var path = await UploadAsync(alice);
        store.Clear();

        var lost = (await alice.GetAsync(path)).Is(404, "not_found");

        Assert.Contains("X-Frame-Options: DENY", lost.Head, StringComparison.Ordinal);
        Assert.Equal((await alice.GetAsync($"/attachments/{Guid.NewGuid()}")).Everything, lost.Everything);
    }

    private static Task<TestHelpDesk> StartAsync(TestStore store, bool onKestrel = false) =>
        TestHelpDesk.StartAsync(new TestHostSetup { OnKestrel = onKestrel, Services = services => services.AddSingleton<IAttachmentStore>(store) });

    private static async Task<string> UploadAsync(Caller caller)
    {
        var opened = await caller.PostAsync("/tickets", Form.Of(("subject", "S"), ("body", "B")).File("a.svg", "0123456789", "image/svg+xml").ToContent());
        return opened.Is(201).Json.GetProperty("messages")[0].GetProperty("attachments")[0].Text("url")!["/helpdesk".Length..];
    }
}
