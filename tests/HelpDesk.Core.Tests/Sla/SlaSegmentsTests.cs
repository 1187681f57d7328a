using HelpDesk.Tickets;
using static HelpDesk.Sla.SlaSamples;

namespace HelpDesk.Sla;

/// <summary>The parts of time that explain a due time: each moment is in one of them, and those that run add up to the promise.</summary>
public sealed class SlaSegmentsTests
{
    private const int Most = 500;

    [Fact]
    public void Closed_hours_pauses_and_running_time_come_in_order()
    {
        var timeline = StatusTimeline.From(At("2026-03-02 08:00")).With(At("2026-03-02 16:00"), TicketStatus.Pending).With(At("2026-03-03 10:00"), TicketStatus.Open);

        var segments = SlaClock.Segments(At("2026-03-02 08:00"), At("2026-03-03 12:00"), Office, timeline, pauseWhilePending: true, Most);

        Assert.Equal(
            [
                new SlaSegment(At("2026-03-02 08:00"), At("2026-03-02 09:00"), SlaSegmentKind.OutOfHours),
                new SlaSegment(At("2026-03-02 09:00"), At("2026-03-02 16:00"), SlaSegmentKind.Running),
                // A pause is a pause by night as well: that the office is closed makes no difference to it.
                new SlaSegment(At("2026-03-02 16:00"), At("2026-03-03 10:00"), SlaSegmentKind.Paused),
                new SlaSegment(At("2026-03-03 10:00"), At("2026-03-03 12:00"), SlaSegmentKind.Running),
            ],
            segments);
    }

    [Fact]
    public void Pending_time_runs_where_it_does_not_pause()
    {
        var timeline = StatusTimeline.From(At("2026-03-02 09:00")).With(At("2026-03-02 10:00"), TicketStatus.Pending).With(At("2026-03-02 11:00"), TicketStatus.Open);

        var segments = SlaClock.Segments(At("2026-03-02 09:00"), At("2026-03-02 12:00"), BusinessCalendar.Always, timeline, pauseWhilePending: false, Most);

        Assert.Equal([new SlaSegment(At("2026-03-02 09:00"), At("2026-03-02 12:00"), SlaSegmentKind.Running)], segments);
    }

    [Fact]
    public void The_time_in_which_a_ticket_was_over_is_paused()
    {
        var timeline = StatusTimeline.From(At("2026-03-02 09:00")).With(At("2026-03-02 10:00"), TicketStatus.Resolved)
            .With(At("2026-03-02 11:00"), TicketStatus.Closed).With(At("2026-03-02 12:00"), TicketStatus.Open);

        var segments = SlaClock.Segments(At("2026-03-02 09:30"), At("2026-03-02 13:00"), BusinessCalendar.Always, timeline, pauseWhilePending: false, Most);

        Assert.Equal(
            [
                new SlaSegment(At("2026-03-02 09:30"), At("2026-03-02 10:00"), SlaSegmentKind.Running),
                new SlaSegment(At("2026-03-02 10:00"), At("2026-03-02 12:00"), SlaSegmentKind.Paused),
                new SlaSegment(At("2026-03-02 12:00"), At("2026-03-02 13:00"), SlaSegmentKind.Running),
            ],
            segments);
    }

    [Fact]
    public void Hours_that_touch_are_one_segment_across_midnights_and_clock_changes()
    {
        var everyDay = Daily("Europe/Berlin", "00:00-12:00", "12:00-00:00");
        var start = At("2026-03-20 09:00");

        var segments = SlaClock.Segments(start, start.AddDays(20), everyDay, StatusTimeline.From(start), pauseWhilePending: true, Most);

        Assert.Equal([new SlaSegment(start, start.AddDays(20), SlaSegmentKind.Running)], segments);
    }

    [Fact]
    public void There_are_never_more_than_asked_for()
    {
        var start = At("2026-01-01 00:00");

        var segments = SlaClock.Segments(start, start.AddDays(2000), Office, StatusTimeline.From(start), pauseWhilePending: false, Most);

        Assert.Equal(Most, segments.Count);
        Assert.Equal(start, segments[0].From);
        Assert.All(segments.Zip(segments.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
    }

    [Fact]
    public void No_time_has_no_segments()
    {
        var start = At("2026-03-02 09:00");

        Assert.Empty(SlaClock.Segments(start, start, Office, StatusTimeline.From(start), pauseWhilePending: true, Most));
        Assert.Empty(SlaClock.Segments(start, start.AddHours(-1), Office, StatusTimeline.From(start), pauseWhilePending: true, Most));
    }

    [Fact]
    public void Segments_cover_their_time_without_a_gap_and_the_running_ones_are_what_counts() => Parallel.For(0, Soak.Times(10_000), seed =>
    {
        var ticket = RandomTicket.InTicks(seed, days: 5);
        var random = new Random(seed);
        var timeline = StatusTimeline.From(ticket.History.OpenedAt);
        foreach (var step in ticket.History.Steps.Where(step => step.Status is not null && step.Status != timeline.Current))
            timeline = timeline.With(step.At, step.Status!.Value);
        var from = ticket.History.OpenedAt.AddTicks(random.NextInt64(TimeSpan.TicksPerDay));
        var term = Within(new TimeSpan(random.NextInt64(1, TimeSpan.TicksPerDay / 4)), ticket.Scene.Calendars[random.Next(9)].Calendar);
        var pauses = random.Next(2) == 0;
        var due = SlaClock.DueAt(from, term, timeline, pauses);
        var to = due ?? from.AddTicks(random.NextInt64(TimeSpan.TicksPerDay * 10));

        var segments = SlaClock.Segments(from, to, term.Calendar, timeline, pauses, int.MaxValue - 1);

        var why = $"Seed {seed}: {string.Join(Environment.NewLine, segments)}";
        Assert.True(segments.Count == 0 ? from == to : segments[0].From == from && segments[^1].To == to, why);
        Assert.True(segments.Zip(segments.Skip(1)).All(pair => pair.First.To == pair.Second.From && pair.First.Kind != pair.Second.Kind), why);
        Assert.True(segments.All(segment => segment.From < segment.To), why);
        Assert.All(segments, segment => Assert.Equal(KindAt(segment.From.AddTicks((segment.To - segment.From).Ticks / 2)), segment.Kind));
        if (due is not null)
        {
            // Due times are whole microseconds.
            var running = new TimeSpan(segments.Where(segment => segment.Kind == SlaSegmentKind.Running).Sum(segment => (segment.To - segment.From).Ticks));
            Assert.InRange(running - term.Duration, TimeSpan.Zero, TimeSpan.FromTicks(TimeSpan.TicksPerMicrosecond - 1));
        }

        SlaSegmentKind KindAt(DateTimeOffset moment)
        {
            var status = ticket.History.Steps.LastOrDefault(step => step.At <= moment && step.Status is not null)?.Status ?? TicketStatus.Open;
            var runs = status == TicketStatus.Open || (status == TicketStatus.Pending && !pauses);
            return !runs ? SlaSegmentKind.Paused
                : term.Calendar.Between(moment, moment.AddTicks(1)) > TimeSpan.Zero ? SlaSegmentKind.Running
                : SlaSegmentKind.OutOfHours;
        }
    });
}
