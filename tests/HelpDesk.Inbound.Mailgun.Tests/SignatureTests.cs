using System.Globalization;
using System.Net;
using System.Text;
using HelpDesk.Inbound.Mailgun.Signatures;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace HelpDesk.Inbound.Mailgun;

public sealed class SignatureTests
{
    private const string KnownKey = "tbsy84uSV1Kt3ZJZELY2TmShPRs91E3yL4tzf96297vBCkDWgL";
    private const string KnownTimestamp = "1539112500";
    private const string KnownToken = "7VwW7k6Ak7zcTwoSoNm7aTtbk1g67MKAnsYLfUB7PdszbgR5Xi";

    [Fact]
    public void The_known_answer_of_mailgun_is_ours()
    {
        var signature = SignedForm.Sign(KnownKey, KnownTimestamp, KnownToken);
        Assert.StartsWith("ef24c522", signature, StringComparison.Ordinal);
        Assert.EndsWith("cf477cc", signature, StringComparison.Ordinal);

        Assert.Equal(KnownToken, Verifier(KnownKey).Verify(Claim(KnownTimestamp, KnownToken, signature)));
    }

    [Fact]
    public void Any_changed_bit_of_timestamp_token_signature_or_key_is_refused()
    {
        var signature = SignedForm.Sign(KnownKey, KnownTimestamp, KnownToken);
        var fields = new[] { KnownTimestamp, KnownToken, signature, KnownKey }.Select(Encoding.ASCII.GetBytes).ToArray();
        var tried = 0;
        foreach (var field in fields)
        {
            for (var bit = 0; bit < field.Length * 8; bit++)
            {
                field[bit / 8] ^= (byte)(1 << (bit % 8));
                var verifier = Verifier(Encoding.Latin1.GetString(fields[3]));
                Assert.Throws<UnverifiedException>(() => verifier.Verify(new SignatureClaim(fields[0], fields[1], fields[2])));
                field[bit / 8] ^= (byte)(1 << (bit % 8));
                tried++;
            }
        }

        Assert.Equal(8 * (10 + 50 + 64 + 50), tried);
        Assert.Equal(KnownToken, Verifier(KnownKey).Verify(new SignatureClaim(fields[0], fields[1], fields[2])));
    }

    [Theory]
    [InlineData("timestamp")]
    [InlineData("token")]
    [InlineData("signature")]
    public async Task A_part_of_the_signature_that_is_missing_empty_a_file_or_there_twice_is_refused(string name)
    {
        await using var webhook = await Webhook.StartAsync();
        var right = Signed(webhook).Fields.Single(field => field.Name == name);
        (SignedForm Form, string Case)[] wrong =
        [
            (Signed(webhook).Without(name), "missing"),
            (Signed(webhook).Set(name, ""), "empty"),
            (Signed(webhook).Set(name, "x" + right.Text), "other"),
            (Signed(webhook).Add(name, "x"), "twice"),
        ];
        foreach (var (form, _) in wrong)
        {
            await webhook.ExpectAsync(HttpStatusCode.Unauthorized, form.UrlEncoded());
            await webhook.ExpectAsync(HttpStatusCode.Unauthorized, form.Multipart());
        }

        var same = Signed(webhook);
        same.Add(same.Fields.Single(field => field.Name == name));
        await webhook.ExpectAsync(HttpStatusCode.Unauthorized, same.UrlEncoded());
        var file = Signed(webhook);
        var value = file.Fields.Single(field => field.Name == name).Value;
        await webhook.ExpectAsync(HttpStatusCode.Unauthorized, file.Without(name).File(name, "x.txt", value).Multipart());
        await webhook.ExpectAsync(HttpStatusCode.Unauthorized, file.Without(name).File(name, "", value).Multipart());
        Assert.Equal(0, webhook.Processor.Calls);
    }

    [Theory]
    [InlineData("1539112500 ")]
    [InlineData(" 1539112500")]
    [InlineData("+1539112500")]
    [InlineData("-1539112500")]
    [InlineData("1539112500.0")]
    [InlineData("1539112500000")]
    [InlineData("15391١2500")]
    [InlineData("0x5bbcfb74")]
    [InlineData("")]
    public void A_timestamp_that_is_not_plain_digits_is_refused_even_when_it_is_signed(string timestamp)
    {
        var signature = SignedForm.Sign(KnownKey, timestamp, KnownToken);

        Assert.Throws<UnverifiedException>(() => Verifier(KnownKey).Verify(Claim(timestamp, KnownToken, signature)));
    }

