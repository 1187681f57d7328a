using HelpDesk.Numbering;
using HelpDesk.Specification.Desks;
using HelpDesk.Specification.Writers;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Specification.Numbering;

public abstract class NumberingSpecification(HelpDeskFixture fixture) : DeskTest(fixture)
{
    // A scope of its own for each test, since all share the database.
    private readonly string prefix = $"T{Guid.NewGuid():N}"[..12];

    [Fact]
    public async Task Strict_numbers_have_no_gap_though_saves_fail_and_hosts_roll_back()
    {
        var failures = new EveryThirdSaveFails();
        await using var desk = await StartAsync(numbering => numbering.Mode = TicketNumberMode.Strict, options => options.AddInterceptors(failures));
        var failed = await AtOnce.RunAsync(8, async writer =>
        {
            var count = 0;
            for (var i = 0; i < 25; i++)
            {
                await using var scope = desk.NewScope();
                await using var transaction = i % 4 == 0 ? await scope.Context.Database.BeginTransactionAsync(Token) : null;
                var command = new OpenTicket { Actor = Alice, Subject = "Strict", Body = "Text" };
                var exception = await Record.ExceptionAsync(() => scope.Tickets.OpenAsync(command, Token));
                if (transaction is not null)
                    await transaction.RollbackAsync(Token);
                Assert.True(exception is null or InvalidOperationException { Message: EveryThirdSaveFails.Message }, exception?.ToString());
                count += exception is null && transaction is null ? 0 : 1;
            }

            return count;
        });

        var stored = 200 - failed.Sum();
        Assert.InRange(stored, 50, 150);
        Assert.Equal(Enumerable.Range(1, stored).Select(i => $"{prefix}-2026-{i:D6}"), await NumbersAsync(desk));
    }

    [Fact]
    public async Task The_year_turns_in_the_configured_zone()
    {
        await using var desk = await StartAsync(numbering => numbering.TimeZone = "Pacific/Kiritimati");
        desk.Clock.SetUtcNow(new DateTimeOffset(2026, 12, 31, 9, 59, 59, 999, TimeSpan.Zero));

        var last = await desk.OpenAsync(Alice);
        desk.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var first = await desk.OpenAsync(Alice);

        Assert.Equal(($"{prefix}-2026-000001", $"{prefix}-2027-000001"), (last.Number, first.Number));
    }

    [Fact]
    public async Task The_year_turns_in_utc_by_default()
    {
        await using var desk = await StartAsync(_ => { });
        desk.Clock.SetUtcNow(new DateTimeOffset(2026, 12, 31, 23, 59, 59, 999, TimeSpan.Zero));

        var last = await desk.OpenAsync(Alice);
        desk.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var first = await desk.OpenAsync(Alice);

        Assert.Equal(($"{prefix}-2026-000001", $"{prefix}-2027-000001"), (last.Number, first.Number));
    }

