using HelpDesk.Attachments;
using HelpDesk.Specification.Desks;
using HelpDesk.Specification.Faults;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Specification.Attachments;

/// <summary>Whatever fails on the way of a file to its message: what a message shows is there, and what no message shows is gone after the sweep.</summary>
public abstract class UploadFaultSpecification(HelpDeskFixture fixture) : AttachmentTest(fixture)
{
    private const int MostCalls = 60;

    private readonly FaultInjector injector = new();

    protected override DeskSetup Setup => new() { HelpDesk = FaultyStore.Use, Context = options => options.AddInterceptors(injector) };

    [Theory]
    [InlineData(Fault.Before)]
    [InlineData(Fault.After)]
    [InlineData(Fault.Cancellation)]
    public async Task A_fault_of_the_database_at_any_call(Fault fault)
    {
        var ticket = await Desk.OpenAsync(Alice);
        var failures = 0;
        for (var call = 1; call < MostCalls; call++)
        {
            var before = await Shelf.OfAsync(Desk);
            injector.Arm(fault, call);
            var exception = await Record.ExceptionAsync(() => StageAndReplyAsync(ticket.Id, injector.Token));
            injector.Disarm();

            var after = (await Shelf.OfAsync(Desk)).HasEveryAttachment();
            // A command may have made good for it, as for a collision of keys, which a failed insert looks like.
            Assert.Equal(before.Attachments.Count + (exception is null ? 1 : 0), after.Attachments.Count);
            failures += exception is null ? 0 : 1;
            if (injector.HasFired)
                continue;

            Assert.InRange(failures, 5, call - 1);
            await Shelf.SweepAndCheckAsync(Desk);
            return;
        }

        Assert.Fail("The command has no end.");
    }

    [Theory]
    [InlineData(StoreFault.PutRefused)]
    [InlineData(StoreFault.PutBroken)]
    [InlineData(StoreFault.PutAnswerLost)]
    [InlineData(StoreFault.WrongSize)]
    [InlineData(StoreFault.WrongChecksum)]
    [InlineData(StoreFault.StopsReading)]
    public async Task A_fault_of_the_store(StoreFault fault)
    {
        var ticket = await Desk.OpenAsync(Alice);
        Store.Fault = fault;

        var exception = await Assert.ThrowsAsync<StorageUnavailableException>(() => StageAndReplyAsync(ticket.Id, Token));

        Store.Fault = StoreFault.None;
        Assert.Equal("unavailable", exception.Code);
        Assert.NotNull(exception.InnerException);
        Assert.Single(await Desk.TextsAsync(Alice, ticket.Id));
        await Shelf.SweepAndCheckAsync(Desk);
        await StageAndReplyAsync(ticket.Id, Token);
    }

    /// <summary>A storage service may go on with what its caller has given up, and store it when the row is long gone.</summary>
    [Fact]
    public async Task A_store_that_stores_what_was_given_up()
    {
        foreach (var isSweptBefore in new[] { true, false })
        {
            Store.Fault = StoreFault.PutLate;
            await Assert.ThrowsAsync<StorageUnavailableException>(() => Desk.StageAsync(Alice));
            Store.Fault = StoreFault.None;

            if (isSweptBefore)
            {
                Desk.Clock.Advance(TimeSpan.FromMinutes(59));
                Assert.Equal(0, await Desk.SweepFilesAsync(orphans: false));
                Desk.Clock.Advance(TimeSpan.FromMinutes(2));
                Assert.Equal(1, await Desk.SweepFilesAsync(orphans: false));
            }

            await Store.StoreLateAsync();
            Assert.Single((await Shelf.OfAsync(Desk)).Objects);
            await Shelf.SweepAndCheckAsync(Desk);
        }
    }

    [Fact]
    public async Task A_caller_who_gives_up_amid_the_bytes()
    {
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var content = new TrickleStream(new byte[1_000_000]) { BeforeRead = read => { if (read > 500_000) caller.Cancel(); } };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Desk.StageAsync(Alice, content, cancellationToken: caller.Token));

        (await Shelf.OfAsync(Desk)).HasNothingElse();
    }

    [Fact]
    public async Task A_caller_whose_connection_breaks_amid_the_bytes()
    {
        foreach (var fault in new[] { StoreFault.None, StoreFault.PutWraps })
        {
            Store.Fault = fault;
            var content = new TrickleStream(new byte[100_000]) { AtEnd = new InvalidDataException("Unexpected end of stream.") };

            await Assert.ThrowsAsync<InvalidDataException>(() => Desk.StageAsync(Alice, content));

            (await Shelf.OfAsync(Desk)).HasNothingElse();
        }
    }

    [Fact]
    public async Task A_caller_who_is_too_slow()
    {
        var content = new TrickleStream(new byte[100_000]) { BeforeRead = read => { if (read == 0) Desk.Clock.Advance(TimeSpan.FromMinutes(31)); } };

        var exception = await Assert.ThrowsAsync<ValidationException>(() => Desk.StageAsync(Alice, content));

        Assert.Equal("'printer.png' did not arrive within 00:30:00.", exception.Message);
        (await Shelf.OfAsync(Desk)).HasNothingElse();
    }

    /// <summary>Another node's sweep takes an upload for dead whose process only stood still, and deletes its row before the object is there.</summary>
    [Fact]
    public async Task An_upload_that_was_taken_for_dead_is_refused_and_leaves_nothing()
    {
        await using var other = await Fixture.StartAsync(new DeskSetup { HelpDesk = FaultyStore.Use, Files = Desk.Files });
        other.Clock.SetUtcNow(Desk.Clock.GetUtcNow().AddHours(2));
        var swept = 0;
        var content = new TrickleStream(new byte[10]) { AtEndDo = () => swept = other.SweepFilesAsync(orphans: false).GetAwaiter().GetResult() };

        await Assert.ThrowsAsync<StorageUnavailableException>(() => Desk.StageAsync(Alice, content));

        Assert.Equal(1, swept);
        (await Shelf.OfAsync(Desk)).HasNothingElse();
    }

    private async Task StageAndReplyAsync(Guid ticket, CancellationToken cancellationToken)
    {
        var staged = await Desk.StageAsync(Alice, new TrickleStream(new byte[50_000]), cancellationToken: cancellationToken);
        await Desk.AskAsync(tickets => tickets.ReplyAsync(new ReplyToTicket { Actor = Alice, Ticket = ticket, Body = "See there.", Attachments = [staged.Id] }, cancellationToken));
    }
}
