using System.Net.Http.Headers;
using System.Text;
using HelpDesk.AspNetCore.Tests.Infrastructure;

namespace HelpDesk.AspNetCore.Tests.BadInput;

/// <summary>Bodies that are no JSON object, or do not come as one.</summary>
public sealed class BodyTests(SharedHost shared) : BadInputTest(shared)
{
    private static readonly string[] Routes =
    [
        "POST /tickets", "POST /tickets/{0}/messages", "PATCH /tickets/{0}", "POST /tickets/{0}/resolve", "POST /tickets/{0}/close", "POST /tickets/{0}/reopen",
        "PUT /agents/me/availability", "PUT /agents/ben-id",
    ];

    private static readonly Dictionary<string, string> Malformed = new()
    {
        ["blank"] = " \n",
        ["not JSON"] = "subject=Text&body=Text",
        ["truncated"] = """{"subject":"Text","body":"Te""",
        ["truncated after a value"] = """{"subject":"Text","body":"Text" """,
        ["array"] = """[{"subject":"Text","body":"Text"}]""",
        ["empty array"] = "[]",
        ["null"] = "null",
        ["text"] = "\"Text\"",
        ["number"] = "1",
        ["true"] = "true",
        ["two objects"] = """{"subject":"Text","body":"Text","message":"Text"}{}""",
        ["trailing comma"] = """{"subject":"Text","body":"Text","message":"Text",}""",
        ["comment"] = """{"subject":"Text","body":"Text","message":"Text"/* no */}""",
        ["single quotes"] = "{'subject':'Text'}",
        ["duplicate"] = """{"subject":"Text","subject":"Text","body":"Text","body":"Text","message":"Text","message":"Text"}""",
        ["duplicate by an escape"] = """{"subject":"Text","sub\u006aect":"Text","body":"Text","bod\u0079":"Text","message":"Text","messag\u0065":"Text"}""",
        ["duplicate of what is ignored"] = """{"subject":"Text","body":"Text","message":"Text","more":{"a":1,"a":2}}""",
        ["deep"] = """{"subject":"Text","body":"Text","message":"Text","more":""" + new string('[', 100) + new string(']', 100) + "}",
        ["NaN"] = """{"subject":"Text","body":"Text","message":"Text","more":NaN}""",
        ["raw control character"] = "{\"subject\":\"Te\u0001xt\",\"body\":\"Te\u0001xt\",\"message\":\"Te\u0001xt\"}",
    };

    public static MatrixTheoryData<string, string> MalformedOnEveryRoute() => new(Routes, Malformed.Keys);

    public static TheoryData<string> EveryRoute() => [.. Routes];

    [Theory]
    [MemberData(nameof(MalformedOnEveryRoute))]
    public Task A_body_that_is_no_JSON_object_is_malformed(string route, string name) =>
        RefusedAsync(() => SendAsync(route, Malformed[name]), 400, "malformed");

    [Theory]
    [InlineData("POST /tickets")]
    [InlineData("POST /tickets/{0}/messages")]
    [InlineData("PATCH /tickets/{0}")]
    [InlineData("PUT /agents/me/availability")]
    [InlineData("PUT /agents/ben-id")]
    public async Task A_body_is_required(string route)
    {
        await RefusedAsync(() => SendAsync(route, ""), 400, "malformed");
        await RefusedAsync(() => SendAsync(route, new StringContent("", new MediaTypeHeaderValue("application/json"))), 400, "malformed");
        await RefusedAsync(() => SendAsync(route, null), 400, "malformed");
    }

    [Theory]
    [MemberData(nameof(EveryRoute))]
    public async Task Bytes_that_are_no_UTF8_are_refused(string route)
    {
        foreach (var json in new[] { "{\"subject\":\"Te\xFFxt\",\"body\":\"Te\xFFxt\",\"message\":\"Te\xFFxt\"}", "{\"more\xFF\":1,\"subject\":\"Text\",\"body\":\"Text\",\"message\":\"Text\"}", "\xFF\xFE{\0}\0" })
        {
            await RefusedAsync(() => SendAsync(route, Json(Encoding.Latin1.GetBytes(json))), 400, "malformed");
        }
    }

    [Theory]
    [MemberData(nameof(EveryRoute))]
    public Task More_than_a_mebibyte_is_too_large(string route) =>
        RefusedAsync(() => SendAsync(route, $$"""{"subject":"Text","body":"Text","message":"Text","more":"{{new string('x', 1024 * 1024)}}"}"""), 413, "too_large");

