using System.Data.Common;
using HelpDesk.Attachments;
using HelpDesk.Persistence;
using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Specification.Attachments;

/// <summary>What belongs to no message goes, and nothing else.</summary>
public abstract class SweepSpecification(HelpDeskFixture fixture, ITestOutputHelper output) : AttachmentTest(fixture)
{
    private const int Races = 1000;

    [Fact]
    public async Task What_no_command_takes_is_deleted_after_its_lifetime_and_not_before()
    {
        var staged = await Desk.StageAsync(Alice);
        var taken = await Desk.StageAsync(Alice, "kept");
        await OpenWithAsync(Alice, taken.Id);

        Desk.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        Assert.Equal(0, await Desk.SweepFilesAsync(orphans: false));
        Desk.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await Desk.SweepFilesAsync(orphans: false));

        await Assert.ThrowsAsync<ValidationException>(() => OpenWithAsync(Alice, staged.Id));
        Assert.Equal("kept", await ReadAsync(Alice, taken.Id));
        (await Shelf.OfAsync(Desk)).HasNothingElse();
    }

    [Fact]
    public async Task Hundreds_are_deleted_in_batches()
    {
        for (var number = 0; number < 250; number++)
            await Desk.StageAsync(Alice, "x");
        Desk.Clock.Advance(TimeSpan.FromDays(2));

        Assert.Equal(250, await Desk.SweepFilesAsync(orphans: false));
        (await Shelf.OfAsync(Desk)).HasNothingElse();
    }

    [Fact]
    public async Task What_cannot_be_deleted_is_tried_again_and_holds_up_nothing_else()
    {
        var poisoned = await Desk.StageAsync(Alice);
        var other = await Desk.StageAsync(Alice);
        Store.Poisoned = await KeyOfAsync(poisoned.Id);
        Desk.Clock.Advance(TimeSpan.FromDays(2));

        Assert.Equal(1, await Desk.SweepFilesAsync(orphans: false));
        Assert.Null(await Record.ExceptionAsync(() => KeyOfAsync(poisoned.Id)));
        await Assert.ThrowsAsync<InvalidOperationException>(() => KeyOfAsync(other.Id));
        Store.Poisoned = null;
        var later = await Desk.StageAsync(Alice);
        Assert.Equal(1, await Desk.DiscardAsync(Alice, later.Id));
        Assert.Equal(0, await Desk.SweepFilesAsync(orphans: false));
        Desk.Clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(1, await Desk.SweepFilesAsync(orphans: false));
        (await Shelf.OfAsync(Desk)).HasNothingElse();
    }

    [Fact]
    public async Task An_orphan_that_cannot_be_deleted_keeps_none_of_the_others()
    {
        for (var number = 0; number < 3; number++)
            await Desk.StageAsync(Alice);
        Store.Poisoned = (await Shelf.OfAsync(Desk)).Objects.Order(StringComparer.Ordinal).First();
        await Desk.ReadAsync(context => context.Set<Upload>().ExecuteDeleteAsync(Token));
        Shelf.LetTimePass(Desk);

        Assert.Equal(2, await Desk.SweepFilesAsync());
        Store.Poisoned = null;
        Assert.Equal(1, await Desk.SweepFilesAsync());
    }

    [Fact]
    public async Task A_store_that_is_down_is_not_asked_for_each_of_many()
    {
        for (var number = 0; number < 20; number++)
            await Desk.StageAsync(Alice);
        Desk.Clock.Advance(TimeSpan.FromDays(2));
        Store.Fault = StoreFault.DeleteRefused;

        Assert.Equal(0, await Desk.SweepFilesAsync(orphans: false));

        Assert.Equal(3, Store.Refusals);
        Store.Fault = StoreFault.None;
        // What was not tried is due at once, before what has failed.
        Assert.Equal(17, await Desk.SweepFilesAsync(orphans: false));
        await Shelf.SweepAndCheckAsync(Desk);
    }

    /// <summary>In a folder: a link to another one (the newest month, a copy) shows files under keys that no row knows, and to delete them is to delete the files themselves.</summary>
    [Fact]
    public async Task What_lies_behind_a_link_or_has_another_name_is_none_of_ours()
    {
        var staged = await Desk.StageAsync(Alice, "kept");
        await OpenWithAsync(Alice, staged.Id);
        var file = Path.Combine(Desk.Files, (await Shelf.OfAsync(Desk)).Objects.Single());
        var month = Path.GetDirectoryName(file)!;
        Directory.CreateSymbolicLink(Path.Combine(Path.GetDirectoryName(month)!, "07"), month);
        await File.WriteAllTextAsync(Path.Combine(month, "Thumbs.db"), "somebody's", Token);
        Directory.CreateDirectory(month + ".bak");
        File.Copy(file, Path.Combine(month + ".bak", Path.GetFileName(file)));
        Shelf.LetTimePass(Desk);

        Assert.Equal(0, await Desk.SweepFilesAsync());

        Assert.Equal("kept", await ReadAsync(Alice, staged.Id));
        Assert.True(File.Exists(Path.Combine(month, "Thumbs.db")));
    }

    [Fact]
    public async Task What_is_discarded_while_the_store_is_away_is_deleted_later_and_taken_by_nobody()
    {
        var staged = await Desk.StageAsync(Alice);
        Store.Fault = StoreFault.DeleteRefused;

        Assert.Equal(0, await Desk.DiscardAsync(Alice, staged.Id));
        Store.Fault = StoreFault.None;
        await Assert.ThrowsAsync<ValidationException>(() => OpenWithAsync(Alice, staged.Id));

        await Shelf.SweepAndCheckAsync(Desk);
    }

    [Fact]
    public async Task An_object_without_a_row_is_deleted_once_it_is_older_than_the_grace_time()
    {
        var known = await Desk.StageAsync(Alice);
        var prefix = (await Shelf.OfAsync(Desk)).Uploads.Single()[..^32];
        await Store.PutAsync($"{prefix}{Guid.NewGuid():N}", new TrickleStream("lost"u8.ToArray()), Token);
        var written = TimeProvider.System.GetUtcNow();

        Desk.Clock.SetUtcNow(written.AddMinutes(59));
        Assert.Equal(0, await Desk.SweepFilesAsync(uploads: false));
        Desk.Clock.SetUtcNow(written.AddMinutes(61));
        Assert.Equal(1, await Desk.SweepFilesAsync(uploads: false));

        Assert.Equal(1, await Desk.DiscardAsync(Alice, known.Id));
        (await Shelf.OfAsync(Desk)).HasNothingElse();
    }

    [Fact]
    public async Task What_a_deleted_ticket_leaves_is_deleted()
    {
        var staged = await Desk.StageAsync(Alice);
        var opened = await OpenWithAsync(Alice, staged.Id);
        await Desk.ReadAsync(context => context.Set<Ticket>().Where(ticket => ticket.Id == opened.Ticket().Id).ExecuteDeleteAsync(Token));
        Assert.Single((await Shelf.OfAsync(Desk)).Objects.Except((await Shelf.OfAsync(Desk)).Attachments));

        await Shelf.SweepAndCheckAsync(Desk);
    }

    /// <summary>Two applications may share a bucket without knowing of each other: neither may take the other's files for its own orphans.</summary>
    [Fact]
    public async Task What_belongs_to_another_database_in_the_same_store_is_left_alone()
    {
        var mine = await Desk.StageAsync(Alice);
        await OpenWithAsync(Alice, mine.Id);
        await using var other = await Fixture.StartAsync<OtherContext>(new DeskSetup { HelpDesk = FaultyStore.Use, Files = Desk.Files });
        var theirs = await other.StageAsync(Bob, "theirs");
        await other.AskAsync(tickets => tickets.OpenAsync(new OpenTicket { Actor = Bob, Subject = "Theirs", Body = "Text", Attachments = [theirs.Id] }, Token));

        foreach (var desk in new[] { Desk, other })
        {
            Shelf.LetTimePass(desk);
            Assert.Equal(0, await desk.SweepFilesAsync());
        }

        Assert.Equal("What burns.", await ReadAsync(Alice, mine.Id));
        Assert.Equal("theirs", await ReadAsync(other, Bob, theirs.Id));
        await other.ReadAsync(context => context.Set<Ticket>().ExecuteDeleteAsync(Token));
        Shelf.LetTimePass(other);
        Assert.Equal(1, await other.SweepFilesAsync());
    }

    /// <summary>A host's filter hides the rows of other tenants from every query, also from the one that asks whether an object has a row.</summary>
    [Fact]
    public async Task What_a_filter_of_the_host_hides_is_no_orphan()
    {
        await using var desk = await Fixture.StartAsync<HidingContext>(new DeskSetup { HelpDesk = FaultyStore.Use });
        var staged = await desk.StageAsync(Alice, "hidden");
        var waiting = await desk.StageAsync(Alice, "waits");
        await desk.AskAsync(tickets => tickets.OpenAsync(new OpenTicket { Actor = Alice, Subject = "Tenant", Body = "Text", Attachments = [staged.Id] }, Token));
        Shelf.LetTimePass(desk);

        HidingContext.Hides.Value = true;
        await desk.SweepFilesAsync();
        HidingContext.Hides.Value = false;

        Assert.Equal("hidden", await ReadAsync(desk, Alice, staged.Id));
        Assert.Equal(2, (await Shelf.OfAsync(desk)).Objects.Count);
        Assert.Equal(1, await desk.DiscardAsync(Alice, waiting.Id));
    }

    [Fact]
    public async Task Of_a_command_and_the_sweep_one_wins_a_thousand_times()
    {
        const int atOnce = 10;
        // Another node, whose clock is so far ahead that it takes for over what this one still takes for good. And both are ahead of the files' own times.
        Shelf.LetTimePass(Desk);
        await using var ahead = await Fixture.StartAsync(new DeskSetup { HelpDesk = FaultyStore.Use, Files = Desk.Files });
        ahead.Clock.SetUtcNow(Desk.Clock.GetUtcNow().AddHours(25));
        var ticket = await Desk.OpenAsync(Alice);
        var (taken, swept) = (0, 0);
        for (var round = 0; round < Races / atOnce; round++)
        {
            var staged = new List<StagedUpload>();
            for (var number = 0; number < atOnce; number++)
                staged.Add(await Desk.StageAsync(Alice, $"{round}.{number}"));

            var outcomes = await Writers.AtOnce.RecordAsync(
                atOnce + 1, number => number == atOnce ? SweepAsync(round % 10) : ReplyWithAsync(Alice, ticket.Id, staged[number].Id));

            Assert.All(outcomes.OfType<Exception>(), outcome => Assert.Contains("attachments", Assert.IsType<ValidationException>(outcome).Errors.Keys));
            taken += outcomes.Count(outcome => outcome is null) - 1;
            swept += outcomes.Count(outcome => outcome is not null);
        }

        output.WriteLine($"{taken} were taken by their command, {swept} by the sweep.");
        Assert.Equal(Races, taken + swept);
        Assert.True(taken > 0 && swept > 0, $"This was no race: {taken} to {swept}.");
        var shelf = (await Shelf.OfAsync(Desk)).HasEveryAttachment();
        Assert.Equal(taken, await Desk.ReadAsync(context => context.Set<TicketAttachment>().CountAsync(
            attachment => context.Set<TicketMessage>().Any(message => message.Id == attachment.MessageId && message.TicketId == ticket.Id), Token)));
        await Shelf.SweepAndCheckAsync(Desk);

        // A command asks more of the database than the sweep before it comes to the point: the sweep gets something to ask too, so that each is first at times.
        async Task SweepAsync(int questions)
        {
            for (var question = 0; question < questions; question++)
                await Desk.SeeAsync(Alice, ticket.Id);
            await ahead.SweepFilesAsync();
        }
    }

    /// <summary>What is looked for among uploads and among attachments may go from the one to the other in between.</summary>
    [Fact]
    public async Task What_a_command_takes_while_the_store_is_compared_with_the_database_is_no_orphan()
    {
        var between = new Between();
        await using var sweeping = await Fixture.StartAsync(new DeskSetup { HelpDesk = FaultyStore.Use, Files = Desk.Files, Context = options => options.AddInterceptors(between) });
        var staged = await Desk.StageAsync(Alice, "taken");
        sweeping.Clock.SetUtcNow(TimeProvider.System.GetUtcNow().AddDays(1));
        between.Do = () => OpenWithAsync(Alice, staged.Id);

        await sweeping.SweepFilesAsync(uploads: false);

        Assert.Null(between.Do);
        Assert.Equal("taken", await ReadAsync(Alice, staged.Id));
    }

    [Fact]
    public async Task No_sweep_is_a_part_of_a_transaction_of_the_host()
    {
        await Desk.StageAsync(Alice);
        Shelf.LetTimePass(Desk);
        await using (var scope = Desk.NewScope())
        {
            var sweep = scope.Services.GetRequiredService<IAttachmentSweep>();
            await using var transaction = await scope.Context.Database.BeginTransactionAsync(Token);
            await Assert.ThrowsAsync<InvalidOperationException>(() => sweep.DeleteExpiredUploadsAsync(Token));
            await Assert.ThrowsAsync<InvalidOperationException>(() => sweep.DeleteOrphansAsync(Token));
        }

        using (new System.Transactions.TransactionScope(System.Transactions.TransactionScopeAsyncFlowOption.Enabled))
            await Assert.ThrowsAsync<InvalidOperationException>(() => Desk.SweepFilesAsync());

        Assert.Single((await Shelf.OfAsync(Desk)).Objects);
        await Shelf.SweepAndCheckAsync(Desk);
    }

    [Fact]
    public async Task Of_many_processes_one_compares_the_store_with_the_database_once_in_an_interval()
    {
        await Desk.ReadAsync(context => context.Set<Counter>().Where(counter => counter.Scope == "helpdesk:orphan-sweep").ExecuteDeleteAsync(Token));
        foreach (var _ in Enumerable.Range(0, 3))
        {
            var claims = await Writers.AtOnce.RunAsync(8, async _ =>
            {
                await using var scope = Desk.NewScope();
                return await scope.Services.GetRequiredService<HelpDesk.Service.UploadLedger>().ClaimOrphanSweepAsync(TimeSpan.FromDays(1), Token);
            });

            Assert.Equal(1, claims.Count(isMine => isMine));
            Desk.Clock.Advance(TimeSpan.FromDays(1));
        }
    }

    [Fact]
    public async Task The_service_sweeps_in_its_intervals_and_can_be_switched_off()
    {
        foreach (var runs in new[] { true, false })
        {
            await using var desk = await Fixture.StartAsync(new DeskSetup { HelpDesk = FaultyStore.Use, Options = options => options.Attachments.RunsInBackground = runs });
            Shelf.LetTimePass(desk);
            var service = desk.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().Single(service => service.GetType().Name == "AttachmentSweepService");
            await desk.StageAsync(Alice);
            await service.StartAsync(Token);

            desk.Clock.Advance(TimeSpan.FromHours(25));
            if (runs)
                await UntilGoneAsync(desk);
            await service.StopAsync(Token);

            Assert.Equal(runs ? 0 : 1, (await Shelf.OfAsync(desk)).Uploads.Count);
            await desk.SweepFilesAsync(orphans: false);
        }
    }

    private Task<string> KeyOfAsync(Guid upload) => Desk.ReadAsync(context => context.Set<Upload>().Where(u => u.Id == upload).Select(u => u.StorageKey).SingleAsync(Token));

    private static async Task UntilGoneAsync(Desk desk)
    {
        var patience = System.Diagnostics.Stopwatch.StartNew();
        while ((await Shelf.OfAsync(desk)).Uploads.Count > 0)
        {
            Assert.True(patience.Elapsed < Patience, "The service did not sweep.");
            desk.Clock.Advance(TimeSpan.FromMinutes(5)); // Its timer may have begun only now.
            await Task.Delay(20, Token);
        }
    }

    /// <summary>Another application's context: a database of its own.</summary>
    public class OtherContext(DbContextOptions<OtherContext> options) : DeskContext(options);

    /// <summary>A host with a filter on every table of files, as for tenants.</summary>
    public class HidingContext(DbContextOptions<HidingContext> options) : DeskContext(options)
    {
        public static readonly AsyncLocal<bool> Hides = new();

        private bool IsHiding { get; } = Hides.Value;

        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            base.OnModelCreating(modelBuilder);
            modelBuilder.Entity<Upload>().HasQueryFilter(_ => !IsHiding);
            modelBuilder.Entity<TicketAttachment>().HasQueryFilter(_ => !IsHiding);
            modelBuilder.Entity<Counter>().HasQueryFilter(_ => !IsHiding);
        }
    }

    /// <summary>Does something once, after the first question for keys of the store.</summary>
    private sealed class Between : DbCommandInterceptor
    {
        public Func<Task>? Do { get; set; }

        public override async ValueTask<DbDataReader> ReaderExecutedAsync(DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
        {
            if (Do is { } act && command.CommandText.Contains("StorageKey", StringComparison.Ordinal))
            {
                Do = null;
                await act();
            }

            return result;
        }
    }
}
