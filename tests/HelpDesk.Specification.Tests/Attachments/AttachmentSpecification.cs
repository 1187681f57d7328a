using System.Security.Cryptography;
using System.Text;
using HelpDesk.Attachments;
using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Specification.Attachments;

/// <summary>How files come to a message, and who gets them.</summary>
public abstract class AttachmentSpecification(HelpDeskFixture fixture) : AttachmentTest(fixture)
{
    [Fact]
    public async Task A_ticket_is_opened_with_files_in_the_order_of_the_command()
    {
        var first = await Desk.StageAsync(Alice, "one", "b.txt");
        var second = await Desk.StageAsync(Alice, "two", "a.txt");
        var third = await Desk.StageAsync(Alice, "three", "c.txt");

        var opened = await OpenWithAsync(Alice, third.Id, first.Id, second.Id);

        var read = await Desk.ConversationAsync(Ann, opened.Ticket().Id);
        Assert.All([opened, read], conversation => Assert.Equal(["c.txt", "b.txt", "a.txt"], Files(conversation!).Select(file => file.FileName)));
        Assert.Equal([third.Id, first.Id, second.Id], Files(read!).Select(file => file.Id));
        Assert.Equal("two", await ReadAsync(Alice, second.Id));
        // As a message's key, it must not count.
        Assert.All([first, second, third], file => Assert.Equal(7, file.Id.Version));
    }

    [Fact]
    public async Task A_reply_and_a_note_bring_files()
    {
        var ticket = await Desk.OpenAsync(Alice);

        var reply = await ReplyWithAsync(Ann, ticket.Id, (await Desk.StageAsync(Ann, "answer")).Id);
        var noted = await Desk.StageAsync(Ann, "secret");
        await Desk.AskAsync(tickets => tickets.ReplyAsync(new ReplyToTicket { Actor = Ann, Ticket = ticket.Id, Body = "Among us", IsPrivate = true, Attachments = [noted.Id] }, Token));

        var file = Assert.Single(reply.Message.Attachments);
        Assert.Equal(("answer", "answer"), (await ReadAsync(Alice, file.Id), await ReadAsync(Ben, file.Id)));
        Assert.Equal((null, "secret"), (await ReadAsync(Alice, noted.Id), await ReadAsync(Ben, noted.Id)));
        Assert.DoesNotContain(Files((await Desk.ConversationAsync(Alice, ticket.Id))!), shown => shown.Id == noted.Id);
    }

    [Fact]
    public async Task What_is_known_of_a_file_is_measured_and_not_believed()
    {
        var bytes = Encoding.UTF8.GetBytes(new string('x', 100_000));

        var staged = await Desk.StageAsync(Alice, new TrickleStream(bytes), "..\\..\\réport.PDF", "Application/PDF; charset=utf-8; x=\"y\"");
        await OpenWithAsync(Alice, staged.Id);

        Assert.Equal(("réport.PDF", "application/pdf", 100_000L, Convert.ToHexStringLower(SHA256.HashData(bytes))), (staged.FileName, staged.ContentType, staged.Size, staged.Sha256));
        await using var scope = Desk.NewScope();
        var file = (await scope.Tickets.GetAttachmentAsync(new GetAttachment { Actor = Alice, Attachment = staged.Id }, Token))!;
        Assert.Equal((staged.FileName, staged.ContentType, staged.Size, staged.Sha256), (file.FileName, file.ContentType, file.Size, file.Sha256));
        var stored = await scope.Context.Set<TicketAttachment>().SingleAsync(attachment => attachment.Id == staged.Id, Token);
        Assert.Matches("^attachments/[0-9a-f]{16}/20[0-9]{2}/[01][0-9]/[0-9a-f]{32}$", stored.StorageKey);
    }

    [Fact]
    public async Task A_file_can_be_read_from_any_position()
    {
        var staged = await Desk.StageAsync(Alice, "0123456789");
        await OpenWithAsync(Alice, staged.Id);
        await using var scope = Desk.NewScope();
        var file = (await scope.Tickets.GetAttachmentAsync(new GetAttachment { Actor = Alice, Attachment = staged.Id }, Token))!;
        await using var stream = file.OpenRead();
        var two = new byte[2];

        stream.Seek(-3, SeekOrigin.End);
        await stream.ReadExactlyAsync(two, Token);
        Assert.Equal("78"u8, two);
        stream.Position = 1;
        await stream.ReadExactlyAsync(two, Token);
        Assert.Equal("12"u8, two);
        Assert.Equal((3, 10), (stream.Position, stream.Length));
    }

