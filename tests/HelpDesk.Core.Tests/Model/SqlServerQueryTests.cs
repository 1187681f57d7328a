using System.Data;
using System.Globalization;
using System.Data.Common;
using HelpDesk.Attachments;
using HelpDesk.Events;
using HelpDesk.Inbound;
using HelpDesk.Persistence;
using HelpDesk.Service;
using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Model;

/// <summary>The queries as SQL Server would get them, read by its parser: no server is needed for that.</summary>
public sealed class SqlServerQueryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<TicketSort, bool, bool> Lists()
    {
        var lists = new TheoryData<TicketSort, bool, bool>();
        foreach (var sort in Enum.GetValues<TicketSort>())
        {
            foreach (var isAgent in sort == TicketSort.DueAt ? [true] : new[] { true, false })
            {
                lists.Add(sort, true, isAgent);
                lists.Add(sort, false, isAgent);
            }
        }

        return lists;
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task Lists_can_be_parsed(TicketSort sort, bool descending, bool isAgent)
    {
        var server = new NoServer();
        await using var desk = Desk.Create<DeskContext>(
            options => options.UseSqlServer("Server=nowhere.invalid"), new DeskSetup { Context = options => options.AddInterceptors(server, new NoConnection()) });
        var plain = new SearchTickets { Actor = isAgent ? Actors.Ann : Actors.Alice, Sort = sort, Descending = descending };
        var filtered = plain with
        {
            Statuses = [TicketStatus.Open, TicketStatus.Pending],
            Priorities = [TicketPriority.High],
            Category = "Printers",
            Text = "50% größe it's",
        };
        var forAgents = filtered with { Assignee = "ben", Requester = "stranger@example.com", Overdue = true };
        var position = TicketOrder.Of(sort, descending, isAgent)
            .PositionOf(new Ticket("alice", "Subject", TicketPriority.High, null, TicketChannel.Web, null, desk.Clock.GetUtcNow()));

        foreach (var query in isAgent ? new[] { plain, filtered, forAgents, plain with { Assignee = "none", Overdue = false } } : [plain, filtered])
        {
            await desk.SearchAsync(query);
            await desk.SearchAsync(query with { Cursor = Cursor.Create(TicketService.ListName(query, isAgent), position) });
        }

        Assert.Equal(isAgent ? 8 : 4, server.Commands.Count);
        Assert.All(server.Commands, TSql.AssertParses);
    }

    [Fact]
    public async Task Queries_of_one_ticket_can_be_parsed()
    {
        var server = new NoServer();
        await using var desk = Desk.Create<DeskContext>(
            options => options.UseSqlServer("Server=nowhere.invalid"), new DeskSetup { Context = options => options.AddInterceptors(server, new NoConnection()) });

        Assert.Null(await desk.ConversationAsync(Actors.Ann, Guid.NewGuid()));
        Assert.Null(await desk.ConversationAsync(Actors.Alice, "TKT-2026-000001"));
        await Assert.ThrowsAsync<NotFoundException>(() => desk.ReplyAsync(Actors.Ann, Guid.NewGuid()));
        await using var scope = desk.NewScope();
        var messages = ((TicketService)scope.Tickets).MessageRows(Guid.NewGuid(), isInternal: false).OrderByDescending(row => row.Message.Sequence).Take(3);

        Assert.Equal(3, server.Commands.Count);
        Assert.All([.. server.Commands, messages.ToQueryString()], TSql.AssertParses);
    }

    [Fact]
    public async Task Queries_of_files_can_be_parsed()
    {
        var server = new NoServer();
        await using var desk = Desk.Create<DeskContext>(
            options => options.UseSqlServer("Server=nowhere.invalid"), new DeskSetup { Context = options => options.AddInterceptors(server, new NoConnection()) });
        await using var scope = desk.NewScope();
        var ledger = scope.Services.GetRequiredService<UploadLedger>();

        Assert.Null(await scope.Tickets.GetAttachmentAsync(new GetAttachment { Actor = Actors.Alice, Attachment = Guid.NewGuid() }, Token));
        Assert.Equal(["attachments/x"], await ledger.UnknownAsync(["attachments/x"], Token));
        await Assert.ThrowsAsync<ValidationException>(() => scope.Tickets.OpenAsync(
            new OpenTicket { Actor = Actors.Alice, Subject = "S", Body = "B", Attachments = [Guid.NewGuid(), Guid.NewGuid()], IdempotencyKey = "key" }, Token));

        Assert.Equal(7, server.Commands.Count);
        Assert.All(server.Commands, TSql.AssertParses);
        var expired = scope.Context.Set<Upload>().Where(upload => upload.ExpiresAt <= DateTimeOffset.UnixEpoch).OrderBy(upload => upload.ExpiresAt).Select(upload => upload.Id).Take(7).ToQueryString();
        var locking = SqlDialect.For(scope.Context).LockRows<Upload>(scope.Context, expired);
        Assert.Contains("WITH (UPDLOCK, ROWLOCK, READPAST, READCOMMITTEDLOCK)", locking, StringComparison.Ordinal);
        TSql.AssertParses(locking.Replace(expired.Split("SELECT")[0], "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Queries_of_reports_can_be_parsed()
    {
        var server = new NoServer();
        await using var desk = Desk.Create<DeskContext>(
            options => options.UseSqlServer("Server=nowhere.invalid"), new DeskSetup { Context = options => options.AddInterceptors(server, new NoConnection()) });
        await using var scope = desk.NewScope();
        var reports = (TicketReports)scope.Services.GetRequiredService<ITicketReports>();
        var query = new ReportQuery { Actor = Actors.Mia };
        var export = reports.Export(query);

        await reports.GetAsync(query, Token);
        Assert.Empty(await export.Tickets.ToListAsync(Token));
        Assert.Empty(await reports.RowsAsync(Actors.Mia, new ReportSpan(export.From, export.To, export.To), [Guid.NewGuid(), Guid.NewGuid()], Token));

        Assert.Equal(4, server.Commands.Count);
        Assert.All(server.Commands, TSql.AssertParses);
    }

    [Fact]
    public void The_counters_statement_can_be_parsed()
    {
        using var context = DesignTime.SqlServer();

        TSql.AssertParses(SqlDialect.For(context).AddToCounter(context, "@scope", "@count"));
    }

    [Fact]
    public void The_statements_for_agents_and_sweeps_can_be_parsed()
    {
        using var context = DesignTime.SqlServer();
        var dialect = SqlDialect.For(context);
        var due = context.Set<Ticket>().Where(ticket => ticket.SlaCheckAt <= DateTimeOffset.UnixEpoch).OrderBy(ticket => ticket.SlaCheckAt).Select(ticket => ticket.Id).Take(7);
        var locking = dialect.LockRows<Ticket>(context, due.ToQueryString());

        Assert.Contains("WITH (UPDLOCK, ROWLOCK, READPAST, READCOMMITTEDLOCK)", locking, StringComparison.Ordinal);
        Assert.All(
            new[] { string.Format(CultureInfo.InvariantCulture, dialect.AddAgent(context), "@p0", "@p1"), string.Format(CultureInfo.InvariantCulture, dialect.AddLoad(context), "@p0", "@p1") },
            TSql.AssertParses);
        // Declarations of parameters, which ToQueryString writes in front, are not part of what is sent.
        TSql.AssertParses(locking.Replace(due.ToQueryString().Split("SELECT")[0], "", StringComparison.Ordinal));
    }

    [Fact]
    public void A_claim_passes_over_what_is_locked_but_not_when_it_looks_for_earlier_ones()
    {
        using var context = DesignTime.SqlServer();
        var deliveries = context.Set<Delivery>();
        var first = deliveries
            .Where(delivery => !deliveries.Any(earlier => earlier.TicketId == delivery.TicketId && earlier.TicketSequence < delivery.TicketSequence))
            .OrderBy(delivery => delivery.NextAttemptAt).Select(delivery => delivery.Id).Take(7);

        var locking = SqlDialect.For(context).LockRows<Delivery>(context, first.ToQueryString());

        Assert.Equal(2, locking.Split("WITH (UPDLOCK, ROWLOCK, READPAST, READCOMMITTEDLOCK)").Length);
        Assert.Equal(2, locking.Split("WITH (READCOMMITTEDLOCK)").Length);
        TSql.AssertParses(locking.Replace(first.ToQueryString().Split("SELECT")[0], "", StringComparison.Ordinal));
    }

    [Fact]
    public void The_claim_of_received_mail_can_be_parsed()
    {
        using var context = DesignTime.SqlServer();
        var mails = context.Set<InboundMail>();
        var first = mails
            .Where(mail => mail.State == InboundMailState.Received && !mails.Any(earlier => earlier.From == mail.From && earlier.ReceivedAt < mail.ReceivedAt))
            .OrderBy(mail => mail.ReceivedAt).Select(mail => mail.Id).Take(7);

        var locking = SqlDialect.For(context).LockRows<InboundMail>(context, first.ToQueryString());

        Assert.Equal(2, locking.Split("WITH (UPDLOCK, ROWLOCK, READPAST, READCOMMITTEDLOCK)").Length);
        TSql.AssertParses(locking.Replace(first.ToQueryString().Split("SELECT")[0], "", StringComparison.Ordinal));
    }

    private sealed class NoConnection : DbConnectionInterceptor
    {
        public override ValueTask<InterceptionResult> ConnectionOpeningAsync(
            DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
            new(InterceptionResult.Suppress());
    }

    private sealed class NoServer : DbCommandInterceptor
    {
        public List<string> Commands { get; } = [];

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Commands.Add(command.CommandText);
            using var nothing = new DataTable();
            return new ValueTask<InterceptionResult<DbDataReader>>(InterceptionResult<DbDataReader>.SuppressWithResult(nothing.CreateDataReader()));
        }
    }
}
