using System.Text;
using HelpDesk.AspNetCore.Tests.Infrastructure;

namespace HelpDesk.AspNetCore.Tests.Attachments;

/// <summary>A form that is wrong is refused with the code of the contract, and leaves nothing behind: not even the files that came before the mistake.</summary>
public sealed class BrokenFormTests(SharedHost shared) : AttachmentTest(shared)
{
    private const string Start = $"--{Form.Boundary}\r\n";
    private const string Body = "Content-Disposition: form-data; name=\"body\"\r\n\r\nText\r\n";

    private static readonly Dictionary<string, byte[]> Malformed = new()
    {
        ["nothing"] = [],
        ["JSON"] = """{"subject":"Text","body":"Text"}"""u8.ToArray(),
        ["another boundary"] = "--other\r\nContent-Disposition: form-data; name=\"body\"\r\n\r\nText\r\n--other--\r\n"u8.ToArray(),
        ["ends after a boundary"] = Bytes(Start),
        ["ends in the headers"] = Bytes(Start + "Content-Dispo"),
        ["ends in a text"] = Bytes(Start + "Content-Disposition: form-data; name=\"body\"\r\n\r\nTex"),
        ["ends after a part"] = File().ToBrokenArray(),
        ["ends in a file"] = File().Raw($"{Start}Content-Disposition: form-data; name=\"attachments\"; filename=\"b.txt\"\r\n\r\nhalf of").ToBrokenArray(),
        ["no headers"] = File().Raw($"{Start}\r\nText\r\n").ToArray(),
        ["no Content-Disposition"] = File().Raw($"{Start}Content-Type: text/plain\r\n\r\nText\r\n").ToArray(),
        ["another Content-Disposition"] = File().Raw($"{Start}Content-Disposition: attachment; name=\"body\"\r\n\r\nText\r\n").ToArray(),
        ["no name"] = File().Raw($"{Start}Content-Disposition: form-data\r\n\r\nText\r\n").ToArray(),
        ["a header without colon"] = File().Raw($"{Start}nonsense\r\n{Body}").ToArray(),
        ["the same field twice"] = File().Text("body", "Text").ToArray(),
        ["an unknown field twice"] = File().Text("more", "1").Text("more", "2").ToArray(),
        ["no UTF-8"] = [.. File().ToBrokenArray(), .. Bytes($"{Start}Content-Disposition: form-data; name=\"category\"\r\n\r\n"), 0xC3, 0x28, .. Bytes($"\r\n--{Form.Boundary}--\r\n")],
        ["another charset"] = File().Raw($"{Start}Content-Disposition: form-data; name=\"category\"\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\nText\r\n").ToArray(),
        ["a header of 100 KiB"] = File().Raw($"{Start}X-Long: {new string('x', 100 * 1024)}\r\n{Body}").ToArray(),
        ["100 headers"] = File().Raw(Start + string.Concat(Enumerable.Range(0, 100).Select(n => $"X-{n}: x\r\n")) + Body).ToArray(),
        ["100 KiB before the form"] = [.. Bytes(new string('x', 100 * 1024) + "\r\n"), .. File().ToArray()],
        ["200 KiB after the form"] = [.. File().ToArray(), .. Bytes(new string('x', 200 * 1024))],
    };

    public static TheoryData<string> EveryMalformed() => [.. Malformed.Keys];

    [Theory]
    [MemberData(nameof(EveryMalformed))]
    public async Task A_form_that_is_broken_is_malformed(string name)
    {
        var ticket = await Alice.OpenAsync();

        await RefusedAsync(() => Alice.PostAsync("/tickets", Form.Content(Malformed[name])), 400, "malformed");
        await RefusedAsync(() => Ann.PostAsync($"/tickets/{ticket.Id}/messages", Form.Content(Malformed[name])), 400, "malformed");
    }