    [Fact]
    public async Task Nobody_takes_a_file_of_somebody_else()
    {
        var staged = await Desk.StageAsync(Alice);
        var ticket = await Desk.OpenAsync(Alice);

        foreach (var other in new[] { Bob, Ann, Mia, Actor.System("alice") })
            await RefusedAsync(() => ReplyOrOpenAsync(other));

        Assert.Equal(0, await Desk.DiscardAsync(Bob, staged.Id));
        Assert.Equal(0, await Desk.DiscardAsync(Actor.System("alice"), staged.Id));
        await ReplyWithAsync(Alice, ticket.Id, staged.Id);

        Task ReplyOrOpenAsync(Actor other) => other.Kind == ActorKind.System
            ? ReplyWithAsync(other, ticket.Id, staged.Id)
            : OpenWithAsync(other, staged.Id);
    }

    [Fact]
    public async Task A_file_is_taken_once()
    {
        var staged = await Desk.StageAsync(Alice);
        var ticket = await Desk.OpenAsync(Alice);
        await ReplyWithAsync(Alice, ticket.Id, staged.Id);

        await RefusedAsync(() => ReplyWithAsync(Alice, ticket.Id, staged.Id));
        await RefusedAsync(() => OpenWithAsync(Alice, staged.Id));

        Assert.Equal(2, (await Desk.TextsAsync(Alice, ticket.Id)).Count);
    }

    [Fact]
    public async Task Of_twenty_commands_at_once_one_takes_the_file()
    {
        var staged = await Desk.StageAsync(Alice);
        var ticket = await Desk.OpenAsync(Alice);

        var outcomes = await Writers.AtOnce.RecordAsync(20, _ => ReplyWithAsync(Alice, ticket.Id, staged.Id));

        Assert.Equal(1, outcomes.Count(outcome => outcome is null));
        Assert.All(outcomes.OfType<Exception>(), outcome => Assert.Contains("attachments", Assert.IsType<ValidationException>(outcome).Errors.Keys));
        Assert.Equal("What burns.", await ReadAsync(Ann, staged.Id));
    }

    [Fact]
    public async Task What_was_never_staged_or_is_named_twice_or_is_too_much_is_refused()
    {
        var staged = await Desk.StageAsync(Alice);

        await RefusedAsync(() => OpenWithAsync(Alice, Guid.NewGuid()));
        await RefusedAsync(() => OpenWithAsync(Alice, Guid.Empty));
        await RefusedAsync(() => OpenWithAsync(Alice, staged.Id, staged.Id));
        await RefusedAsync(() => OpenWithAsync(Alice, [.. Enumerable.Range(0, 11).Select(_ => Guid.NewGuid())]));

        await OpenWithAsync(Alice, staged.Id);
    }

    [Fact]
    public async Task A_refused_command_takes_nothing()
    {
        var staged = await Desk.StageAsync(Alice);
        var ticket = await Desk.OpenAsync(Bob);

        await Assert.ThrowsAsync<NotFoundException>(() => ReplyWithAsync(Alice, ticket.Id, staged.Id));
        await Assert.ThrowsAsync<ValidationException>(() => Desk.AskAsync(tickets =>
            tickets.OpenAsync(new OpenTicket { Actor = Alice, Subject = "", Body = "Text", Attachments = [staged.Id] }, Token)));

        await OpenWithAsync(Alice, staged.Id);
    }

    [Fact]
    public async Task What_is_discarded_is_gone_at_once_and_what_was_taken_stays()
    {
        var (discarded, taken) = (await Desk.StageAsync(Alice), await Desk.StageAsync(Alice, "kept"));
        await OpenWithAsync(Alice, taken.Id);

        Assert.Equal(1, await Desk.DiscardAsync(Alice, discarded.Id, taken.Id, Guid.NewGuid()));

        Assert.Equal("kept", await ReadAsync(Alice, taken.Id));
        await RefusedAsync(() => OpenWithAsync(Alice, discarded.Id));
        (await Shelf.OfAsync(Desk)).HasNothingElse();
    }

