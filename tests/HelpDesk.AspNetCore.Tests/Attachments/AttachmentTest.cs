using System.Text.Json;
using HelpDesk.AspNetCore.Tests.Infrastructure;
using HelpDesk.Attachments;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.AspNetCore.Tests.Attachments;

/// <summary>A test with files, on the plain host.</summary>
public abstract class AttachmentTest(SharedHost shared) : HelpDeskTest(shared)
{
    /// <summary>Replies with files, which must succeed.</summary>
    private protected static async Task<Answer> ReplyAsync(Caller caller, Guid ticket, Form form) =>
        (await caller.PostAsync($"/tickets/{ticket}/messages", form.ToContent())).Is(201);

    /// <summary>The files of a message.</summary>
    private protected static IReadOnlyList<JsonElement> FilesOf(JsonElement message) => [.. message.GetProperty("attachments").EnumerateArray()];

    private protected static string PathOf(JsonElement file)
    {
        var url = file.Text("url")!;
        Assert.StartsWith("/helpdesk/attachments/", url, StringComparison.Ordinal);
        return url["/helpdesk".Length..];
    }

    /// <summary>A ticket of Alice with one file.</summary>
    private protected async Task<(Guid Ticket, string Path)> OneFileAsync(string name = "note.txt", string content = "content", string type = "text/plain")
    {
        var opened = (await Alice.PostAsync("/tickets", Form.Of(("subject", "S"), ("body", "B")).File(name, content, type).ToContent())).Is(201);
        return (opened.Id, PathOf(Assert.Single(FilesOf(opened.Json.GetProperty("messages")[0]))));
    }

    /// <summary>Everything that is stored: rows of every table but the counters, of which the first file draws one for the store; and files.</summary>
    private protected static async Task<string> StoredAsync(TestHelpDesk host)
    {
        var rows = (await host.CountRowsAsync()).Split('\n').Where(row => !row.StartsWith("HelpDeskCounters ", StringComparison.Ordinal));
        return string.Join('\n', rows.Concat(host.StoredFiles()));
    }

    private protected static Task<int> UploadsAsync(TestHelpDesk host) => host.ReadAsync(db => db.Set<Upload>().CountAsync(Token));

    /// <summary>Sends something and expects a refusal that leaves nothing behind, neither row nor file.</summary>
    private protected async Task<Answer> RefusedAsync(Func<Task<Answer>> send, int status, string code)
    {
        var before = await StoredAsync(Host);
        var answer = (await send()).Is(status, code);
        Assert.Equal(before, await StoredAsync(Host));
        return answer;
    }
}
