namespace HelpDesk.Tickets;

public sealed class TextRulesTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("  edges \t", "edges")]
    [InlineData("two\r\nlines", "two lines")]
    [InlineData("two \n lines", "two  lines")]
    [InlineData("many\n\n\r\t\u0001breaks", "many breaks")]
    [InlineData("bcc: x\r\nBcc: y", "bcc: x Bcc: y")]
    [InlineData("line\u2028separator\u2029", "line separator")]
    [InlineData("next\u0085line", "next line")]
    [InlineData("two  spaces stay", "two  spaces stay")]
    [InlineData("\n\r", "")]
    [InlineData("🔥 Grüße", "🔥 Grüße")]
    public void A_subject_becomes_one_line(string text, string line) => Assert.Equal(line, TextRules.OneLine(text));

    [Fact]
    public void Neither_nul_nor_half_a_surrogate_pair_can_be_stored()
    {
        Assert.All(["", "text", "🔥", "a🔥b", "\u0001", "\uffff"], text => Assert.True(TextRules.IsStorable(text)));
        Assert.All(["\0", "a\0b", "\ud83d", "a\ud83d", "\ud83db", "\udd25", "\udd25\ud83d", "\ud83d\ud83d\udd25"], text => Assert.False(TextRules.IsStorable(text)));
    }

    [Theory]
    [InlineData("Alice@Example.ORG", "alice@example.org")]
    [InlineData(" a+b@x.y ", "a+b@x.y")]
    [InlineData("müller@exämple.org", "müller@exämple.org")]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("alice", null)]
    [InlineData("@example.org", null)]
    [InlineData("alice@", null)]
    [InlineData("a@b@c", null)]
    [InlineData("a b@example.org", null)]
    [InlineData("Alice <alice@example.org>", null)]
    [InlineData("a@example.org,b@example.org", null)]
    [InlineData("a@example.org;b@example.org", null)]
    [InlineData("\"a\"@example.org", null)]
    [InlineData("a\r\nBcc:b@example.org", null)]
    [InlineData("a@localhost", "a@localhost")]
    [InlineData("a@ex\u200bample.org", null)]
    [InlineData("a\u202eb@example.org", null)]
    [InlineData("a@[127.0.0.1]", null)]
    [InlineData("a@127.0.0.1", null)]
    [InlineData("a@１２７.0.0.1", null)]
    [InlineData("a@-x.org", null)]
    [InlineData("a@\uff45xample.org", null)]
    [InlineData("\u212aate@example.org", null)]
    [InlineData("a@b\u00fccher.example", "a@b\u00fccher.example")]
    [InlineData("a@stra\u00dfe.example", "a@stra\u00dfe.example")]
    [InlineData("a@xn--bcher-kva.example", "a@xn--bcher-kva.example")]
    public void An_address_is_lowered_and_anything_else_is_none(string? text, string? address) => Assert.Equal(address, TextRules.NormalizeEmail(text));

    [Fact]
    public void An_address_has_at_most_254_characters()
    {
        var longest = new string('a', 254 - "@example.org".Length) + "@example.org";

        Assert.Equal(longest, TextRules.NormalizeEmail(longest));
        Assert.Null(TextRules.NormalizeEmail("a" + longest));
    }
}
