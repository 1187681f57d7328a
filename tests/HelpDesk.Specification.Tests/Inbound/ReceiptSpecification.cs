using System.Text;
using HelpDesk.Attachments;
using HelpDesk.Events;
using HelpDesk.Inbound;
using HelpDesk.Specification.Attachments;
using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Specification.Inbound;

/// <summary>What was received is safe, and is received once.</summary>
public abstract class ReceiptSpecification(HelpDeskFixture fixture) : MailTest(fixture)
{
    [Fact]
    public async Task Twenty_deliveries_under_one_key_at_once_are_one_message()
    {
        var mail = new Eml().ToBytes();

        var receipts = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => ReceiveAsync(Desk, mail, key: "one-token"), Token)));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(ProcessAsync, Token)));

        Assert.Single(receipts, receipt => !receipt.IsDuplicate);
        Assert.Single(receipts.Select(receipt => receipt.Id).Distinct());
        Assert.Equal(1, await CountAsync<InboundMail>());
        Assert.Equal(0, await CountAsync<Upload>());
        var ticket = (await FindAsync(receipts[0].Id)).TicketId!.Value;
        Assert.Single(await TextsAsync(ticket));
        Assert.Single(Directory.EnumerateFiles(Desk.Files, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_key_that_was_used_brings_no_other_mail()
    {
        var first = await ReceiveAsync(new Eml(), key: "used");

        var second = await ReceiveAsync(new Eml { From = "mallory@example.net", Body = "Another body." }, key: "used");
        await ProcessAsync();

        Assert.Equal((first.Id, true), (second.Id, second.IsDuplicate));
        Assert.Equal(1, await CountAsync<InboundMail>());
    }

    [Fact]
    public async Task The_same_mail_by_another_delivery_is_a_duplicate_and_its_key_is_used_up_too()
    {
        var mail = new Eml();
        var first = await ReceiveAsync(mail);

        var second = await ReceiveAsync(mail with { Headers = ["Received: by another way"] }, key: "second");
        var forged = await ReceiveAsync(new Eml { Body = "With the key of the second." }, key: "second");
        await ProcessAsync();

        Assert.Equal((first.Id, true), (second.Id, second.IsDuplicate));
        Assert.True(forged.IsDuplicate);
        Assert.Single(await TextsAsync((await FindAsync(first.Id)).TicketId!.Value));
        Assert.Equal(1, await Desk.ReadAsync(context => context.Set<InboundMail>().CountAsync(row => row.State == InboundMailState.Rejected, Token)));
    }

    [Fact]
    public async Task Twenty_deliveries_of_one_mail_under_their_own_keys_at_once_are_one_message()
    {
        var mail = new Eml().ToBytes();

        var receipts = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => ReceiveAsync(Desk, mail), Token)));
        await ProcessAsync();

        Assert.Single(receipts, receipt => !receipt.IsDuplicate);
        Assert.Equal(1, await Desk.ReadAsync(context => context.Set<InboundMail>().CountAsync(row => row.State == InboundMailState.Processed, Token)));
    }

    [Fact]
    public async Task Only_the_same_mailbox_message_id_and_content_are_a_duplicate()
    {
        var mail = new Eml();
        await ReceiveAsync(mail);

        Assert.False((await ReceiveAsync(mail with { Body = "Other content." })).IsDuplicate);
        Assert.False((await ReceiveAsync(mail with { Subject = "Other subject" })).IsDuplicate);
        Assert.False((await ReceiveAsync(mail, recipient: "billing@desk.example")).IsDuplicate);
        Assert.False((await ReceiveAsync(mail with { MessageId = "<other@example.net>" })).IsDuplicate);
        Assert.True((await ReceiveAsync(mail, recipient: "SUPPORT@desk.example")).IsDuplicate);
    }

    [Fact]
    public async Task Without_a_message_id_the_content_decides()
    {
        var mail = new Eml { MessageId = null, Body = "Thanks." };
        await ReceiveAsync(mail);

        Assert.True((await ReceiveAsync(mail)).IsDuplicate);
        Assert.False((await ReceiveAsync(mail with { From = "other@example.net" })).IsDuplicate);
    }

    [Fact]
    public async Task A_duplicate_is_known_for_as_long_as_its_record_is_kept()
    {
        var mail = new Eml();
        await ReceiveAsync(mail);
        await ProcessAsync();
        Desk.Clock.Advance(TimeSpan.FromDays(8));
        await RetainAsync();

        Assert.True((await ReceiveAsync(mail)).IsDuplicate);
    }

    [Theory]
    [InlineData(StoreFault.PutRefused)]
    [InlineData(StoreFault.PutBroken)]
    [InlineData(StoreFault.PutAnswerLost)]
    [InlineData(StoreFault.WrongSize)]
    [InlineData(StoreFault.WrongChecksum)]
    [InlineData(StoreFault.StopsReading)]
    public async Task Where_the_store_fails_there_is_no_row_and_the_same_delivery_can_come_again(StoreFault fault)
    {
        var mail = new Eml();
        Store.Fault = fault;
        await Assert.ThrowsAsync<StorageUnavailableException>(() => ReceiveAsync(mail, key: "again"));
        Assert.Equal(0, await CountAsync<InboundMail>());

        Store.Fault = StoreFault.None;
        Assert.False((await ReceiveAsync(mail, key: "again")).IsDuplicate);
        await ProcessAsync();
        Assert.Equal(1, await Desk.ReadAsync(context => context.Set<InboundMail>().CountAsync(row => row.State == InboundMailState.Processed, Token)));
    }

    [Fact]
    public async Task A_mail_above_the_maximum_is_refused_and_leaves_nothing()
    {
        await using var desk = await Fixture.StartAsync(MailSetup(options => options.Inbound.MaximumSize = 2000));

        await Assert.ThrowsAsync<TooLargeException>(() => ReceiveAsync(desk, new Eml { Body = new string('x', 3000) }.ToBytes()));

        Assert.Empty(Directory.Exists(desk.Files) ? Directory.EnumerateFiles(desk.Files, "*", SearchOption.AllDirectories) : []);
        Assert.Equal(0, await CountAsync<InboundMail>());
    }

    [Fact]
    public async Task Peoples_limits_do_not_bind_mail()
    {
        await using var desk = await Fixture.StartAsync(MailSetup(options =>
        {
            options.Limits.BodyLength = 10;
            options.Limits.AttachmentSize = 10;
            options.Limits.SubjectLength = 10;
        }));

        var receipt = await ReceiveAsync(desk, new Eml { Body = new string('x', 3000), Subject = new string('s', 400) }.ToBytes());
        Assert.Equal(1, (await ProcessAsync(desk)).Processed);

        var ticket = (await desk.SeeAsync(Ann, (await FindAsync(receipt.Id)).TicketId!.Value));
        Assert.Equal(255, ticket.Subject.Length);
        Assert.EndsWith("…", ticket.Subject, StringComparison.Ordinal);
        Assert.Equal(3000, (await desk.TextsAsync(Ann, ticket.Id))[0].Length);
    }

    [Fact]
    public async Task Neither_sweep_of_files_takes_the_raw_mail()
    {
        var receipt = await ReceiveAsync(new Eml());
        // Past the time that the disk has written down.
        Desk.Clock.SetUtcNow(TimeProvider.System.GetUtcNow() + TimeSpan.FromDays(30));

        await Desk.SweepFilesAsync();

        Assert.Equal(1, (await ProcessAsync()).Processed);
        Assert.Equal(InboundMailState.Processed, (await FindAsync(receipt.Id)).State);
    }

    [Fact]
    public async Task Raw_mail_is_kept_for_ninety_days_and_what_is_held_until_somebody_decides()
    {
        var done = await DeliverAsync(new Eml());
        var held = await DeliverAsync(new Eml { From = null });
        Assert.Equal(InboundMailState.Held, held.State);
        Desk.Clock.Advance(TimeSpan.FromDays(89));
        Assert.Equal(0, (await RetainAsync()).Mails);

        Desk.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(1, (await RetainAsync()).Mails);
        await Desk.SweepFilesAsync();

        Assert.Equal(held.Id, (await Desk.ReadAsync(context => context.Set<InboundMail>().AsNoTracking().SingleAsync(Token))).Id);
        Assert.Single(Directory.EnumerateFiles(Desk.Files, "*", SearchOption.AllDirectories));
        Assert.Single(await TextsAsync(done.TicketId!.Value));
    }

    [Fact]
    public async Task It_is_refused_inside_a_transaction_of_the_host()
    {
        await using var scope = Desk.NewScope();
        await using var transaction = await scope.Context.Database.BeginTransactionAsync(Token);
        var processor = scope.Services.GetRequiredService<IInboundEmailProcessor>();
        var mail = new InboundEmail { Source = TestSource.Called, DeliveryKey = "t", Recipient = Support, Content = new MemoryStream(new Eml().ToBytes()) };

        await Assert.ThrowsAsync<InvalidOperationException>(() => processor.ReceiveAsync(mail, Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => processor.ProcessAsync(Token));
    }

    [Fact]
    public async Task A_source_that_nobody_registered_is_a_mistake_of_the_host()
    {
        await using var scope = Desk.NewScope();
        var mail = new InboundEmail { Source = "pigeon", DeliveryKey = "t", Recipient = Support, Content = new MemoryStream() };

        var exception = await Assert.ThrowsAsync<ArgumentException>(() => scope.Services.GetRequiredService<IInboundEmailProcessor>().ReceiveAsync(mail, Token));
        Assert.Contains("AddInboundSource", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r\n\r\n")]
    [InlineData("\0\0\0\u00ff")]
    [InlineData("no header at all")]
    [InlineData("From: \"=?utf-8?Q?=FF=FE?= <a b\r\nSubject: =?x?y?z?=\r\n\r\nx")]
    public async Task Whatever_comes_is_stored_and_shown_to_agents(string raw)
    {
        var receipt = await ReceiveAsync(Desk, Encoding.Latin1.GetBytes(raw));
        await ProcessAsync();

        var mail = await FindAsync(receipt.Id);
        Assert.True(mail.State is InboundMailState.Held or InboundMailState.Failed, $"{mail.State}");
        Assert.NotEmpty(mail.Reason!);
    }

    private async Task<RetentionResult> RetainAsync()
    {
        await using var scope = Desk.NewScope();
        return await scope.Services.GetRequiredService<IRetentionSweep>().RunAsync(Token);
    }
}
