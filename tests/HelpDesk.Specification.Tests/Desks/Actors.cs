namespace HelpDesk.Specification.Desks;

/// <summary>The people of every test: two requesters, two assignable agents, and one who is manager or administrator only.</summary>
public static class Actors
{
    public static Actor Alice { get; } = Actor.User("alice");

    public static Actor Bob { get; } = Actor.User("bob");

    public static Actor Ann { get; } = Actor.User("ann", HelpDeskRoles.Support);

    public static Actor Ben { get; } = Actor.User("ben", HelpDeskRoles.Support);

    public static Actor Mia { get; } = Actor.User("mia", HelpDeskRoles.Manager);

    public static Actor Root { get; } = Actor.User("root", HelpDeskRoles.Administrator);

    public static Actor Sweeper { get; } = Actor.System("sweeper");

    public static IReadOnlyList<Actor> Users { get; } = [Alice, Bob, Ann, Ben, Mia, Root];

    public static IReadOnlyList<Actor> All { get; } = [.. Users, Sweeper];
}
