using System.Text;
using HelpDesk.Events;

namespace HelpDesk.Webhooks;

public sealed class WebhookSignatureTests
{
    private const string Secret = WebhookSignature.SecretPrefix + "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    [Fact]
    public void The_known_answer_of_Standard_Webhooks_is_given() => Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", Sign(Secret));

    [Fact]
    public void Every_secret_signs_once_in_its_order()
    {
        var other = "whsec_" + Convert.ToBase64String(new byte[32]);

        Assert.Equal($"{Sign(other)} {Sign(Secret)}", Sign(other, Secret));
        Assert.NotEqual(Sign(Secret), Sign(other));
        Assert.Equal(Sign(Secret), Sign(Secret, Secret));
    }

    [Theory]
    [InlineData(23, false)]
    [InlineData(24, true)]
    [InlineData(64, true)]
    [InlineData(65, false)]
    [InlineData(10_000, false)]
    public void A_secret_has_24_to_64_bytes(int bytes, bool isOne) => Assert.Equal(isOne, WebhookSignature.IsSecret("whsec_" + Convert.ToBase64String(new byte[bytes])));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("whsec_")]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa-_")]
    [InlineData("whsk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    public void Anything_else_is_no_secret(string? text) => Assert.False(WebhookSignature.IsSecret(text));

    private static string Sign(params string[] secrets) =>
        WebhookSignature.Sign(secrets, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, Encoding.UTF8.GetBytes("""{"test": 2432232314}"""));
}
