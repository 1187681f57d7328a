namespace HelpDesk.Tickets;

public sealed class ReplyTokenTests
{
    [Fact]
    public void A_token_is_26_letters_and_digits_of_lower_case_base32()
    {
        for (var i = 0; i < 100; i++)
            Assert.Matches("^[a-z2-7]{26}$", ReplyToken.Create());
    }

    [Fact]
    public void All_128_bits_of_a_token_differ_between_tokens()
    {
        var tokens = Enumerable.Range(0, 2000).Select(_ => ReplyToken.Create()).ToList();

        Assert.Equal(tokens.Count, tokens.Distinct().Count());
        // 25 characters of 5 bits and one of 3.
        Assert.All(Enumerable.Range(0, 25), place => Assert.Equal(32, tokens.Select(token => token[place]).Distinct().Count()));
        Assert.Equal(8, tokens.Select(token => token[25]).Distinct().Count());
    }
}