    [Fact]
    public async Task A_requesters_reply_to_a_closed_ticket_takes_its_files_along()
    {
        var ticket = await Desk.OpenAsync(Alice);
        await Desk.CloseAsync(Mia, ticket.Id);
        var staged = await Desk.StageAsync(Alice);

        var receipt = await ReplyWithAsync(Alice, ticket.Id, staged.Id);

        Assert.NotEqual(ticket.Id, receipt.TicketId);
        Assert.Equal(staged.Id, Assert.Single(Files((await Desk.ConversationAsync(Alice, receipt.TicketId))!)).Id);
    }

    [Fact]
    public async Task A_repetition_under_a_key_is_known_by_its_files_whether_they_were_staged_again_or_not()
    {
        var ticket = await Desk.OpenAsync(Alice);
        var staged = await Desk.StageAsync(Alice, "same");
        var first = await ReplyAsync("same", staged.Id);

        Assert.Equal(first.Message.Id, (await ReplyAsync("same", staged.Id)).Message.Id);
        var again = await Desk.StageAsync(Alice, "same");
        Assert.Equal(first.Message.Id, (await ReplyAsync("same", again.Id)).Message.Id);
        await Assert.ThrowsAsync<IdempotencyKeyReusedException>(async () => await ReplyAsync("same", (await Desk.StageAsync(Alice, "other")).Id));
        await Assert.ThrowsAsync<IdempotencyKeyReusedException>(async () => await ReplyAsync("same", (await Desk.StageAsync(Alice, "same", "other.png")).Id));
        await Assert.ThrowsAsync<IdempotencyKeyReusedException>(() => ReplyAsync("same"));
        await Assert.ThrowsAsync<IdempotencyKeyReusedException>(() => ReplyAsync("same", staged.Id, again.Id));

        Assert.Equal(staged.Id, Assert.Single(Files((await Desk.ConversationAsync(Alice, ticket.Id))!)).Id);
        Assert.Equal(1, await Desk.DiscardAsync(Alice, again.Id));

        Task<MessageReceipt> ReplyAsync(string key, params IReadOnlyList<Guid> uploads) => Desk.AskAsync(tickets => tickets.ReplyAsync(
            new ReplyToTicket { Actor = Alice, Ticket = ticket.Id, Body = "Keyed", IdempotencyKey = key, Attachments = uploads }, Token));
    }

    [Fact]
    public async Task A_file_is_as_visible_as_its_message()
    {
        var own = await Desk.StageAsync(Alice);
        var waiting = await Desk.StageAsync(Alice);
        await OpenWithAsync(Alice, own.Id);

        Assert.NotNull(await ReadAsync(Alice, own.Id));
        Assert.NotNull(await ReadAsync(Ann, own.Id));
        Assert.Null(await ReadAsync(Bob, own.Id));
        Assert.Null(await ReadAsync(Alice, waiting.Id));
        Assert.Null(await ReadAsync(Root, waiting.Id));
        Assert.Null(await ReadAsync(Root, Guid.NewGuid()));
    }