    [Fact]
    public async Task Fifty_who_open_the_first_tickets_of_a_year_at_once_all_succeed()
    {
        foreach (var mode in Enum.GetValues<TicketNumberMode>())
        {
            await using var desk = await StartAsync(numbering => (numbering.Mode, numbering.Prefix) = (mode, $"{prefix}{mode}"));

            var numbers = await AtOnce.RunAsync(50, async _ => (await desk.OpenAsync(Alice)).Number);

            Assert.Equal(Enumerable.Range(1, 50).Select(i => $"{prefix}{mode}-2026-{i:D6}"), numbers.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Past_the_last_digit_the_number_grows_wider()
    {
        await using var desk = await StartAsync(_ => { });
        await desk.ReadAsync(context => context.Database.ExecuteSqlAsync(
            $"""INSERT INTO "HelpDeskCounters" ("Scope", "Value") VALUES ({prefix + "-2026"}, {999_998L})""", Token));

        var last = await desk.OpenAsync(Alice);
        var wider = await desk.OpenAsync(Alice);

        Assert.Equal(($"{prefix}-2026-999999", $"{prefix}-2026-1000000"), (last.Number, wider.Number));
        Assert.Equal(wider.Id, (await desk.SeeAsync(Alice, wider.Number)).Id);
    }

    [Fact]
    public async Task Prefix_and_digits_are_options()
    {
        await using var desk = await StartAsync(numbering => numbering.Digits = 2);

        Assert.Equal($"{prefix}-2026-01", (await desk.OpenAsync(Alice)).Number);
    }

    [Fact]
    public async Task A_host_numbers_in_its_own_way_with_the_counter_of_the_help_desk()
    {
        await using var desk = await Fixture.StartAsync(new DeskSetup { HelpDesk = helpDesk => helpDesk.UseTicketNumberGenerator<ByCategory>() });
        ByCategory.Prefix.Value = prefix;

        var numbers = new[]
        {
            (await desk.OpenAsync(Alice, category: "Printers")).Number,
            (await desk.OpenAsync(Alice, category: "Scanners")).Number,
            (await desk.OpenAsync(Alice, category: "Printers")).Number,
        };

        Assert.Equal([$"{prefix}/Printers/1".Replace('/', '.'), $"{prefix}.Scanners.1", $"{prefix}.Printers.2"], numbers);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("a/b")]
    [InlineData("nul\0")]
    [InlineData("HALF")] // An attribute cannot hold half of a surrogate pair.
    [InlineData("line\nbreak")]
    [InlineData("0f8fad5b-d9cb-469f-a165-70867728950e")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public async Task A_generator_that_returns_rubbish_is_named_in_the_error(string? number)
    {
        await using var desk = await Fixture.StartAsync(new DeskSetup { HelpDesk = helpDesk => helpDesk.UseTicketNumberGenerator<Rubbish>() });
        Rubbish.Number.Value = number == "HALF" ? "half\ud83d" : number;

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => desk.OpenAsync(Alice));

        Assert.Contains(nameof(Rubbish), exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890")]
    public async Task A_counter_has_a_scope_of_1_to_128_characters(string scope)
    {
        await using var desk = await Fixture.StartAsync(new DeskSetup { HelpDesk = helpDesk => helpDesk.UseTicketNumberGenerator<ByCategory>() });
        ByCategory.Prefix.Value = scope;

        await Assert.ThrowsAsync<ArgumentException>(() => desk.OpenAsync(Alice));
    }

    protected Task<Desk> StartAsync(Action<TicketNumberOptions> numbering, Action<DbContextOptionsBuilder>? context = null) => Fixture.StartAsync(new DeskSetup
    {
        Context = context,
        Options = options =>
        {
            options.Numbering.Prefix = prefix;
            numbering(options.Numbering);
        },
    });

    private async Task<List<string>> NumbersAsync(Desk desk) => await desk.ReadAsync(context =>
        context.Set<Ticket>().Where(t => t.Number.StartsWith(prefix)).Select(t => t.Number).OrderBy(number => number).ToListAsync(Token));

    private sealed class EveryThirdSaveFails : SaveChangesInterceptor
    {
        public const string Message = "Every third save fails.";
        private int saves;

        // After the save, before the commit.
        public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default) =>
            Interlocked.Increment(ref saves) % 3 == 0 ? throw new InvalidOperationException(Message) : new ValueTask<int>(result);
    }

    private sealed class ByCategory : ITicketNumberGenerator
    {
        public static readonly AsyncLocal<string> Prefix = new();

        public async Task<string> NextAsync(TicketNumberContext context, CancellationToken cancellationToken)
        {
            var scope = Prefix.Value!.Length is 0 or > 100 ? Prefix.Value : $"{Prefix.Value}.{context.Category}";
            return $"{scope}.{await context.NextAsync(scope, cancellationToken)}";
        }
    }

    private sealed class Rubbish : ITicketNumberGenerator
    {
        public static readonly AsyncLocal<string?> Number = new();

        public Task<string> NextAsync(TicketNumberContext context, CancellationToken cancellationToken) => Task.FromResult(Number.Value!);
    }
}
