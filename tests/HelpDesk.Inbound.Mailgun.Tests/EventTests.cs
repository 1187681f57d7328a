using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HelpDesk.Inbound.Mailgun;

public sealed class EventTests
{
    [Theory]
    [InlineData("failed", "permanent", DeliveryReportKind.Failed)]
    [InlineData("complained", null, DeliveryReportKind.Complained)]
    [InlineData("failed", "temporary", null)]
    [InlineData("failed", null, null)]
    [InlineData("Failed", "permanent", null)]
    [InlineData("delivered", null, null)]
    [InlineData("opened", null, null)]
    [InlineData("unsubscribed", null, null)]
    [InlineData("something-new", "permanent", null)]
    public async Task Only_what_is_final_is_reported(string name, string? severity, DeliveryReportKind? expected)
    {
        await using var webhook = await Webhook.StartAsync();
        var data = Data(name);
        data["severity"] = severity;

        await webhook.ExpectAsync(HttpStatusCode.OK, Signed(data), "/events");

        if (expected is null)
        {
            Assert.Empty(webhook.Processor.Reports);
            return;
        }

        var report = Assert.Single(webhook.Processor.Reports);
        Assert.Equal((expected, "bob@example.com", "sent@support.example.com", "550 5.1.1 No such mailbox"), (report.Kind, report.Recipient, report.MessageId, report.Reason));
    }

    [Theory]
    [InlineData("""{"delivery-status": {"message": "", "description": "Full"}, "reason": "bounce"}""", "Full")]
    [InlineData("""{"delivery-status": {"message": 1}, "reason": "bounce"}""", "bounce")]
    [InlineData("""{"delivery-status": null}""", null)]
    public async Task The_reason_is_the_best_there_is(string more, string? expected)
    {
        await using var webhook = await Webhook.StartAsync();
        var data = Data("complained");
        data.Remove("delivery-status");
        data.Remove("reason");
        foreach (var (key, value) in JsonNode.Parse(more)!.AsObject())
            data[key] = value?.DeepClone();

        await webhook.ExpectAsync(HttpStatusCode.OK, Signed(data), "/events");

        Assert.Equal(expected, Assert.Single(webhook.Processor.Reports).Reason);
    }

    [Theory]
    [InlineData("timestamp", null)]
    [InlineData("token", null)]
    [InlineData("signature", null)]
    [InlineData("timestamp", "\"\"")]
    [InlineData("token", "\"\"")]
    [InlineData("token", "{}")]
    [InlineData("signature", "[]")]
    [InlineData("signature", "\"\\ud800\"")]
    [InlineData("signature", "\"0000000000000000000000000000000000000000000000000000000000000000\"")]
    [InlineData("timestamp", "\"1e9\"")]
    public async Task Without_a_signature_that_is_right_it_is_refused(string name, string? json)
    {
        await using var webhook = await Webhook.StartAsync();
        var body = Envelope(Data("complained"));
        // Written by hand: a node would refuse half a character.
        var text = body.ToJsonString();
        var old = $"\"{name}\":{body["signature"]![name]!.ToJsonString()}";
        Assert.Contains(old, text, StringComparison.Ordinal);

        await webhook.ExpectAsync(HttpStatusCode.Unauthorized, Content(text.Replace(old, json is null ? "\"x\":1" : $"\"{name}\":{json}", StringComparison.Ordinal)), "/events");
        Assert.Empty(webhook.Processor.Reports);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"x\"")]
    [InlineData("{\"signature\": null}")]
    [InlineData("{\"signature\": \"x\"}")]
    [InlineData("{\"\\ud800\": 1}")]
    [InlineData("not json")]
    public async Task What_has_no_signature_at_all_is_refused(string body)
    {
        await using var webhook = await Webhook.StartAsync();

        await webhook.ExpectAsync(HttpStatusCode.Unauthorized, Content(body), "/events");
        await webhook.ExpectAsync(HttpStatusCode.Unauthorized, Content(new string('[', 100_000)), "/events");
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"event": 1}""")]
    [InlineData("""{"event": "complained"}""")]
    [InlineData("""{"event": "complained", "recipient": "bob@example.com"}""")]
    [InlineData("""{"event": "complained", "recipient": "bob@example.com", "message": {"headers": {"message-id": 1}}}""")]
    [InlineData("""{"event": "complained", "recipient": "", "message": {"headers": {"message-id": "x"}}}""")]
    public async Task Signed_and_of_another_shape_it_is_refused_for_good(string data)
    {
        await using var webhook = await Webhook.StartAsync();

        await webhook.ExpectAsync(HttpStatusCode.NotAcceptable, Signed(JsonNode.Parse(data)), "/events");
        Assert.Empty(webhook.Processor.Reports);
    }

    [Fact]
    public async Task A_time_stamp_may_be_a_number_and_is_checked_the_same()
    {
        await using var webhook = await Webhook.StartAsync();
        var body = Envelope(Data("complained"));
        body["signature"]!["timestamp"] = long.Parse(body["signature"]!["timestamp"]!.GetValue<string>(), CultureInfo.InvariantCulture);

        await webhook.ExpectAsync(HttpStatusCode.OK, Content(body.ToJsonString()), "/events");
        webhook.Clock.Advance(TimeSpan.FromHours(25));
        await webhook.ExpectAsync(HttpStatusCode.Unauthorized, Content(body.ToJsonString()), "/events");
    }

    [Fact]
    public async Task Another_type_and_more_than_a_mebibyte_are_refused_for_good()
    {
        await using var webhook = await Webhook.StartAsync();

        await webhook.ExpectAsync(HttpStatusCode.NotAcceptable, SignedForm.Mail().Sign(Webhook.Start).UrlEncoded(), "/events");
        await webhook.ExpectAsync(HttpStatusCode.NotAcceptable, Content(Envelope(new JsonObject { ["event"] = "opened", ["x"] = new string('x', 1024 * 1024) }).ToJsonString()), "/events");
        await webhook.ExpectAsync(HttpStatusCode.OK, Content(Envelope(new JsonObject { ["event"] = "opened", ["x"] = new string('x', 1024 * 1000) }).ToJsonString()), "/events");
    }

    private static JsonObject Data(string name) => new()
    {
        ["event"] = name,
        ["recipient"] = "bob@example.com",
        ["reason"] = "bounce",
        ["delivery-status"] = new JsonObject { ["message"] = "550 5.1.1 No such mailbox", ["code"] = 550 },
        ["message"] = new JsonObject { ["headers"] = new JsonObject { ["message-id"] = "sent@support.example.com", ["to"] = "bob@example.com" } },
    };

    private static JsonObject Envelope(JsonNode? data)
    {
        var timestamp = Webhook.Start.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var token = SignedForm.NewToken();
        return new JsonObject
        {
            ["signature"] = new JsonObject { ["timestamp"] = timestamp, ["token"] = token, ["signature"] = SignedForm.Sign(Webhook.Key, timestamp, token) },
            ["event-data"] = data,
        };
    }

    private static ByteArrayContent Signed(JsonNode? data) => Content(Envelope(data).ToJsonString(JsonSerializerOptions.Default));

    private static ByteArrayContent Content(string json) => SignedForm.Content(Encoding.UTF8.GetBytes(json), "application/json; charset=utf-8");
}
