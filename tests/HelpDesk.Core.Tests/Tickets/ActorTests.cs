namespace HelpDesk.Tickets;

public sealed class ActorTests
{
    [Theory]
    [InlineData(HelpDeskRoles.None, false, false, false, false)]
    [InlineData(HelpDeskRoles.Support, true, false, false, true)]
    [InlineData(HelpDeskRoles.Manager, true, true, false, false)]
    [InlineData(HelpDeskRoles.Administrator, true, true, true, false)]
    [InlineData(HelpDeskRoles.Support | HelpDeskRoles.Manager, true, true, false, true)]
    public void Rights_are_cumulative_and_support_alone_is_assignable(HelpDeskRoles roles, bool isAgent, bool isManager, bool isAdministrator, bool isAssignable)
    {
        var actor = Actor.User("somebody", roles);

        Assert.Equal((isAgent, isManager, isAdministrator, isAssignable), (actor.IsAgent, actor.IsManager, actor.IsAdministrator, actor.IsAssignable));
    }

    [Fact]
    public void An_actor_has_an_id_of_1_to_128_characters()
    {
        foreach (var wrong in new[] { "", " ", new string('x', 129) })
        {
            Assert.ThrowsAny<ArgumentException>(() => Actor.User(wrong));
            Assert.ThrowsAny<ArgumentException>(() => Actor.System(wrong));
        }

        Assert.Equal(128, Actor.User(new string('x', 128)).Id.Length);
    }
}
