using System.Text;
using HelpDesk.AspNetCore.Tests.Infrastructure;
using Microsoft.AspNetCore.Builder;

namespace HelpDesk.AspNetCore.Tests.Attachments;

/// <summary>Files come with a ticket or a message, and go out as they came.</summary>
public sealed class UploadTests(SharedHost shared) : AttachmentTest(shared)
{
    [Fact]
    public async Task A_ticket_opens_with_a_file_that_comes_down_as_it_went_up()
    {
        var bytes = new byte[300_000];
        new Random(1).NextBytes(bytes);

        var opened = await Alice.PostAsync(
            "/tickets", Form.Of(("subject", "It burns"), ("body", "See the log."), ("priority", "high"), ("category", "billing")).File("printer.log", bytes, "application/x-log; charset=utf-8").ToContent());

        Assert.Equal("high", opened.Is(201).Json.Text("priority"));
        Assert.Equal(["It burns", "billing"], opened.Json.Texts("subject", "category"));
        Assert.Equal($"/helpdesk/tickets/{opened.Id}", opened.Location);
        var file = Assert.Single(FilesOf(opened.Json.GetProperty("messages")[0]));
        Assert.Equal(["printer.log", "application/x-log"], file.Texts("fileName", "contentType"));
        Assert.Equal(300_000, file.GetProperty("size").GetInt64());
        Assert.Equal(file.GetRawText(), Assert.Single(FilesOf((await Ann.GetAsync($"/tickets/{opened.Id}")).Json.GetProperty("messages")[0])).GetRawText());
        Assert.Equal(bytes, (await Alice.GetAsync(PathOf(file))).Is(200).Bytes);
        Assert.Equal(bytes, (await Ann.GetAsync(PathOf(file))).Is(200).Bytes);
    }

    [Fact]
    public async Task A_message_takes_files_in_any_order_of_the_parts()
    {
        var ticket = await Alice.OpenAsync();
        Form[] forms =
        [
            Form.Of(("body", "First the text.")).File("1.txt", "one").File("2.txt", "two"),
            new Form().File("1.txt", "one").File("2.txt", "two").Text("body", "First the files."),
            new Form().File("1.txt", "one").Text("body", "In between.").Text("isPrivate", "false").File("2.txt", "two"),
        ];

        foreach (var form in forms)
        {
            var files = FilesOf((await ReplyAsync(Ann, ticket.Id, form)).Json);
            Assert.Equal(["1.txt", "2.txt"], files.Select(file => file.Text("fileName")));
            Assert.Equal(["one", "two"], [(await Alice.GetAsync(PathOf(files[0]))).Text, (await Alice.GetAsync(PathOf(files[1]))).Text]);
        }
    }

    /// <summary>A browser makes CRLF of every line end when it encodes a form.</summary>
    [Fact]
    public async Task A_text_is_the_same_with_a_file_and_without()
    {
        var ticket = await Alice.OpenAsync();
        var key = $"{Guid.NewGuid():N}";

        var form = await Alice.PostAsync($"/tickets/{ticket.Id}/messages", Form.Of(("body", "One\r\nTwo\r\n\r\nThree")).ToContent(), ("Idempotency-Key", key));
        var json = await Alice.PostAsync($"/tickets/{ticket.Id}/messages", new { body = "One\nTwo\n\nThree" }, ("Idempotency-Key", key));

        Assert.Equal("One\nTwo\n\nThree", form.Is(201).Json.Text("body"));
        Assert.Equal(form.Id, json.Is(201).Id);
    }

    [Theory]
    [InlineData("text/plain; charset=utf-8")]
    [InlineData("text/plain; charset=\"UTF-8\"")]
    [InlineData("text/plain; charset=us-ascii")]
    public async Task A_text_may_say_that_it_is_utf8(string type)
    {
        var ticket = await Alice.OpenAsync();
        var form = new Form().Part($"Content-Disposition: form-data; name=\"body\"\r\nContent-Type: {type}", "Größe"u8.ToArray());

        Assert.Equal("Größe", (await ReplyAsync(Alice, ticket.Id, form)).Json.Text("body"));
    }

