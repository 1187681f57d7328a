namespace HelpDesk.Tickets;

public sealed class TicketKeyTests
{
    private static readonly Guid Id = Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e");

    [Theory]
    [InlineData("0f8fad5b-d9cb-469f-a165-70867728950e")]
    [InlineData("0F8FAD5B-D9CB-469F-A165-70867728950E")]
    public void A_guid_with_hyphens_is_an_id(string text) => Assert.Equal(TicketKey.FromId(Id), TicketKey.Parse(text));

    [Theory]
    [InlineData("TKT-2026-000001")]
    [InlineData("0f8fad5bd9cb469fa16570867728950e")]
    [InlineData("{0f8fad5b-d9cb-469f-a165-70867728950e}")]
    [InlineData("")]
    public void Anything_else_is_a_number(string text) => Assert.Equal((null, text), (TicketKey.Parse(text).Id, TicketKey.Parse(text).Number));

    [Fact]
    public void A_key_reads_as_it_was_written()
    {
        Assert.Equal("0f8fad5b-d9cb-469f-a165-70867728950e", TicketKey.FromId(Id).ToString());
        Assert.Equal("TKT-2026-000001", TicketKey.Parse("TKT-2026-000001").ToString());
        Assert.Equal("", default(TicketKey).ToString());
    }
}
