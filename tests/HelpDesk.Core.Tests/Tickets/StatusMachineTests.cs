namespace HelpDesk.Tickets;

/// <summary>The table "Life of a ticket", written down a second time and compared over everything that can be asked of it.</summary>
public sealed class StatusMachineTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Window = TimeSpan.FromDays(7);

    public static TheoryData<TicketStatus, TicketMove, TicketRole, bool> Questions()
    {
        var questions = new TheoryData<TicketStatus, TicketMove, TicketRole, bool>();
        foreach (var status in Enum.GetValues<TicketStatus>())
        {
            foreach (var move in Enum.GetValues<TicketMove>())
            {
                foreach (var role in Enum.GetValues<TicketRole>())
                {
                    questions.Add(status, move, role, true);
                    questions.Add(status, move, role, false);
                }
            }
        }

        return questions;
    }

    [Theory]
    [MemberData(nameof(Questions))]
    public void The_table_of_moves_is_the_specified_one(TicketStatus from, TicketMove move, TicketRole by, bool inWindow)
    {
        var ticket = TicketThatIs(from);
        var rules = TicketRules.From(new HelpDeskOptions());
        var now = Now + Window + (inWindow ? TimeSpan.Zero : TimeSpan.FromTicks(1));

        Assert.Equal(Specified(from, move, by, inWindow), rules.Find(move, ticket, by, now));
    }

    [Fact]
    public void What_the_callers_own_calls_can_reach_is_listed_without_replies()
    {
        var rules = TicketRules.From(new HelpDeskOptions());

        Assert.Equal([TicketStatus.Resolved, TicketStatus.Closed], rules.Reachable(TicketThatIs(TicketStatus.Open), TicketRole.Requester, Now));
        Assert.Equal([TicketStatus.Pending, TicketStatus.Resolved, TicketStatus.Closed], rules.Reachable(TicketThatIs(TicketStatus.Open), TicketRole.Agent, Now));
        Assert.Equal([TicketStatus.Open, TicketStatus.Closed], rules.Reachable(TicketThatIs(TicketStatus.Resolved), TicketRole.Requester, Now));
        Assert.Equal([TicketStatus.Closed], rules.Reachable(TicketThatIs(TicketStatus.Resolved), TicketRole.Requester, Now.AddDays(8)));
        Assert.Empty(rules.Reachable(TicketThatIs(TicketStatus.Closed), TicketRole.Requester, Now.AddDays(8)));
    }

    [Fact]
    public void The_default_table_is_new_for_each_host()
    {
        new HelpDeskOptions().Moves.Clear();

        Assert.NotEmpty(new HelpDeskOptions().Moves);
    }

    private static TicketStatus? Specified(TicketStatus from, TicketMove move, TicketRole by, bool inWindow)
    {
        var isRequester = by == TicketRole.Requester;
        var isOver = from is TicketStatus.Resolved or TicketStatus.Closed;
        return move switch
        {
            TicketMove.Resolve when !isOver => TicketStatus.Resolved,
            TicketMove.Close when from != TicketStatus.Closed => TicketStatus.Closed,
            TicketMove.Reopen when isOver && (!isRequester || inWindow) => TicketStatus.Open,
            TicketMove.Reply when isRequester && (!isOver || (from == TicketStatus.Resolved && inWindow)) => TicketStatus.Open,
            TicketMove.Reply when !isRequester && from != TicketStatus.Closed => TicketStatus.Pending,
            TicketMove.Set when !isRequester && from == TicketStatus.Open => TicketStatus.Pending,
            TicketMove.Set when !isRequester && from == TicketStatus.Pending => TicketStatus.Open,
            _ => null,
        };
    }

    private static Ticket TicketThatIs(TicketStatus status)
    {
        var ticket = new Ticket("alice", "Subject", TicketPriority.Normal, null, TicketChannel.Web, null, Now);
        if (status != TicketStatus.Open)
            ticket.SetStatus(new TicketChange(ticket, Actor.User("mia", HelpDeskRoles.Manager), TicketRole.Agent, Now, TicketRules.From(new HelpDeskOptions())), status);
        return ticket;
    }
}
