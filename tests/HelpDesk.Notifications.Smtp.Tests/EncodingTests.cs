using HelpDesk.Specification.Infrastructure;

namespace HelpDesk.Notifications.Smtp;

public sealed class EncodingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Texts => new()
    {
        { "umlauts", "Größe, Übermaß, „Anführung“ – naïve façade" },
        { "emoji", "It burns 🔥🧯👩‍🚒 und 日本語のテキスト" },
        { "one long line", string.Concat(Enumerable.Repeat("0123456789", 3000)) },
        { "a long line of umlauts", string.Concat(Enumerable.Repeat("äöüß ", 3000)) },
        { "dots", ".\n..\n. \n.leading\nFrom the start\n--\n-- \nend=20." },
        { "spaces", "  two\n\ttab and trailing   \n\n\n\nfour lines down" },
        { "line breaks", "one\rtwo\r\nthree\u0085four\u2028five\u2029six" },
        { "controls", "a\0b\u0001c\u001b[31md\u007fe\u009ff" },
        { "half a pair", "x\ud83dy" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task A_text_arrives_as_it_was_written_over_seven_bits(string what, string text)
    {
        var notification = Post.Of(NotificationKind.AgentReplied);
        var subject = text.Length > 255 ? text[..255] : text;
        await using var server = await MailServer.StartAsync();
        await using var post = Post.To(server);
        await post.SendAsync(notification with
        {
            Ticket = notification.Ticket with { Subject = subject },
            Recipient = notification.Recipient with { Name = what == "one long line" ? text : "Jürgen 🔥 Müller" },
            Message = notification.Message! with { Body = text },
        });
        var raw = Assert.Single(await server.WaitForAsync(1, Token)).Raw;

        WireFormat.AssertPlain(raw);
        var mail = Post.Parse(raw);
        var written = new string([.. text.ReplaceLineEndings("\n").Replace("\ud83dy", "\ufffdy", StringComparison.Ordinal).Where(c => c is '\n' or '\t' || !char.IsControl(c))]);
        var isCut = written.Length > 20_000;
        var body = Post.Text(mail).ReplaceLineEndings("\n");
        Assert.Contains($"Ann wrote:\n\n{(isCut ? written[..20_000] : written)}\n\n", body, StringComparison.Ordinal);
        Assert.Equal(isCut, body.Contains("[The message is longer than this.", StringComparison.Ordinal));
        Assert.Equal(isCut, Post.Html(mail).Contains("[The message is longer than this.", StringComparison.Ordinal));
        if (what is "umlauts" or "emoji")
        {
            Assert.Equal($"[TKT-2026-000042] {text}", mail.Subject);
            Assert.Equal("Jürgen 🔥 Müller", mail.To[0].Name);
        }
    }
}
