using HelpDesk.Inbound;
using HelpDesk.Inbound.Pickup;
using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Specification.Inbound;

/// <summary>Mail from a folder: no provider, the same rules.</summary>
public abstract class PickupFolderSpecification(HelpDeskFixture fixture) : MailTest(fixture)
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"helpdesk-pickup-{Guid.NewGuid():N}");

    protected override DeskSetup Setup => MailSetup(
        options => (options.Inbound.Pickup.Path, options.Inbound.Pickup.AuthenticationServer) = (folder, "mx.desk.example"),
        builder => builder.AddPickupFolderInbound(pickup => pickup.Interval = TimeSpan.FromSeconds(2)));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_file_is_a_mail_and_is_gone_once_it_is_received()
    {
        await DropAsync("1.eml", new Eml { Headers = [$"Delivered-To: {Support}"] });
        await DropAsync("2.tmp", new Eml());

        Assert.Equal(1, await CollectAsync());

        Assert.Equal(["2.tmp"], Directory.GetFiles(folder).Select(Path.GetFileName));
        Assert.Equal(1, (await ProcessAsync()).Processed);
        var mail = await Desk.ReadAsync(context => context.Set<InboundMail>().AsNoTracking().SingleAsync(Token));
        Assert.Equal(("pickup", Support, Zoe), (mail.Source, mail.Recipient, mail.From));
    }

    [Fact]
    public async Task A_file_that_was_received_and_not_deleted_is_not_received_twice()
    {
        await DropAsync("1.eml", new Eml { Headers = [$"Delivered-To: {Support}"] });
        var copy = await File.ReadAllBytesAsync(Path.Combine(folder, "1.eml"), Token);
        await CollectAsync();
        await File.WriteAllBytesAsync(Path.Combine(folder, "1.eml"), copy, Token);

        await CollectAsync();

        Assert.Equal(1, (await ProcessAsync()).Processed);
    }

    [Fact]
    public async Task Without_a_recipient_it_is_moved_aside()
    {
        await DropAsync("1.eml", new Eml());

        Assert.Equal(0, await CollectAsync());

        Assert.True(File.Exists(Path.Combine(folder, "rejected", "1.eml")));
    }

    [Fact]
    public async Task While_the_store_is_away_the_file_stays()
    {
        await DropAsync("1.eml", new Eml { Headers = [$"Delivered-To: {Support}"] });
        Store.Fault = Attachments.StoreFault.PutRefused;
        await Assert.ThrowsAsync<StorageUnavailableException>(CollectAsync);
        Assert.True(File.Exists(Path.Combine(folder, "1.eml")));

        Store.Fault = Attachments.StoreFault.None;
        Assert.Equal(1, await CollectAsync());
    }

    [Theory]
    [InlineData("mx.desk.example; spf=pass smtp.mailfrom=ann@example.org", InboundMailState.Processed)]
    [InlineData("mx.desk.example; dmarc=pass (p=reject) header.from=example.org", InboundMailState.Processed)]
    [InlineData("mx.desk.example; dkim=pass header.d=example.org header.s=k1", InboundMailState.Processed)]
    [InlineData("mx.desk.example; spf=pass smtp.mailfrom=evil.example", InboundMailState.Held)]
    [InlineData("mx.evil.example; spf=pass smtp.mailfrom=example.org", InboundMailState.Held)]
    [InlineData("mx.desk.example; none", InboundMailState.Held)]
    [InlineData("mx.desk.example; spf=pass smtp.mailfrom==?utf-8?Q?x=3Bdkim=3Dpass=20header.d=3Dexample.org=3Bx?=@evil.example", InboundMailState.Held)]
    [InlineData("mx.desk.example; spf=pass smtp.mailfrom=\"x;dkim=pass header.d=example.org;x\"@evil.example", InboundMailState.Held)]
    [InlineData("mx.desk.example; spf=pass (a (b) ; dkim=pass header.d=example.org) smtp.mailfrom=evil.example", InboundMailState.Held)]
    [InlineData("mx.desk.example; spf=pass ) ; dkim=pass header.d=example.org", InboundMailState.Held)]
    [InlineData("mx.desk.example; dmarc=pass (p=reject (dis=none)) header.from=example.org", InboundMailState.Processed)]
    [InlineData("mx.desk.example; spf=pass smtp.mailfrom=example.org; dmarc=fail header.from=example.org", InboundMailState.Held)]
    public async Task An_agent_is_believed_by_the_word_of_the_own_mail_server(string results, InboundMailState state)
    {
        var ticket = (await Desk.OpenAsync(Alice)).Id;
        await DropAsync("1.eml", new Eml { From = "ann@example.org", Headers = [$"Delivered-To: {await AnnsAddressAsync(ticket)}", $"Authentication-Results: {results}"], Body = "Unplug it." });

        await CollectAsync();
        await ProcessAsync();

        Assert.Equal(state, (await Desk.ReadAsync(context => context.Set<InboundMail>().AsNoTracking().SingleAsync(Token))).State);
    }

    [Theory]
    [InlineData("mx.evil.example; x=\"y\"", InboundMailState.Processed)]
    [InlineData("mx.evil.example; (", InboundMailState.Processed)]
    public async Task What_other_servers_say_counts_for_nothing(string others, InboundMailState state)
    {
        var ticket = (await Desk.OpenAsync(Alice)).Id;
        await DropAsync("1.eml", new Eml { From = "ann@example.org", Headers = [$"Delivered-To: {await AnnsAddressAsync(ticket)}", "Authentication-Results: mx.desk.example; spf=pass smtp.mailfrom=example.org", $"Authentication-Results: {others}"] });
        await DropAsync("2.eml", new Eml { From = "alice@example.org", Headers = [$"Delivered-To: {Support}", "Authentication-Results: mx.desk.example; dmarc=fail header.from=example.org", $"Authentication-Results: {others}"] });

        await CollectAsync();
        var result = await ProcessAsync();

        Assert.Equal((1, 1), (result.Processed, result.Held));
        Assert.Equal(state, (await Desk.ReadAsync(context => context.Set<InboundMail>().AsNoTracking().SingleAsync(mail => mail.From == "ann@example.org", Token))).State);
    }

    [Fact]
    public async Task An_empty_file_is_left_alone()
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllBytesAsync(Path.Combine(folder, "1.eml"), [], Token);

        Assert.Equal(0, await CollectAsync());
        Assert.True(File.Exists(Path.Combine(folder, "1.eml")));
    }

    [Fact]
    public async Task The_same_header_twice_is_believed_not_at_all()
    {
        var ticket = (await Desk.OpenAsync(Alice)).Id;
        const string Results = "Authentication-Results: mx.desk.example; spf=pass smtp.mailfrom=example.org";
        await DropAsync("1.eml", new Eml { From = "ann@example.org", Headers = [$"Delivered-To: {await AnnsAddressAsync(ticket)}", Results, Results] });

        await CollectAsync();

        Assert.Equal(1, (await ProcessAsync()).Held);
    }

    private async Task DropAsync(string name, Eml mail)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllBytesAsync(Path.Combine(folder, name), mail.ToBytes(), Token);
        File.SetLastWriteTimeUtc(Path.Combine(folder, name), new DateTime(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc));
    }

    private async Task<int> CollectAsync()
    {
        await using var scope = Desk.NewScope();
        return await scope.Services.GetRequiredService<IPickupFolder>().CollectAsync(Token);
    }
}
