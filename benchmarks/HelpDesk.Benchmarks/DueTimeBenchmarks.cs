using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using HelpDesk.Sla;
using HelpDesk.Tickets;

namespace HelpDesk.Benchmarks;

/// <summary>A due time 30 business days ahead, across holidays and a change of the clocks. Each command on a ticket computes one to three of them: 20 µs at most.</summary>
[MemoryDiagnoser]
[Config(typeof(Short))]
public class DueTimeBenchmarks
{
    private const int BusinessDays = 30;
    private const int HoursADay = 7;

    // Four weeks before the clocks change in Berlin, so that both Easter and the change lie between.
    private static readonly DateTimeOffset OpenedAt = new(2026, 3, 2, 10, 30, 0, TimeSpan.Zero);
    private static readonly TimeSpan Duration = TimeSpan.FromHours(BusinessDays * HoursADay);

    private BusinessCalendar calendar = null!;
    private SlaHistory plain = null!;
    private SlaHistory eventful = null!;

    [GlobalSetup]
    public void Setup()
    {
        DayOfWeek[] workdays = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];
        calendar = new BusinessCalendar(
            "office",
            TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"),
            workdays.SelectMany(day => new[] { new BusinessHours(day, new(9, 0), new(12, 0)), new BusinessHours(day, new(13, 0), new(17, 0)) }),
            [new(2026, 1, 1), new(2026, 4, 3), new(2026, 4, 6), new(2026, 5, 1), new(2026, 5, 14), new(2026, 12, 25)]);

        var resolution = new SlaTerm { Duration = Duration, Calendar = calendar };
        plain = new SlaHistory { OpenedAt = OpenedAt, Terms = new SlaTerms { Resolution = resolution } };
        var hour = new SlaTerm { Duration = TimeSpan.FromHours(1), Calendar = calendar };
        eventful = new SlaHistory
        {
            OpenedAt = OpenedAt,
            Terms = new SlaTerms { FirstResponse = hour, NextResponse = hour, Resolution = resolution, PauseWhilePending = true },
            Steps =
            [
                new SlaStep { At = OpenedAt.AddHours(1), WrittenBy = TicketRole.Agent, Status = TicketStatus.Pending },
                new SlaStep { At = OpenedAt.AddDays(1), WrittenBy = TicketRole.Requester, Status = TicketStatus.Open },
                new SlaStep { At = OpenedAt.AddDays(2), WrittenBy = TicketRole.Agent, Status = TicketStatus.Pending },
                new SlaStep { At = OpenedAt.AddDays(4), WrittenBy = TicketRole.Requester, Status = TicketStatus.Open },
            ],
        };
    }

    [Benchmark(Baseline = true, Description = "Add: 30 business days")]
    public DateTimeOffset Add() => calendar.Add(OpenedAt, Duration);

    [Benchmark(Description = "Evaluate: a new ticket, due in 30 business days")]
    public IReadOnlyList<SlaTargetState> EvaluateNew() => SlaClock.Evaluate(plain, OpenedAt);

    [Benchmark(Description = "Evaluate: three kinds of targets, four steps, two pauses")]
    public IReadOnlyList<SlaTargetState> EvaluateEventful() => SlaClock.Evaluate(eventful, OpenedAt.AddDays(5));

    /// <summary>Within this process, so that nothing is built, and short: it is about the order of magnitude.</summary>
    private sealed class Short : ManualConfig
    {
        public Short()
        {
            AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
            ArtifactsPath = Path.Combine(AppContext.BaseDirectory, "results");
        }
    }
}
