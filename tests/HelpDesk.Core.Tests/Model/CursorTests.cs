using System.Text;
using HelpDesk.Persistence;

namespace HelpDesk.Model;

public sealed class CursorTests
{
    [Theory]
    [InlineData("1|2|3")]
    [InlineData("ä🔥")]
    public void A_cursor_gives_back_its_position_in_its_own_list(string position) => Assert.Equal(position, Cursor.Read("list", Cursor.Create("list", position)));

    [Fact]
    public void A_cursor_of_another_list_is_refused() => Assert.Throws<InvalidCursorException>(() => Cursor.Read("other", Cursor.Create("list", "1")));

    [Fact]
    public void A_cursor_goes_into_an_address_as_it_is() => Assert.Matches("^[A-Za-z0-9_-]+$", Cursor.Create("list", "63908038800000000|0f8fad5bd9cb469fa16570867728950e"));

    [Fact]
    public void What_is_no_cursor_is_refused()
    {
        var cursor = Cursor.Create("list", "1|2|3");

        Assert.All(
            ["", "A", "====", "ä", "a b", cursor[..^8], cursor[1..], new string('A', 201), Convert.ToBase64String(Encoding.UTF8.GetBytes("list|1"))],
            wrong => Assert.Throws<InvalidCursorException>(() => Cursor.Read("list", wrong)));
    }
}