    [Fact]
    public async Task A_file_that_the_store_has_lost_is_not_found_and_a_store_that_is_away_is_not_available()
    {
        var staged = await Desk.StageAsync(Alice);
        await OpenWithAsync(Alice, staged.Id);

        Store.Fault = StoreFault.OpenRefused;
        await Assert.ThrowsAsync<StorageUnavailableException>(() => ReadAsync(Alice, staged.Id));
        Store.Fault = StoreFault.None;
        var lost = Desk.ReadAsync(context => context.Set<TicketAttachment>().Where(attachment => attachment.Id == staged.Id).Select(attachment => attachment.StorageKey).SingleAsync(Token));
        await Store.DeleteAsync(await lost, Token);
        await Assert.ThrowsAsync<NotFoundException>(() => ReadAsync(Alice, staged.Id));
        await Desk.ReadAsync(context => context.Set<TicketAttachment>().Where(attachment => attachment.Id == staged.Id).ExecuteDeleteAsync(Token));
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    [InlineData(10_000_000, false)]
    public async Task A_file_that_is_too_large_is_refused_while_it_comes_and_leaves_nothing(int size, bool isAllowed)
    {
        await using var desk = await StartAsync(options => options.Limits.AttachmentSize = 100);
        var read = 0;
        var content = new TrickleStream(new byte[size]) { BeforeRead = position => read = position };

        if (isAllowed)
        {
            var staged = await desk.StageAsync(Alice, content);
            Assert.Equal(1, await desk.DiscardAsync(Alice, staged.Id));
        }
        else
        {
            var exception = await Assert.ThrowsAsync<TooLargeException>(() => desk.StageAsync(Alice, content));
            Assert.Equal("'printer.png' is larger than a file may be: 100 bytes.", exception.Message);
        }

        Assert.True(read < 100_000, $"{read} bytes were read.");
        Assert.True(isAllowed || size == 101 || read < size);
        (await Shelf.OfAsync(desk)).HasNothingElse();
    }

    [Fact]
    public async Task A_file_that_is_not_what_its_name_says_is_refused_with_its_first_bytes()
    {
        await using var desk = await StartAsync(options => options.Attachments.AllowedExtensions.Add(".png"));
        var read = 0;
        var content = new TrickleStream(new byte[5_000_000]) { Step = 7, BeforeRead = position => read = position };

        await RefusedAsync(() => desk.StageAsync(Alice, content));

        Assert.InRange(read, 0, 16);
        (await Shelf.OfAsync(desk)).HasNothingElse();
    }

    [Theory]
    [InlineData("photo.PNG", "\u0089PNG\r\n\u001a\n....", true)]
    [InlineData("photo.png", "<html>", false)]
    [InlineData("photo.png", "", false)]
    [InlineData("report.pdf", "%PDF-1.7 ...", true)]
    [InlineData("report.pdf", "MZ", false)]
    [InlineData("notes.txt", "anything", true)]
    [InlineData("run.exe", "MZ", false)]
    [InlineData("report.pdf.exe", "%PDF-1.7", false)]
    [InlineData("noextension", "x", false)]
    public async Task Where_types_are_restricted_name_and_first_bytes_must_fit(string name, string latin, bool isAllowed)
    {
        await using var desk = await StartAsync(options => Array.ForEach([".png", ".PDF", ".txt"], options.Attachments.AllowedExtensions.Add));

        var exception = await Record.ExceptionAsync(() => desk.StageAsync(Alice, new MemoryStream(Encoding.Latin1.GetBytes(latin)), name));

        if (isAllowed)
            Assert.Null(exception);
        else
            Assert.Contains("attachments", Assert.IsType<ValidationException>(exception).Errors.Keys);
        Assert.Equal(isAllowed ? 1 : 0, (await Shelf.OfAsync(desk)).Objects.Count);
    }

    [Fact]
    public async Task A_scanner_keeps_a_file_in_quarantine_until_it_has_called_it_clean()
    {
        var scanner = new TestScanner();
        await using var desk = await Fixture.StartAsync(new DeskSetup
        {
            HelpDesk = builder =>
            {
                FaultyStore.Use(builder);
                builder.Services.AddSingleton<IAttachmentScanner>(scanner);
            },
        });
        scanner.Scan = async file =>
        {
            // It is stored by now, and nobody can take it.
            using var reader = new StreamReader(file.Content, leaveOpen: true);
            var text = await reader.ReadToEndAsync(Token);
            var id = await desk.ReadAsync(context => context.Set<Upload>().Where(upload => upload.FileName == file.FileName && upload.State == UploadState.Pending).Select(upload => upload.Id).SingleAsync(Token));
            await RefusedAsync(() => desk.AskAsync(tickets => tickets.OpenAsync(new OpenTicket { Actor = Alice, Subject = "Early", Body = "Text", Attachments = [id] }, Token)));
            return text.Contains("EICAR", StringComparison.Ordinal) ? ScanVerdict.Infected("Eicar-Test") : ScanVerdict.Clean;
        };

        var clean = await desk.StageAsync(Alice, "harmless", "clean.txt");
        await RefusedAsync(() => desk.StageAsync(Alice, "X5O EICAR", "bad.txt"));
        foreach (var failure in new Exception[] { new TimeoutException("clamd does not answer."), new NotFoundException(), new ForbiddenException() })
        {
            scanner.Scan = _ => throw failure;
            await Assert.ThrowsAsync<StorageUnavailableException>(() => desk.StageAsync(Alice, "unknown", "unscanned.txt"));
        }

        Assert.Equal(1, await desk.DiscardAsync(Alice, clean.Id));
        (await Shelf.OfAsync(desk)).HasNothingElse();
    }

    [Fact]
    public async Task A_transaction_of_the_host_takes_what_was_staged_before_it_and_gives_it_back_when_it_is_rolled_back()
    {
        var staged = await Desk.StageAsync(Alice);
        var ticket = await Desk.OpenAsync(Alice);
        await using (var scope = Desk.NewScope())
        {
            await using var transaction = await scope.Context.Database.BeginTransactionAsync(Token);
            await scope.Tickets.ReplyAsync(new ReplyToTicket { Actor = Alice, Ticket = ticket.Id, Body = "Lost", Attachments = [staged.Id] }, Token);
            await transaction.RollbackAsync(Token);
        }

        Assert.Null(await ReadAsync(Alice, staged.Id));
        await ReplyWithAsync(Alice, ticket.Id, staged.Id);
        Assert.Equal("What burns.", await ReadAsync(Alice, staged.Id));
    }

    [Fact]
    public async Task An_upload_is_never_a_part_of_the_hosts_transaction()
    {
        await using var scope = Desk.NewScope();
        scope.Context.Add(new HostOrder { Text = "pending" });
        var uploads = scope.Services.GetRequiredService<IAttachmentUploads>();
        Guid id;
        await using (var transaction = await scope.Context.Database.BeginTransactionAsync(Token))
        {
            if (Fixture.Name == "Sqlite")
            {
                var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => StageAsync());
                Assert.Contains("before you begin it", exception.Message, StringComparison.Ordinal);
                return;
            }

            id = (await StageAsync()).Id;
            await transaction.RollbackAsync(Token);
        }

        Assert.Equal(EntityState.Added, scope.Context.ChangeTracker.Entries<HostOrder>().Single().State);
        await OpenWithAsync(Alice, id);

        Task<StagedUpload> StageAsync() => uploads.StageAsync(
            new StageUpload { Actor = Alice, FileName = "a.txt", Content = new MemoryStream("text"u8.ToArray()) }, Token);
    }