    [Theory]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=")]
    [InlineData("multipart/form-data; boundary=\"\"")]
    [InlineData("multipart/form-data; boundary=another")]
    [InlineData("multipart/form-data; boundary=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public Task A_form_without_its_boundary_is_malformed(string type) =>
        RefusedAsync(() => Alice.PostAsync("/tickets", Form.Content(File().ToArray(), type)), 400, "malformed");

    [Theory]
    [InlineData("MULTIPART/Form-Data; charset=utf-8; boundary=\"{0}\"")]
    [InlineData("multipart/form-data;boundary={0}")]
    public async Task A_form_by_any_of_its_names_is_read(string type) =>
        (await Alice.PostAsync("/tickets", Form.Content(File().ToArray(), type.Replace("{0}", Form.Boundary, StringComparison.Ordinal)))).Is(201);

    [Theory]
    [InlineData("multipart/mixed; boundary=x")]
    [InlineData("multipart/form-data-x; boundary=x")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("text/plain")]
    public async Task Another_type_is_refused_with_both_that_are_read(string type)
    {
        var answer = await RefusedAsync(() => Alice.PostAsync("/tickets", Form.Content(File().ToArray(), type)), 415, "unsupported_media_type");

        Assert.Contains("application/json", answer.Text, StringComparison.Ordinal);
        Assert.Contains("multipart/form-data", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_values_have_the_errors_that_they_have_in_JSON()
    {
        var ticket = await Alice.OpenAsync();
        (string Path, (string, string)[] Texts, object Json)[] wrong =
        [
            ("/tickets", [("subject", "S"), ("body", "B"), ("priority", "highest")], new { subject = "S", body = "B", priority = "highest" }),
            ("/tickets", [("subject", "S"), ("body", "B"), ("priority", "High")], new { subject = "S", body = "B", priority = "High" }),
            ("/tickets", [("subject", ""), ("priority", "high")], new { priority = "high" }),
            ("/tickets", [("subject", " "), ("body", new string('b', 10_001)), ("category", new string('c', 101))], new { subject = " ", body = new string('b', 10_001), category = new string('c', 101) }),
            ("/tickets", [("subject", "S\0"), ("body", "B")], new { subject = "S\0", body = "B" }),
            ($"/tickets/{ticket.Id}/messages", [("body", "B"), ("isPrivate", "True")], new { body = "B", isPrivate = "True" }),
            ($"/tickets/{ticket.Id}/messages", [("body", "B"), ("isPrivate", "1")], new { body = "B", isPrivate = 1 }),
            ($"/tickets/{ticket.Id}/messages", [("body", "B"), ("isPrivate", "yes")], new { body = "B", isPrivate = "yes" }),
            ($"/tickets/{ticket.Id}/messages", [("body", "")], new { body = "" }),
        ];

        foreach (var (path, texts, json) in wrong)
        {
            var expected = (await Ann.PostAsync(path, json)).Is(400, "validation");
            var answer = await RefusedAsync(() => Ann.PostAsync(path, Form.Of(texts).File("a.txt", "a").ToContent()), 400, "validation");
            Assert.Equal(expected.Everything, answer.Everything);
        }
    }

    [Fact]
    public async Task A_file_in_another_field_is_not_dropped_in_silence()
    {
        foreach (var field in new[] { "file", "Attachments", "attachments[]", "body", "" })
        {
            var answer = await RefusedAsync(() => Alice.PostAsync("/tickets", File().File("b.txt", "b", field: field).ToContent()), 400, "validation");
            Assert.Contains("'attachments'", answer.Json.GetProperty("errors").GetProperty("attachments")[0].GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_no_file_is_none_in_the_field_for_files()
    {
        await InvalidAsync(File().Text("attachments", "b.txt"));
        await InvalidAsync(File().Text("attachments", ""));
        await InvalidAsync(File().Part("Content-Disposition: form-data; name=\"attachments\"; filename=\"\"", "content"u8.ToArray()));
    }

    [Fact]
    public async Task Too_many_files_are_refused()
    {
        var form = File();
        for (var i = 0; i < 9; i++)
            form.File("b.txt", $"{i}");
        (await Alice.PostAsync("/tickets", form.ToContent())).Is(201);

        var answer = await InvalidAsync(form.File("b.txt", "11"));

        Assert.Contains("at most 10", answer.Text, StringComparison.Ordinal);
        await InvalidAsync(Enumerable.Range(0, 1000).Aggregate(File(), (all, n) => all.File("c.txt", $"{n}")));
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused_at_any_place()
    {
        var most = new byte[10 * 1024 * 1024];
        (await Alice.PostAsync("/tickets", File().File("b.bin", most).ToContent())).Is(201);

        var answer = await RefusedAsync(() => Alice.PostAsync("/tickets", File().File("b.bin", [.. most, 0]).File("c.txt", "c").ToContent()), 413, "too_large");

        Assert.Contains("10 MiB", answer.Text, StringComparison.Ordinal);
        await RefusedAsync(() => Alice.PostAsync("/tickets", new Form().File("b.bin", [.. most, 0]).ToContent()), 413, "too_large");
    }

    [Fact]
    public async Task Too_much_text_is_too_large_in_one_field_or_in_many()
    {
        var half = new string('x', 600 * 1024);
        (await Alice.PostAsync("/tickets", File().Text("more", half).ToContent())).Is(201);

        await RefusedAsync(() => Alice.PostAsync("/tickets", File().Text("more", half).Text("evenMore", half).ToContent()), 413, "too_large");
        await RefusedAsync(() => Alice.PostAsync("/tickets", File().Text("more", half + half).ToContent()), 413, "too_large");
        await RefusedAsync(() => Alice.PostAsync("/tickets", Enumerable.Range(0, 1000).Aggregate(File(), (all, n) => all.Text($"f{n}", "")).ToContent()), 413, "too_large");
    }

    [Fact]
    public async Task A_body_that_says_it_is_larger_than_any_form_is_not_even_read()
    {
        var before = await StoredAsync(Host);
        using var content = new EndlessContent(200L * 1024 * 1024);

        (await Alice.PostAsync("/tickets", content)).Is(413, "too_large");

        Assert.Equal(before, await StoredAsync(Host));
    }

    private async Task<Answer> InvalidAsync(Form form)
    {
        var answer = await RefusedAsync(() => Alice.PostAsync("/tickets", form.ToContent()), 400, "validation");
        Assert.False(string.IsNullOrEmpty(answer.Json.GetProperty("errors").GetProperty("attachments")[0].GetString()));
        return answer;
    }

    /// <summary>A form that would be complete, with a file in the middle of its fields.</summary>
    private static Form File() => Form.Of(("subject", "Text")).File("a.txt", "content").Text("body", "Text");

    private static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text);

    /// <summary>Says how long it is, and then sends little.</summary>
    private sealed class EndlessContent : HttpContent
    {
        private readonly long length;

        public EndlessContent(long length)
        {
            this.length = length;
            Headers.TryAddWithoutValidation("Content-Type", $"multipart/form-data; boundary={Form.Boundary}");
        }

        protected override Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context) => stream.WriteAsync(Bytes(Start)).AsTask();

        protected override bool TryComputeLength(out long computed)
        {
            computed = length;
            return true;
        }
    }
}
