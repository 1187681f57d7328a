using HelpDesk.Tickets;
using static HelpDesk.Sla.SlaSamples;

namespace HelpDesk.Sla;

/// <summary>The rules of the clock by example. That they hold in all combinations is shown by <see cref="SlaClockPropertyTests"/>.</summary>
public sealed class SlaClockTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static readonly SlaTerms All = new() { FirstResponse = Within(Hour), NextResponse = Within(2 * Hour), Resolution = Within(8 * Hour) };

    private static readonly SlaTerms Pausing = All with { PauseWhilePending = true };

    [Fact]
    public void A_new_ticket_waits_for_its_first_response_and_its_resolution()
    {
        var targets = SlaClock.Evaluate(Ticket("2026-03-02 09:00", All), At("2026-03-02 09:30"));

        Assert.Equal([TargetKind.FirstResponse, TargetKind.Resolution], targets.Select(target => target.Kind).Order());
        Assert.All(targets, target => Assert.Equal((1, At("2026-03-02 09:00"), null, SlaState.Running), (target.Instance, target.StartedAt, target.MetAt, target.State)));
        Assert.Equal(At("2026-03-02 10:00"), targets.Of(TargetKind.FirstResponse).DueAt);
        Assert.Equal(At("2026-03-02 17:00"), targets.Of(TargetKind.Resolution).DueAt);
    }

    [Fact]
    public void Nothing_is_promised_without_terms()
    {
        Assert.Empty(SlaClock.Evaluate(Ticket("2026-03-02 09:00", SlaTerms.None, Writes("2026-03-02 10:00", TicketRole.Agent), Is("2026-03-02 11:00", TicketStatus.Closed)), At("2026-03-03 09:00")));
    }

    [Theory]
    [InlineData("2026-03-02 09:59:59.9999999", SlaState.Running)]
    [InlineData("2026-03-02 10:00", SlaState.Breached)]
    [InlineData("2026-03-02 10:00:00.0000001", SlaState.Breached)]
    public void A_promise_is_broken_from_its_due_time_on(string now, SlaState state) =>
        Assert.Equal(state, SlaClock.Evaluate(Ticket("2026-03-02 09:00", All), At(now)).Of(TargetKind.FirstResponse).State);

    [Theory]
    [InlineData("2026-03-02 09:59:59.9999999", SlaState.Met)]
    [InlineData("2026-03-02 10:00", SlaState.Breached)]
    public void Who_answers_at_the_due_time_is_late(string answer, SlaState state)
    {
        var target = SlaClock.Evaluate(Ticket("2026-03-02 09:00", All, Writes(answer, TicketRole.Agent)), At("2026-03-09 09:00")).Of(TargetKind.FirstResponse);

        Assert.Equal((At(answer), At("2026-03-02 10:00"), state), (target.MetAt, target.DueAt, target.State));
    }

    [Theory]
    [InlineData(TicketStatus.Resolved)]
    [InlineData(TicketStatus.Closed)]
    public void The_end_of_a_ticket_keeps_everything(TicketStatus end)
    {
        var targets = SlaClock.Evaluate(Ticket("2026-03-02 09:00", All, Is("2026-03-02 09:30", end)), At("2026-03-09 09:00"));

        Assert.Equal(2, targets.Count);
        Assert.All(targets, target => Assert.Equal((At("2026-03-02 09:30"), SlaState.Met), (target.MetAt, target.State)));
    }

    [Fact]
    public void A_next_response_counts_from_the_oldest_unanswered_message()
    {
        var ticket = Ticket(
            "2026-03-02 09:00",
            All,
            Writes("2026-03-02 09:30", TicketRole.Agent, TicketStatus.Pending),
            Writes("2026-03-02 10:00", TicketRole.Requester, TicketStatus.Open),
            Writes("2026-03-02 11:00", TicketRole.Requester),
            Writes("2026-03-02 11:30", TicketRole.Agent, TicketStatus.Pending),
            Writes("2026-03-02 11:45", TicketRole.Agent),
            Writes("2026-03-02 14:00", TicketRole.Requester, TicketStatus.Open));

        var targets = SlaClock.Evaluate(ticket, At("2026-03-02 15:00"));

        var first = targets.Of(TargetKind.NextResponse, instance: 1);
        Assert.Equal((At("2026-03-02 10:00"), At("2026-03-02 12:00"), At("2026-03-02 11:30"), SlaState.Met), (first.StartedAt, first.DueAt, first.MetAt, first.State));
        var second = targets.Of(TargetKind.NextResponse, instance: 2);
        Assert.Equal((At("2026-03-02 14:00"), At("2026-03-02 16:00"), null, SlaState.Running), (second.StartedAt, second.DueAt, second.MetAt, second.State));
    }

    [Fact]
    public void Before_the_first_response_another_message_starts_nothing() => Assert.DoesNotContain(
        SlaClock.Evaluate(Ticket("2026-03-02 09:00", All, Writes("2026-03-02 09:10", TicketRole.Requester)), At("2026-03-02 15:00")),
        target => target.Kind == TargetKind.NextResponse);

    [Fact]
    public void A_first_response_need_not_be_promised_for_the_next_ones_to_be()
    {
        var ticket = Ticket(
            "2026-03-02 09:00", All with { FirstResponse = null }, Writes("2026-03-02 09:30", TicketRole.Agent, TicketStatus.Pending), Writes("2026-03-02 10:00", TicketRole.Requester, TicketStatus.Open));

        Assert.Equal(At("2026-03-02 12:00"), SlaClock.Evaluate(ticket, At("2026-03-02 10:00")).Of(TargetKind.NextResponse).DueAt);
    }

    [Fact]
    public void A_message_of_a_job_is_no_answer_and_no_question()
    {
        var targets = SlaClock.Evaluate(
            Ticket("2026-03-02 09:00", All, Writes("2026-03-02 09:01", TicketRole.System), Writes("2026-03-02 09:30", TicketRole.Agent), Writes("2026-03-02 09:40", TicketRole.System)),
            At("2026-03-02 15:00"));

        Assert.Equal(At("2026-03-02 09:30"), targets.Of(TargetKind.FirstResponse).MetAt);
        Assert.DoesNotContain(targets, target => target.Kind == TargetKind.NextResponse);
    }

    [Fact]
    public void Who_writes_to_a_ticket_that_is_over_waits_for_nothing_unless_it_reopens()
    {
        var closed = Ticket("2026-03-02 09:00", All, Is("2026-03-02 09:30", TicketStatus.Closed, TicketRole.Agent), Writes("2026-03-02 10:00", TicketRole.Requester));
        var reopened = Ticket("2026-03-02 09:00", All, Is("2026-03-02 09:30", TicketStatus.Resolved, TicketRole.Agent), Writes("2026-03-02 10:00", TicketRole.Requester, TicketStatus.Open));
        // His own "thanks, that helped" with which he resolves it is no question either.
        var thanked = Ticket("2026-03-02 09:00", All, Writes("2026-03-02 09:30", TicketRole.Agent), Is("2026-03-02 10:00", TicketStatus.Resolved, TicketRole.Requester));

        Assert.DoesNotContain(SlaClock.Evaluate(closed, At("2026-03-02 15:00")), target => target.Kind == TargetKind.NextResponse);
        Assert.Equal(At("2026-03-02 10:00"), SlaClock.Evaluate(reopened, At("2026-03-02 15:00")).Of(TargetKind.NextResponse).StartedAt);
        Assert.DoesNotContain(SlaClock.Evaluate(thanked, At("2026-03-02 15:00")), target => target.Kind == TargetKind.NextResponse);
    }

    [Fact]
    public void Pending_time_counts_unless_it_pauses()
    {
        var steps = new[] { Is("2026-03-02 10:00", TicketStatus.Pending), Is("2026-03-02 12:00", TicketStatus.Open) };

        Assert.Equal(At("2026-03-02 17:00"), SlaClock.Evaluate(Ticket("2026-03-02 09:00", All, steps), At("2026-03-02 12:00")).Of(TargetKind.Resolution).DueAt);
        Assert.Equal(At("2026-03-02 19:00"), SlaClock.Evaluate(Ticket("2026-03-02 09:00", Pausing, steps), At("2026-03-02 12:00")).Of(TargetKind.Resolution).DueAt);
    }

    [Fact]
    public void While_the_clock_stands_still_nothing_is_due()
    {
        var target = SlaClock.Evaluate(Ticket("2026-03-02 09:00", Pausing, Is("2026-03-02 10:00", TicketStatus.Pending)), At("2026-03-05 10:00")).Of(TargetKind.Resolution);

        Assert.Equal((null, null, SlaState.Paused), (target.DueAt, target.MetAt, target.State));
    }

    [Fact]
    public void What_was_broken_before_the_pause_stays_broken()
    {
        var target = SlaClock.Evaluate(Ticket("2026-03-02 09:00", Pausing, Is("2026-03-02 10:00", TicketStatus.Pending)), At("2026-03-05 10:00")).Of(TargetKind.FirstResponse);

        Assert.Equal((At("2026-03-02 10:00"), SlaState.Breached), (target.DueAt, target.State));
    }

    [Fact]
    public void A_closed_office_is_no_pause_but_time_that_will_run()
    {
        var ticket = Ticket("2026-03-06 16:00", new SlaTerms { Resolution = Within(2 * Hour, Office) });

        var target = SlaClock.Evaluate(ticket, At("2026-03-07 12:00")).Of(TargetKind.Resolution);

        Assert.Equal((At("2026-03-09 10:00"), SlaState.Running), (target.DueAt, target.State));
    }

    [Fact]
    public void A_change_of_priority_counts_from_the_start_of_each_target()
    {
        var urgent = new SlaTerms { FirstResponse = Within(Hour / 2), NextResponse = Within(Hour), Resolution = Within(2 * Hour, Office) };
        var ticket = Ticket(
            "2026-03-02 08:00", All, Writes("2026-03-02 08:15", TicketRole.Agent), Writes("2026-03-02 10:00", TicketRole.Requester), Promises("2026-03-02 10:30", urgent));

        var targets = SlaClock.Evaluate(ticket, At("2026-03-02 10:30"));

        Assert.Equal(At("2026-03-02 11:00"), targets.Of(TargetKind.Resolution).DueAt); // Two hours of the office from 08:00.
        Assert.Equal(At("2026-03-02 11:00"), targets.Of(TargetKind.NextResponse).DueAt);
        // What is kept already stays as it was.
        Assert.Equal((At("2026-03-02 09:00"), SlaState.Met), (targets.Of(TargetKind.FirstResponse).DueAt, targets.Of(TargetKind.FirstResponse).State));
    }

    [Fact]
    public void A_change_there_and_back_changes_nothing()
    {
        var plain = Ticket("2026-03-02 08:00", Pausing, Is("2026-03-02 09:00", TicketStatus.Pending), Is("2026-03-02 12:00", TicketStatus.Open));
        var other = new SlaTerms { Resolution = Within(Hour, Office) };
        var changed = plain with { Steps = [Promises("2026-03-02 08:30", other), plain.Steps[0], plain.Steps[1], Promises("2026-03-02 13:00", Pausing)] };

        Assert.Equal(SlaClock.Evaluate(plain, At("2026-03-02 13:00")), SlaClock.Evaluate(changed, At("2026-03-02 13:00")));
    }

    [Fact]
    public void A_promise_that_is_withdrawn_is_not_told_of_and_one_that_is_made_later_counts_from_the_start()
    {
        var withdrawn = Ticket("2026-03-02 09:00", All, Promises("2026-03-02 10:00", SlaTerms.None));
        var later = Ticket("2026-03-02 09:00", SlaTerms.None, Promises("2026-03-02 10:00", All));

        Assert.Empty(SlaClock.Evaluate(withdrawn, At("2026-03-05 10:00")));
        Assert.Equal(At("2026-03-02 17:00"), SlaClock.Evaluate(later, At("2026-03-02 10:00")).Of(TargetKind.Resolution).DueAt);
        Assert.Equal(At("2026-03-02 10:00"), SlaClock.Evaluate(later, At("2026-03-02 10:00")).Of(TargetKind.FirstResponse).DueAt);
    }

    [Fact]
    public void Targets_come_in_the_order_in_which_they_started()
    {
        // The resolution is promised last and yet counts from the opening.
        var ticket = Ticket(
            "2026-03-02 09:00",
            All with { Resolution = null },
            Writes("2026-03-02 09:30", TicketRole.Agent),
            Writes("2026-03-02 10:00", TicketRole.Requester),
            Promises("2026-03-02 11:00", All));

        var targets = SlaClock.Evaluate(ticket, At("2026-03-02 11:00"));

        Assert.Equal(3, targets.Count);
        Assert.Equal(TargetKind.NextResponse, targets[^1].Kind);
    }

    [Fact]
    public void What_happens_after_the_moment_asked_for_makes_no_difference()
    {
        var ticket = Ticket("2026-03-02 09:00", All, Writes("2026-03-02 09:30", TicketRole.Agent), Is("2026-03-02 12:00", TicketStatus.Resolved));

        Assert.Equal(
            SlaClock.Evaluate(ticket with { Steps = [] }, At("2026-03-02 09:29")),
            SlaClock.Evaluate(ticket, At("2026-03-02 09:29")));
        Assert.Equal(At("2026-03-02 09:30"), SlaClock.Evaluate(ticket, At("2026-03-02 09:30")).Of(TargetKind.FirstResponse).MetAt);
    }

    [Fact]
    public void Due_times_are_whole_microseconds_and_never_too_early()
    {
        var ticket = Ticket("2026-03-02 09:00", new SlaTerms { Resolution = Within(TimeSpan.FromTicks(11)) });

        Assert.Equal(At("2026-03-02 09:00").AddTicks(20), SlaClock.Evaluate(ticket, At("2026-03-02 09:00")).Of(TargetKind.Resolution).DueAt);
    }

    [Fact]
    public void A_history_is_required() => Assert.Throws<ArgumentNullException>(() => SlaClock.Evaluate(null!, At("2026-03-02 09:00")));

    [Fact]
    public void A_term_takes_more_than_no_time_and_at_most_ten_years()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Within(TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => Within(TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Within(SlaTerm.Longest + TimeSpan.FromTicks(1)));
        Assert.Equal(SlaTerm.Longest, Within(SlaTerm.Longest).Duration);
    }

    [Theory]
    [InlineData(0, 0, 30, 0, "Gold", "30 min, around the clock: Gold")]
    [InlineData(1, 2, 0, 1, null, "26 h 1 s, around the clock")]
    public void A_term_explains_itself(int days, int hours, int minutes, int seconds, string? reason, string words) =>
        Assert.Equal(words, (Within(new TimeSpan(days, hours, minutes, seconds)) with { Reason = reason }).Explain());
}