    /// <summary>A scope has no savepoint to return to: the uploads are locked before they are read.</summary>
    [Fact]
    public async Task A_TransactionScope_takes_files_and_gives_them_back()
    {
        Assert.SkipWhen(Fixture.Name == "Sqlite", "SQLite has no TransactionScope.");
        var staged = await Desk.StageAsync(Alice);
        var ticket = await Desk.OpenAsync(Alice);
        foreach (var completes in new[] { false, true })
        {
            var options = new System.Transactions.TransactionOptions { IsolationLevel = System.Transactions.IsolationLevel.ReadCommitted };
            using var scope = new System.Transactions.TransactionScope(System.Transactions.TransactionScopeOption.Required, options, System.Transactions.TransactionScopeAsyncFlowOption.Enabled);
            await ReplyWithAsync(Alice, ticket.Id, staged.Id);
            // Apart from the scope, which may be lost.
            var apart = await Desk.StageAsync(Alice, "apart");
            if (completes)
                scope.Complete();
            scope.Dispose();

            Assert.Equal(completes ? "What burns." : null, await ReadAsync(Alice, staged.Id));
            await ReplyWithAsync(Alice, ticket.Id, apart.Id);
        }
    }

    private Task<Desk> StartAsync(Action<HelpDeskOptions> options) => Fixture.StartAsync(new DeskSetup { Options = options, HelpDesk = FaultyStore.Use });

    private static async Task RefusedAsync(Func<Task> act) =>
        Assert.Contains("attachments", (await Assert.ThrowsAsync<ValidationException>(act)).Errors.Keys);

    private static IEnumerable<AttachmentView> Files(TicketConversation conversation) => conversation switch
    {
        RequesterConversation own => own.Messages.SelectMany(message => message.Attachments),
        AgentConversation any => any.Messages.SelectMany(message => message.Attachments),
        _ => throw new ArgumentOutOfRangeException(nameof(conversation)),
    };

    private sealed class TestScanner : IAttachmentScanner
    {
        public Func<AttachmentScan, Task<ScanVerdict>> Scan { get; set; } = _ => Task.FromResult(ScanVerdict.Clean);

        public Task<ScanVerdict> ScanAsync(AttachmentScan file, CancellationToken cancellationToken) => Scan(file);
    }
}