    [Theory]
    [MemberData(nameof(EveryRoute))]
    public Task More_than_a_mebibyte_is_too_large_without_a_length_too(string route) =>
        RefusedAsync(() => SendAsync(route, new ChunkedContent(new string(' ', 2 * 1024 * 1024))), 413, "too_large");

    [Fact]
    public async Task A_body_of_exactly_a_mebibyte_is_read()
    {
        const string start = """{"subject":"Text","body":"Text","more":""";
        var more = new string('x', (1024 * 1024) - start.Length - 3);

        (await Alice.PostAsync("/tickets", $"{start}\"{more}\"}}")).Is(201);
        await RefusedAsync(() => Alice.PostAsync("/tickets", $"{start}\"{more}x\"}}"), 413, "too_large");
    }

    [Fact]
    public async Task A_chunked_body_without_a_length_is_read()
    {
        (await Alice.PostAsync("/tickets", new ChunkedContent("""{"subject":"Text","body":"Text"}"""))).Is(201);
        (await Alice.PostAsync($"/tickets/{Ticket.Id}/messages", new ChunkedContent("""{"body":"Text"}"""))).Is(201);
        (await Alice.PostAsync($"/tickets/{Ticket.Id}/resolve", new ChunkedContent("""{"message":"Text"}"""))).Is(200);
        await RefusedAsync(() => Alice.PostAsync("/tickets", new ChunkedContent("")), 400, "malformed");
        await RefusedAsync(() => Alice.PostAsync("/tickets", new ChunkedContent("{")), 400, "malformed");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("text/json")]
    [InlineData("application/xml")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/mixed; boundary=x")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/json; charset=iso-8859-1")]
    [InlineData("nonsense")]
    [InlineData(null)]
    public async Task Another_type_or_charset_is_unsupported(string? type)
    {
        foreach (var route in Routes)
        {
            await RefusedAsync(
                () =>
                {
                    var content = new ByteArrayContent("""{"subject":"Text","body":"Text","message":"Text"}"""u8.ToArray());
                    if (type is not null)
                        content.Headers.TryAddWithoutValidation("Content-Type", type);
                    return SendAsync(route, content);
                },
                415,
                "unsupported_media_type");
        }
    }

    [Theory]
    [InlineData("application/json; charset=UTF-8")]
    [InlineData("application/json; charset=\"utf-8\"")]
    [InlineData("APPLICATION/JSON")]
    [InlineData("application/vnd.example+json")]
    public async Task JSON_by_any_of_its_names_is_read(string type)
    {
        var content = new ByteArrayContent("""{"subject":"Text","body":"Text"}"""u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        (await Alice.PostAsync("/tickets", content)).Is(201);
    }

    [Fact]
    public async Task Half_of_a_surrogate_pair_in_a_name_is_ignored_or_refused()
    {
        foreach (var more in new[] { "\"\\ud800\":1", "\"\\ud800\":1,\"\\ud801\":1", "\"a\":\"\\udc00\"" })
            Assert.Contains((await Alice.PostAsync("/tickets", $"{{\"subject\":\"Text\",\"body\":\"Text\",{more}}}")).Status, new[] { 201, 400 });
    }

    [Fact]
    public async Task A_move_needs_no_body()
    {
        (await Alice.PostAsync($"/tickets/{Ticket.Id}/resolve")).Is(200);
        (await Alice.PostAsync($"/tickets/{Ticket.Id}/reopen", "")).Is(200);
        (await Alice.PostAsync($"/tickets/{Ticket.Id}/close", "{}")).Is(200);
        (await Alice.PostAsync($"/tickets/{Ticket.Id}/reopen", """{"message":null}""")).Is(200);
    }

    private async Task<Answer> SendAsync(string route, object? body)
    {
        var parts = route.Split(' ');
        var caller = parts[0] switch
        {
            "PATCH" => Ann,
            "PUT" when parts[1] == "/agents/me/availability" => Ann,
            "PUT" => await Host.AsAsync(Users.Mia),
            _ => Alice,
        };
        return await caller.SendAsync(parts[0], parts[1].Replace("{0}", Ticket.Id.ToString(), StringComparison.Ordinal), body);
    }

    private static ByteArrayContent Json(byte[] bytes) => new(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
}
