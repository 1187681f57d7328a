namespace HelpDesk.Sla;

/// <summary>What must hold between the operations of a calendar, at any ticks: the rows, the times and the durations are not in whole minutes.</summary>
public sealed class BusinessCalendarPropertyTests
{
    private const int Count = 20_000;

    [Fact]
    public void Add_finds_the_first_moment_at_which_Between_has_reached_the_duration() => ForEach((random, scene, calendar) =>
    {
        var from = Moment(random, scene);
        var duration = new TimeSpan(random.NextInt64(1, TimeSpan.TicksPerDay * random.Next(1, 30)));

        var to = calendar.Add(from, duration);

        Assert.Equal(duration, calendar.Between(from, to));
        // Business time grows by a tick with each open tick, so the one before has exactly one less.
        Assert.Equal(duration - TimeSpan.FromTicks(1), calendar.Between(from, to.AddTicks(-1)));
        Assert.Equal(TimeSpan.Zero, to.Offset);
    });

    [Fact]
    public void Adding_twice_is_adding_the_sum() => ForEach((random, scene, calendar) =>
    {
        var from = Moment(random, scene);
        var (first, second) = (new TimeSpan(random.NextInt64(TimeSpan.TicksPerDay)), new TimeSpan(random.NextInt64(TimeSpan.TicksPerDay * 7)));

        Assert.Equal(calendar.Add(from, first + second), second == TimeSpan.Zero ? calendar.Add(from, first) : calendar.Add(calendar.Add(from, first), second));
    });

    [Fact]
    public void Between_is_additive() => ForEach((random, scene, calendar) =>
    {
        var times = Enumerable.Range(0, 3).Select(_ => Moment(random, scene)).Order().ToList();

        var whole = calendar.Between(times[0], times[2]);

        Assert.Equal(whole, calendar.Between(times[0], times[1]) + calendar.Between(times[1], times[2]));
        Assert.InRange(whole, TimeSpan.Zero, times[2] - times[0]);
        Assert.Equal(TimeSpan.Zero, calendar.Between(times[2], times[0]));
        Assert.Equal(TimeSpan.Zero, calendar.Between(times[1], times[1]));
    });

    [Fact]
    public void The_open_times_add_up_to_Between_and_neither_touch_nor_overlap() => ForEach((random, scene, calendar) =>
    {
        var times = Enumerable.Range(0, 2).Select(_ => Moment(random, scene)).Order().ToList();

        var open = calendar.OpenBetween(times[0], times[1]).ToList();

        Assert.Equal(calendar.Between(times[0], times[1]), new TimeSpan(open.Sum(part => (part.To - part.From).Ticks)));
        Assert.All(open, part => Assert.True(part.From < part.To && times[0] <= part.From && part.To <= times[1]));
        Assert.All(open.Zip(open.Skip(1)), pair => Assert.True(pair.First.To < pair.Second.From));
    });

    private static void ForEach(Action<Random, SlaScene, BusinessCalendar> check) => Parallel.For(0, Soak.Times(Count / 10), seed =>
    {
        var random = new Random(seed);
        var scene = SlaScene.All[random.Next(SlaScene.All.Count)];
        var calendar = Calendar(random, scene);
        for (var i = 0; i < 10; i++)
        {
            try
            {
                check(random, scene, calendar);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Seed {seed}, attempt {i}, zone {scene.Zone.Id}.", exception);
            }
        }
    });

    private static BusinessCalendar Calendar(Random random, SlaScene scene)
    {
        var week = Enumerable.Range(0, random.Next(1, 12)).Select(_ => new BusinessHours((DayOfWeek)random.Next(7), Time(), Time()));
        var holidays = Enumerable.Range(0, random.Next(5)).Select(_ => scene.Day.AddDays(random.Next(-10, 11)));
        return random.Next(20) == 0 ? BusinessCalendar.Always : new BusinessCalendar("random", scene.Zone, week, holidays);

        TimeOnly Time() => random.Next(4) == 0 ? TimeOnly.MinValue : new TimeOnly(random.NextInt64(TimeSpan.TicksPerDay));
    }

    /// <summary>Mostly about the day on which something happens to the clocks, by any offset.</summary>
    private static DateTimeOffset Moment(Random random, SlaScene scene)
    {
        var days = random.Next(10) == 0 ? 400 : random.Next(1, 8);
        var utc = scene.Day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc).AddTicks(random.NextInt64(-days * TimeSpan.TicksPerDay, days * TimeSpan.TicksPerDay));
        return new DateTimeOffset(utc).ToOffset(TimeSpan.FromMinutes(random.Next(-14 * 4, (14 * 4) + 1) * 15));
    }
}
