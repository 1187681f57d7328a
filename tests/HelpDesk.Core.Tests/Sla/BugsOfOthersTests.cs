using HelpDesk.Tickets;
using static HelpDesk.Sla.SlaSamples;

namespace HelpDesk.Sla;

/// <summary>What went wrong in other help desks, and does not here.</summary>
public sealed class BugsOfOthersTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>osTicket #3034: no status stops the clock, so that tickets which wait for parts or for the customer go overdue.</summary>
    [Fact]
    public void A_ticket_that_waits_for_the_requester_does_not_become_overdue()
    {
        var ticket = Ticket("2026-03-02 09:00", new SlaTerms { Resolution = Within(4 * Hour), PauseWhilePending = true }, Is("2026-03-02 10:00", TicketStatus.Pending));

        Assert.Equal(SlaState.Paused, SlaClock.Evaluate(ticket, At("2026-04-02 09:00")).Of(TargetKind.Resolution).State);
    }

    /// <summary>
    /// frappe/helpdesk #2449: the time on hold was added to the time of creation and the business hours counted from there, which came out wrong about nights,
    /// weekends and holidays.
    /// </summary>
    [Fact]
    public void Time_on_hold_is_taken_out_where_it_was_and_not_added_to_the_creation()
    {
        var terms = new SlaTerms { Resolution = Within(8 * Hour, Office), PauseWhilePending = true };
        // On hold from an hour before closing until an hour after opening: two hours of the office.
        var overNight = Ticket("2026-03-02 09:00", terms, Is("2026-03-02 16:00", TicketStatus.Pending), Is("2026-03-03 10:00", TicketStatus.Open));
        // On hold while the office was closed anyway: nothing is gained.
        var whileClosed = Ticket("2026-03-02 10:00", terms, Is("2026-03-02 17:00", TicketStatus.Pending), Is("2026-03-03 09:00", TicketStatus.Open));
        // Opened on a weekend, on hold for an hour of Monday.
        var weekend = Ticket("2026-03-07 12:00", terms, Is("2026-03-09 10:00", TicketStatus.Pending), Is("2026-03-09 11:00", TicketStatus.Open));

        Assert.Equal(At("2026-03-03 11:00"), DueAt(overNight));
        Assert.Equal(At("2026-03-03 10:00"), DueAt(whileClosed));
        Assert.Equal(At("2026-03-10 10:00"), DueAt(weekend));

        static DateTimeOffset? DueAt(SlaHistory ticket) => SlaClock.Evaluate(ticket, ticket.Steps[^1].At).Of(TargetKind.Resolution).DueAt;
    }

    /// <summary>frappe/helpdesk #3776: the step from paused straight to resolved left the time on hold out of account.</summary>
    [Fact]
    public void A_ticket_resolved_out_of_its_pause_had_the_pause()
    {
        var ticket = Ticket(
            "2026-03-02 09:00",
            new SlaTerms { Resolution = Within(4 * Hour), PauseWhilePending = true },
            Is("2026-03-02 11:00", TicketStatus.Pending),
            Is("2026-03-05 11:00", TicketStatus.Resolved));

        var resolution = SlaClock.Evaluate(ticket, At("2026-03-09 09:00")).Of(TargetKind.Resolution);

        Assert.Equal((At("2026-03-05 11:00"), SlaState.Met), (resolution.MetAt, resolution.State));
    }

    /// <summary>Zammad #3140: the time for an update ran after an agent had answered, so that tickets escalated because customers were slow.</summary>
    [Fact]
    public void An_answered_ticket_waits_for_no_response()
    {
        var ticket = Ticket(
            "2026-03-02 09:00",
            new SlaTerms { FirstResponse = Within(Hour), NextResponse = Within(Hour) },
            Writes("2026-03-02 09:30", TicketRole.Agent, TicketStatus.Pending),
            Writes("2026-03-02 10:00", TicketRole.Requester, TicketStatus.Open),
            Writes("2026-03-02 10:30", TicketRole.Agent, TicketStatus.Pending));

        Assert.All(SlaClock.Evaluate(ticket, At("2026-04-02 09:00")), target => Assert.Equal(SlaState.Met, target.State));
    }

    /// <summary>Zammad #5177: a time for updates that was shorter than that for the first response took its place before anybody had responded.</summary>
    [Fact]
    public void A_shorter_next_response_does_not_overrule_the_first()
    {
        var ticket = Ticket(
            "2026-03-02 09:00", new SlaTerms { FirstResponse = Within(4 * Hour), NextResponse = Within(Hour) }, Writes("2026-03-02 09:30", TicketRole.Requester));

        var target = Assert.Single(SlaClock.Evaluate(ticket, At("2026-03-02 12:00")));

        Assert.Equal((TargetKind.FirstResponse, At("2026-03-02 13:00"), SlaState.Running), (target.Kind, target.DueAt, target.State));
    }

    /// <summary>Zammad #2579: closing a ticket never recorded that its solution time was kept; #3551: nor did an answer that set the ticket pending in the same step.</summary>
    [Fact]
    public void What_is_kept_is_recorded_as_kept()
    {
        var terms = new SlaTerms { FirstResponse = Within(Hour), Resolution = Within(4 * Hour), PauseWhilePending = true };
        var ticket = Ticket("2026-03-02 09:00", terms, Writes("2026-03-02 09:30", TicketRole.Agent, TicketStatus.Pending), Is("2026-03-02 12:00", TicketStatus.Closed));

        var targets = SlaClock.Evaluate(ticket, At("2026-03-09 09:00"));

        var first = targets.Of(TargetKind.FirstResponse);
        Assert.Equal((At("2026-03-02 09:30"), At("2026-03-02 10:00"), SlaState.Met), (first.MetAt, first.DueAt, first.State));
        var resolution = targets.Of(TargetKind.Resolution);
        Assert.Equal((At("2026-03-02 12:00"), SlaState.Met), (resolution.MetAt, resolution.State));
    }

    /// <summary>Zammad #188: the time in which a ticket had been closed was not left out, so that it escalated as soon as it was reopened.</summary>
    [Theory]
    [InlineData(TicketStatus.Resolved)]
    [InlineData(TicketStatus.Closed)]
    public void A_reopened_ticket_goes_on_with_what_was_left(TicketStatus end)
    {
        var terms = new SlaTerms { FirstResponse = Within(Hour), NextResponse = Within(Hour), Resolution = Within(4 * Hour) };
        var ticket = Ticket(
            "2026-03-02 09:00",
            terms,
            Writes("2026-03-02 09:30", TicketRole.Agent, TicketStatus.Pending),
            Is("2026-03-02 10:00", end),
            Writes("2026-03-12 10:00", TicketRole.Requester, TicketStatus.Open),
            // Once more, so that two such times are left out.
            Is("2026-03-12 11:00", end),
            Is("2026-03-20 11:00", TicketStatus.Open));

        var targets = SlaClock.Evaluate(ticket, At("2026-03-20 11:00"));

        var resolution = targets.Of(TargetKind.Resolution);
        Assert.Equal((At("2026-03-20 13:00"), null, SlaState.Running), (resolution.DueAt, resolution.MetAt, resolution.State));
        Assert.DoesNotContain(targets, target => target.State == SlaState.Breached && target.Kind == TargetKind.Resolution);
        Assert.Equal((At("2026-03-12 11:00"), At("2026-03-12 11:00")), (targets.Of(TargetKind.NextResponse).DueAt, targets.Of(TargetKind.NextResponse).MetAt));
    }

    /// <summary>
    /// Request Tracker's documentation of IgnoreOnStatuses: the new due time is computed from the last action, so that a ticket which comes back from an ignored
    /// status without a reply will probably be overdue.
    /// </summary>
    [Fact]
    public void A_ticket_that_comes_back_from_a_pause_is_not_overdue_at_once()
    {
        var ticket = Ticket(
            "2026-03-02 09:00",
            new SlaTerms { Resolution = Within(4 * Hour), PauseWhilePending = true },
            Is("2026-03-02 10:00", TicketStatus.Pending),
            Is("2026-03-12 10:00", TicketStatus.Open));

        var resolution = SlaClock.Evaluate(ticket, At("2026-03-12 10:00")).Of(TargetKind.Resolution);

        Assert.Equal((At("2026-03-12 13:00"), SlaState.Running), (resolution.DueAt, resolution.State));
    }

    /// <summary>django-helpdesk's escalate_tickets: excluded days are left out of the number of days to wait, so that a holiday makes escalation come a day sooner.</summary>
    [Fact]
    public void Holidays_make_a_due_time_later_by_their_hours_and_never_sooner()
    {
        var hours = Workdays.Select(day => Hours(day, "09:00-17:00")).ToList();
        var due = At("2026-03-02 09:00");
        for (var holidays = 0; holidays < 5; holidays++)
        {
            var calendar = new BusinessCalendar("test", TimeZoneInfo.Utc, hours, Enumerable.Range(3, holidays).Select(day => new DateOnly(2026, 3, day)));
            var ticket = Ticket("2026-03-02 09:00", new SlaTerms { Resolution = Within(12 * Hour, calendar) });

            var later = SlaClock.Evaluate(ticket, At("2026-03-02 09:00")).Of(TargetKind.Resolution).DueAt!.Value;

            Assert.True(later > due);
            due = later;
        }

        // Tuesday to Friday are holidays: the four hours that Monday left over are over at 13:00 on the Monday after.
        Assert.Equal(At("2026-03-09 13:00"), due);
    }

    /// <summary>escalated-dotnet: a local time that the change to daylight saving time skips throws.</summary>
    [Fact]
    public void A_gap_in_local_time_throws_nothing()
    {
        var skipped = Daily("Europe/Berlin", "02:00-03:00", "02:30-02:45");
        var terms = new SlaTerms { Resolution = Within(Hour / 2, skipped) };

        Assert.Equal(At("2026-03-30 02:30 +02:00"), SlaClock.Evaluate(Ticket("2026-03-28 12:00", terms), At("2026-03-28 12:00")).Of(TargetKind.Resolution).DueAt);
        for (var start = At("2026-03-28 00:00"); start < At("2026-03-31 00:00"); start += TimeSpan.FromMinutes(5))
            Assert.NotNull(SlaClock.Evaluate(new SlaHistory { OpenedAt = start, Terms = terms }, start).Of(TargetKind.Resolution).DueAt);
    }

    /// <summary>frappe/helpdesk: of two rows for one weekday only one counts.</summary>
    [Fact]
    public void Two_rows_for_one_weekday_both_count()
    {
        var calendar = Calendar("UTC", Hours(DayOfWeek.Monday, "14:00-16:00"), Hours(DayOfWeek.Monday, "09:00-11:00"));
        var ticket = Ticket("2026-03-02 08:00", new SlaTerms { Resolution = Within(3 * Hour, calendar) });

        Assert.Equal(At("2026-03-02 15:00"), SlaClock.Evaluate(ticket, At("2026-03-02 08:00")).Of(TargetKind.Resolution).DueAt);
    }

    /// <summary>Chatwoot #14009: business hours had one period a day, so that a message at lunch time counted as within hours.</summary>
    [Fact]
    public void A_lunch_break_does_not_count()
    {
        var calendar = Daily("UTC", "08:00-12:00", "13:30-18:00");
        var ticket = Ticket("2026-03-02 12:30", new SlaTerms { FirstResponse = Within(Hour, calendar) });

        Assert.Equal(At("2026-03-02 14:30"), SlaClock.Evaluate(ticket, At("2026-03-02 12:30")).Of(TargetKind.FirstResponse).DueAt);
    }
}