    /// <summary>What another has read is gone: the host must learn that, and not the client be told that the form is broken.</summary>
    [Fact]
    public async Task A_form_that_the_hosts_middleware_has_read_is_the_hosts_error()
    {
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup
        {
            App = app => app.Use(async (context, next) =>
            {
                if (context.Request.HasFormContentType)
                    await context.Request.ReadFormAsync();
                await next(context);
            }),
        });
        var alice = await host.AsAsync(Users.Alice);

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => alice.PostAsync("/tickets", Form.Of(("subject", "S"), ("body", "B")).File("a.txt", "a").ToContent()));

        Assert.Contains("no middleware may read them", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_keep_their_order()
    {
        var names = Enumerable.Range(0, 10).Select(n => $"{(char)('j' - n)}.txt").ToList();
        var form = Form.Of(("body", "Ten."));
        foreach (var name in names)
            form.File(name, $"I am {name}.");
        var ticket = await Alice.OpenAsync();

        var written = FilesOf((await ReplyAsync(Alice, ticket.Id, form)).Json);

        var read = FilesOf((await Ann.GetAsync($"/tickets/{ticket.Id}")).Json.GetProperty("messages")[1]);
        Assert.Equal(names, written.Select(file => file.Text("fileName")));
        Assert.Equal(names, read.Select(file => file.Text("fileName")));
        Assert.Equal("I am a.txt.", (await Alice.GetAsync(PathOf(read[9]))).Text);
    }

    [Theory]
    [InlineData("plain.txt", "plain.txt")]
    [InlineData("the \"last\" one.txt", "the _last_ one.txt")]
    [InlineData("Übergröße.txt", "Übergröße.txt")]
    [InlineData("🔥 burns.txt", "🔥 burns.txt")]
    [InlineData("100% sure; really, 'yes'.txt", "100% sure; really, 'yes'.txt")]
    [InlineData("..\\..\\x", "x")]
    [InlineData("../../../etc/passwd", "passwd")]
    [InlineData("C:\\Temp\\report.txt", "report.txt")]
    [InlineData("／etc／shadow", "shadow")]
    [InlineData("cod\u202Etxt.exe", "codtxt.exe")]
    [InlineData("a\u200Bb\u0000c.txt", "abc.txt")]
    [InlineData("con.txt", "_con.txt")]
    [InlineData("..", "file")]
    [InlineData(" ", "file")]
    [InlineData("<img src=x onerror=alert(1)>.txt", "_img src=x onerror=alert(1)_.txt")]
    public async Task A_name_comes_out_cleaned(string sent, string expected)
    {
        var (ticket, path) = await OneFileAsync(sent);

        var file = FilesOf((await Alice.GetAsync($"/tickets/{ticket}")).Json.GetProperty("messages")[0])[0];
        Assert.Equal(expected, file.Text("fileName"));
        Assert.Equal("content", (await Alice.GetAsync(path)).Is(200).Text);
    }

    [Theory]
    [InlineData("a.txt")]
    [InlineData("ü.txt")]
    [InlineData("🔥.txt")]
    public async Task A_name_of_10000_characters_is_cut_and_keeps_its_extension(string name)
    {
        var ticket = await Alice.OpenAsync();
        var sent = new StringBuilder().Insert(0, name[..^4], 10_000 / (name.Length - 4)).Append(".txt").ToString();

        var file = Assert.Single(FilesOf((await ReplyAsync(Alice, ticket.Id, Form.Of(("body", "Long.")).File(sent, "content"))).Json));

        Assert.InRange(Encoding.UTF8.GetByteCount(file.Text("fileName")!), 240, 255);
        Assert.EndsWith(".txt", file.Text("fileName"), StringComparison.Ordinal);
        (await Alice.GetAsync(PathOf(file))).Is(200);
    }

    /// <summary>Other programs than browsers write a name in other ways.</summary>
    [Theory]
    [InlineData("""filename="say \"yes\".txt" """, "say _yes_.txt")]
    [InlineData("filename=plain.txt", "plain.txt")]
    [InlineData("filename=\"=?utf-8?B?w7wudHh0?=\"", "ü.txt")]
    [InlineData("filename=\"u.txt\"; filename*=UTF-8''%C3%BC.txt", "ü.txt")]
    [InlineData("filename*=UTF-8''only%20star.txt", "only star.txt")]
    public async Task A_name_is_read_as_programs_write_it(string parameter, string expected)
    {
        var ticket = await Alice.OpenAsync();
        var form = Form.Of(("body", "B")).Part($"content-disposition: form-data; name=attachments; {parameter.TrimEnd()}", "content"u8.ToArray());

        var file = Assert.Single(FilesOf((await ReplyAsync(Alice, ticket.Id, form)).Json));

        Assert.Equal([expected, "application/octet-stream"], file.Texts("fileName", "contentType"));
    }

    [Fact]
    public async Task What_the_client_of_NET_writes_is_read()
    {
        using var form = new MultipartFormDataContent { { new StringContent("Größe"), "subject" }, { new StringContent("B\r\nB"), "body" } };
        form.Add(new ByteArrayContent("content"u8.ToArray()), "attachments", "Größe 🔥.txt");

        var opened = (await Alice.PostAsync("/tickets", form)).Is(201);

        Assert.Equal("Größe", opened.Json.Text("subject"));
        Assert.Equal("Größe 🔥.txt", Assert.Single(FilesOf(opened.Json.GetProperty("messages")[0])).Text("fileName"));
    }

    [Fact]
    public async Task A_form_needs_no_file_and_a_file_no_bytes()
    {
        var ticket = await Alice.OpenAsync();
        const string unfilled = "Content-Disposition: form-data; name=\"attachments\"; filename=\"\"\r\nContent-Type: application/octet-stream";

        Assert.Empty(FilesOf((await ReplyAsync(Alice, ticket.Id, Form.Of(("body", "None.")))).Json));
        Assert.Empty(FilesOf((await ReplyAsync(Alice, ticket.Id, Form.Of(("body", "Unfilled.")).Part(unfilled, []))).Json));
        var empty = Assert.Single(FilesOf((await ReplyAsync(Alice, ticket.Id, new Form().Part(unfilled, []).File("empty.txt", "").Text("body", "Empty."))).Json));

        Assert.Equal(0, empty.GetProperty("size").GetInt64());
        var answer = (await Alice.GetAsync(PathOf(empty))).Is(200);
        Assert.Empty(answer.Bytes);
        Assert.Contains("Content-Length: 0", answer.Head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_field_counts_as_absent_and_an_unknown_one_is_ignored()
    {
        var opened = await Alice.PostAsync(
            "/tickets",
            Form.Of(("_charset_", "iso-8859-1"), ("__RequestVerificationToken", "abc"), ("subject", "S"), ("body", "B"), ("priority", ""), ("category", ""), ("Subject", "Not this one"), ("more", "")).ToContent());

        Assert.Equal(["S", "normal", null], opened.Is(201).Json.Texts("subject", "priority", "category"));
    }

    [Fact]
    public async Task A_requester_sets_nothing_by_a_form_that_is_not_theirs_to_set()
    {
        (string, string)[] extra =
        [
            ("requesterId", "bob-id"), ("requesterEmail", "bob@example.com"), ("number", "TKT-1"), ("status", "closed"), ("channel", "email"), ("createdAt", "2001-01-01"), ("authorId", "ann-id"),
            ("isPrivate", "true"), ("assigneeId", "ann-id"), ("id", Guid.Empty.ToString()), ("version", Guid.Empty.ToString()),
        ];

        var opened = (await Alice.PostAsync("/tickets", Form.Of([("subject", "S"), ("body", "B"), .. extra]).File("a.txt", "a").ToContent())).Is(201);
        var reply = await ReplyAsync(Alice, opened.Id, Form.Of([("body", "Public."), .. extra]).File("b.txt", "b"));

        Assert.Equal(("alice-id", "open", "web"), (opened.Json.GetProperty("requester").Text("id"), opened.Json.Text("status"), opened.Json.Text("channel")));
        Assert.Equal(("alice-id", "requester"), (reply.Json.GetProperty("author").Text("id"), reply.Json.GetProperty("author").Text("kind")));
        Assert.Contains("Public.", (await Alice.GetAsync($"/tickets/{opened.Id}")).Text, StringComparison.Ordinal);
        Assert.Equal("b", (await Alice.GetAsync(PathOf(FilesOf(reply.Json)[0]))).Text);
    }

    [Fact]
    public async Task An_agent_opens_on_behalf_and_writes_a_note_by_a_form()
    {
        var opened = (await Ann.PostAsync("/tickets", Form.Of(("subject", "By phone"), ("body", "B"), ("requesterId", "alice-id")).File("a.txt", "a").ToContent())).Is(201);
        var note = await ReplyAsync(Ann, opened.Id, Form.Of(("body", "Among us."), ("isPrivate", "true")).File("secret.txt", "secret"));

        Assert.Equal("alice-id", opened.Json.GetProperty("requester").Text("id"));
        Assert.True(note.Json.GetProperty("isPrivate").GetBoolean());
        var seen = (await Alice.GetAsync($"/tickets/{opened.Id}")).Text;
        Assert.DoesNotContain("secret", seen, StringComparison.Ordinal);
        Assert.Contains("a.txt", seen, StringComparison.Ordinal);
        Assert.Equal("secret", (await (await Host.AsAsync(Users.Ben)).GetAsync(PathOf(FilesOf(note.Json)[0]))).Is(200).Text);
    }

    [Fact]
    public async Task A_reply_to_a_closed_ticket_takes_its_files_into_the_linked_one()
    {
        var closed = await Alice.OpenAsync();
        (await Alice.PostAsync($"/tickets/{closed.Id}/close")).Is(200);

        var reply = await ReplyAsync(Alice, closed.Id, Form.Of(("body", "Again.")).File("again.txt", "again"));

        var linked = reply.Json.GetProperty("ticket").GetProperty("id").GetGuid();
        Assert.NotEqual(closed.Id, linked);
        Assert.Equal("again.txt", FilesOf((await Alice.GetAsync($"/tickets/{linked}")).Json.GetProperty("messages")[0])[0].Text("fileName"));
        Assert.Equal("again", (await Alice.GetAsync(PathOf(FilesOf(reply.Json)[0]))).Text);
    }
}
