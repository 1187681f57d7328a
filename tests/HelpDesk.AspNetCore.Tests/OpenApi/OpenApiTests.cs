using System.Text.Json;
using HelpDesk.AspNetCore.Tests.Authorization;
using HelpDesk.AspNetCore.Tests.Infrastructure;
using HelpDesk.Specification.Infrastructure;

namespace HelpDesk.AspNetCore.Tests.OpenApi;

/// <summary>The OpenAPI document of the sample host: what clients are generated from.</summary>
public sealed class OpenApiTests(SampleHost sample) : IClassFixture<SampleHost>
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_document_is_the_one_that_is_checked_in() =>
        Snapshot.Match(JsonSerializer.Serialize(await DocumentAsync(), Indented), "OpenApi", "json");

    [Fact]
    public async Task Every_route_says_what_it_takes_gives_and_refuses()
    {
        var paths = (await DocumentAsync()).GetProperty("paths");

        foreach (var row in EndpointTable.Rows)
        {
            var operation = paths.GetProperty("/helpdesk" + row.Pattern).GetProperty(row.Method.ToLowerInvariant());
            var responses = operation.GetProperty("responses");
            var success = row.Success.ToString(System.Globalization.CultureInfo.InvariantCulture);
            Assert.True(row.MediaType.Length == 0 ? responses.TryGetProperty(success, out _) : HasSchema(responses.GetProperty(success), row.MediaType), $"{row.Route} {success}");
            foreach (var status in new[] { "401", "403", "503" })
                Assert.True(HasSchema(responses.GetProperty(status), "application/problem+json"), $"{row.Route} {status}");
            if (row.HasTicket || row.HasPart || row.HasMail || row.HasSavedReply || row.HasAgent)
                Assert.True(HasSchema(responses.GetProperty("404"), "application/problem+json"), $"{row.Route} 404");
            if (row.Method == "GET" || !row.TakesBody)
                Assert.False(operation.TryGetProperty("requestBody", out _));
            else
                Assert.True(HasSchema(operation.GetProperty("requestBody"), "application/json"), row.Route);
        }
    }

    [Theory]
    [InlineData("/tickets", "subject", "body", "priority", "category", "requesterId", "requesterEmail")]
    [InlineData("/tickets/{ticket}/messages", "body", "isPrivate")]
    public async Task What_takes_files_is_a_form_too(string path, params string[] fields)
    {
        var document = await DocumentAsync();
        var content = document.GetProperty("paths").GetProperty("/helpdesk" + path).GetProperty("post").GetProperty("requestBody").GetProperty("content");

        Assert.Equal(["application/json", "multipart/form-data"], content.EnumerateObject().Select(type => type.Name).Order());
        var properties = Resolve(document, content.GetProperty("multipart/form-data").GetProperty("schema")).GetProperty("properties");
        Assert.Equal([.. fields.Append("attachments").Order()], properties.EnumerateObject().Select(property => property.Name).Order());
        var file = Resolve(document, properties.GetProperty("attachments").GetProperty("items"));
        Assert.Equal(["string", "binary"], file.Texts("type", "format"));
    }

    [Theory]
    [InlineData("get", "/tickets/{ticket}", "200")]
    [InlineData("post", "/tickets", "201")]
    [InlineData("post", "/tickets/{ticket}/messages", "201")]
    [InlineData("get", "/tickets/{ticket}/messages", "200")]
    [InlineData("patch", "/tickets/{ticket}", "200")]
    [InlineData("post", "/tickets/{ticket}/resolve", "200")]
    public async Task Two_audiences_are_one_of_two_types(string method, string path, string status)
    {
        var document = await DocumentAsync();
        var schema = Resolve(document, document.GetProperty("paths").GetProperty("/helpdesk" + path).GetProperty(method).GetProperty("responses")
            .GetProperty(status).GetProperty("content").GetProperty("application/json").GetProperty("schema"));

        Assert.False(schema.TryGetProperty("anyOf", out _));
        // The answers have no member that says which type it is.
        Assert.False(schema.TryGetProperty("discriminator", out _));
        var types = schema.GetProperty("oneOf").EnumerateArray().Select(type => Resolve(document, type)).ToList();
        Assert.Equal(2, types.Count);
        Assert.All(types, type => Assert.NotEmpty(type.GetProperty("properties").EnumerateObject()));
    }

    [Fact]
    public async Task Every_member_of_an_answer_is_required_and_those_of_agents_are_in_their_type_only()
    {
        var document = await DocumentAsync();
        var types = Schema(document, "IConversationResponse").GetProperty("oneOf").EnumerateArray().Select(type => Resolve(document, type)).ToList();

        foreach (var type in types)
        {
            var names = type.GetProperty("properties").EnumerateObject().Select(property => property.Name);
            Assert.Equal(names.Order(), type.GetProperty("required").EnumerateArray().Select(name => name.GetString()).Order());
        }

        Assert.Equal([false, true], types.Select(type => type.GetProperty("properties").TryGetProperty("dueAt", out _)));
        Assert.Equal("string", types[0].GetProperty("properties").GetProperty("number").GetProperty("type").GetString());
    }

    [Fact]
    public async Task Enumerations_are_their_words()
    {
        var document = await DocumentAsync();

        Assert.Equal(["open", "pending", "resolved", "closed"], Words(Schema(document, "TicketStatus")));
        Assert.Equal(["low", "normal", "high", "urgent"], Words(Schema(document, "TicketPriority")));
        Assert.Equal(["firstResponse", "nextResponse", "resolution"], Words(Schema(document, "TargetKind")));
        Assert.Equal(["running", "paused", "met", "breached"], Words(Schema(document, "SlaState")));
        Assert.Equal(["running", "paused", "outOfHours"], Words(Schema(document, "SlaSegmentKind")));
        Assert.Equal(["received", "processed", "held", "failed", "rejected"], Words(Schema(document, "InboundMailState")));
        Assert.Equal(["held", "failed"], Words(Schema(document, "InboundStateParameter")));
        Assert.Equal(["viewing", "replying"], Words(Schema(document, "PresenceMode")));
        Assert.Equal(["viewing", "replying", "none"], Words(Schema(document, "PresenceModeParameter")));
        var parameters = document.GetProperty("paths").GetProperty("/helpdesk/tickets").GetProperty("get").GetProperty("parameters").EnumerateArray()
            .ToDictionary(parameter => parameter.GetProperty("name").GetString()!, parameter => parameter.GetProperty("schema"));
        Assert.Equal(["open", "pending", "resolved", "closed"], Words(Resolve(document, parameters["status"].GetProperty("items"))));
        Assert.Equal(
            ["-updatedAt", "updatedAt", "-createdAt", "createdAt", "-dueAt", "dueAt", "-priority", "priority"], Words(Resolve(document, parameters["sort"])));
        Assert.Equal(
            ["assignee", "category", "cursor", "limit", "overdue", "priority", "q", "requester", "sort", "status"], parameters.Keys.Order());
    }

    private static JsonElement Schema(JsonElement document, string name) => document.GetProperty("components").GetProperty("schemas").GetProperty(name);

    private static JsonElement Resolve(JsonElement document, JsonElement schema) =>
        schema.TryGetProperty("$ref", out var reference) ? Schema(document, reference.GetString()!.Split('/')[^1]) : schema;

    private static IEnumerable<string?> Words(JsonElement schema) => schema.GetProperty("enum").EnumerateArray().Select(word => word.GetString());

    private async Task<JsonElement> DocumentAsync()
    {
        using var client = sample.CreateClient();
        return JsonElement.Parse(await client.GetStringAsync("/openapi/v1.json", Token));
    }

    private static bool HasSchema(JsonElement owner, string mediaType) =>
        owner.GetProperty("content").GetProperty(mediaType).GetProperty("schema").EnumerateObject().Any();
}