    [Theory]
    [InlineData("has space")]
    [InlineData("schlüssel")]
    [InlineData("line\nbreak")]
    [InlineData("")]
    public void A_token_that_is_no_text_is_refused_even_when_it_is_signed(string token)
    {
        var signature = SignedForm.Sign(KnownKey, KnownTimestamp, token);

        Assert.Throws<UnverifiedException>(() => Verifier(KnownKey).Verify(Claim(KnownTimestamp, token, signature)));
    }

    [Theory]
    [InlineData(-24 * 3600, true)]
    [InlineData((-24 * 3600) - 1, false)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    public async Task A_signature_is_good_for_a_day_and_five_minutes_of_clocks_that_differ(int seconds, bool isGood)
    {
        await using var webhook = await Webhook.StartAsync();

        var answer = await webhook.ExpectAsync(isGood ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, SignedForm.Mail().Sign(Webhook.Start.AddSeconds(seconds)).UrlEncoded());

        Assert.Equal(isGood ? 1 : 0, webhook.Processor.Calls);
        Assert.Equal(!isGood, answer.Contains("clock", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(-9 * 3600, true)]
    [InlineData((-9 * 3600) - 1, false)]
    public async Task The_window_is_an_option(int seconds, bool isGood)
    {
        await using var webhook = await Webhook.StartAsync(new() { ["HelpDesk:Mailgun:ReplayWindow"] = "09:00:00" });

        await webhook.ExpectAsync(isGood ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, SignedForm.Mail().Sign(Webhook.Start.AddSeconds(seconds)).UrlEncoded());
    }

    [Fact]
    public async Task While_keys_are_changed_each_of_them_counts()
    {
        await using var webhook = await Webhook.StartAsync(new()
        {
            ["HelpDesk:Mailgun:SigningKey"] = "new",
            ["HelpDesk:Mailgun:SigningKeys:0"] = "old",
            ["HelpDesk:Mailgun:SigningKeys:1"] = " other-account\n",
        });

        foreach (var key in new[] { "new", "old", "other-account" })
            await webhook.ExpectAsync(HttpStatusCode.OK, SignedForm.Mail().Sign(Webhook.Start, key).UrlEncoded());
        foreach (var key in new[] { "older", "", "newold" })
            await webhook.ExpectAsync(HttpStatusCode.Unauthorized, SignedForm.Mail().Sign(Webhook.Start, key).UrlEncoded());
        Assert.Equal(3, webhook.Processor.Calls);
    }

    [Fact]
    public async Task A_token_that_was_used_has_no_effect_with_another_body()
    {
        await using var webhook = await Webhook.StartAsync();
        var token = SignedForm.NewToken();

        Assert.Equal("Accepted.\n", await webhook.ExpectAsync(HttpStatusCode.OK, SignedForm.Mail().Sign(Webhook.Start, token: token).UrlEncoded()));
        Assert.Equal("Received before.\n", await webhook.ExpectAsync(HttpStatusCode.OK, SignedForm.Mail().Set("body-plain", "Something else").Sign(Webhook.Start, token: token).Multipart()));

        Assert.Equal(2, webhook.Processor.Calls);
        Assert.Equal(token, Assert.Single(webhook.Processor.Received).Email.DeliveryKey);
    }

    [Fact]
    public async Task Nothing_that_was_sent_comes_back_or_is_logged()
    {
        await using var webhook = await Webhook.StartAsync();
        var form = SignedForm.Mail().Sign(Webhook.Start, "wrong-key", "secret-token-42");

        var answer = await webhook.ExpectAsync(HttpStatusCode.Unauthorized, form.UrlEncoded());

        Assert.Contains("HelpDesk:Mailgun:SigningKey", answer, StringComparison.Ordinal);
        var line = Assert.Single(webhook.Logs.Ours);
        Assert.Equal(5000, line.Id);
        await webhook.ExpectAsync(HttpStatusCode.OK, form.Sign(Webhook.Start, token: "secret-token-42").UrlEncoded());
        foreach (var secret in new[] { "secret-token-42", form.Fields.Single(field => field.Name == "signature").Text, "alice", "Printer", "burns", Webhook.Key })
        {
            Assert.DoesNotContain(secret, answer, StringComparison.Ordinal);
            Assert.DoesNotContain(webhook.Logs.Ours, entry => entry.Text.Contains(secret, StringComparison.Ordinal));
        }
    }

    private static SignedForm Signed(Webhook webhook) => SignedForm.Mail().Sign(webhook.Clock.GetUtcNow());

    private static SignatureClaim Claim(string timestamp, string token, string signature) => new(Encoding.UTF8.GetBytes(timestamp), Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(signature));

    private static MailgunSignature Verifier(string key) => new(
        Options.Create(new MailgunOptions { SigningKey = key }),
        new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(long.Parse(KnownTimestamp, CultureInfo.InvariantCulture)).AddHours(1)));
}
