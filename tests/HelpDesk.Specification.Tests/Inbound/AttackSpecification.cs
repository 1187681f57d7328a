using System.Diagnostics;
using System.Text;
using HelpDesk.Inbound;
using HelpDesk.Notifications;
using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Specification.Inbound;

/// <summary>What others have tried with help desks: each with what an agent sees, and what the requester does not.</summary>
public abstract class AttackSpecification(HelpDeskFixture fixture) : MailTest(fixture)
{
    private const string Mallory = "mallory@evil.example";

    [Fact]
    public async Task A_stranger_who_names_the_number_gets_a_ticket_of_their_own()
    {
        var ticket = await AlicesTicketAsync();
        var before = await FootprintAsync(ticket);

        var mail = await DeliverAsync(new Eml { From = Mallory, Subject = "Re: " + (await Desk.SeeAsync(Ann, ticket)).Number, Body = "Give me access." }, sender: Mallory);

        Assert.Equal(InboundMailState.Processed, mail.State);
        Assert.NotEqual(ticket, mail.TicketId);
        Assert.Equal(before, await FootprintAsync(ticket));
        // The hint is in the new ticket's history, where the agents find it.
        Assert.Contains((await Desk.SeeAsync(Ann, ticket)).Number, (await Desk.HistoryAsync(mail.TicketId!.Value))[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forged_address_with_the_number_is_held_where_the_provider_knows()
    {
        var ticket = await AlicesTicketAsync();
        var before = await FootprintAsync(ticket);

        var mail = await DeliverAsync(new Eml { From = "alice@example.org", Headers = ["X-Test-Sender: fail"], Subject = (await Desk.SeeAsync(Ann, ticket)).Number }, sender: Mallory);

        await AssertHeldAsync(mail, ticket, before);
    }

    [Fact]
    public async Task A_stranger_with_the_token_is_held_until_an_agent_releases_it()
    {
        var ticket = await AlicesTicketAsync();
        var address = await ReplyAddressAsync(ticket, Alice.Id);
        await Desk.ResolveAsync(Ann, ticket);
        await Desk.DispatchAsync();
        var before = await FootprintAsync(ticket);

        var mail = await DeliverAsync(new Eml { From = Mallory, Body = "I am Alice, from my other address." }, address, Mallory);

        await AssertHeldAsync(mail, ticket, before);
        var held = Assert.Single(await HeldAsync());
        Assert.Equal((Mallory, address, "I am Alice, from my other address.", ticket), (held.From, held.To, held.Text, held.Ticket!.Id));
        Assert.Contains("stranger", held.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tokens_that_are_not_exactly_the_one_match_nothing()
    {
        var ticket = await AlicesTicketAsync();
        var token = (await ReplyAddressAsync(ticket, Alice.Id))["reply+".Length..].Split('@')[0];
        var before = await FootprintAsync(ticket);
        string[] tokens =
        [
            token[..^1], token[1..], $"{token}a", $"a{token}", $"{token}=", $"{token} ", "", " ", token.Replace(token[0], token[0] == 'a' ? 'b' : 'a'), $"{token[..25]}1", new string('a', 26), $"{token}+{token}",
            $"{token}\0", $"{token[..13]}\u00ad{token[13..]}",
        ];

        foreach (var wrong in tokens)
        {
            var mail = await DeliverAsync(new Eml { From = "alice@example.org", Body = wrong }, $"reply+{wrong}@reply.desk.example");
            Assert.True(mail.State == InboundMailState.Held, $"'{wrong}' became {mail.State}: {mail.Reason}");
            Assert.Null(mail.TicketId);
        }

        Assert.Equal(before, await FootprintAsync(ticket));
    }

    [Fact]
    public async Task The_token_of_another_participant_or_ticket_is_held()
    {
        var ticket = await AlicesTicketAsync();
        var bobs = (await Desk.OpenAsync(Bob)).Id;
        await AnnsAddressAsync(ticket);
        var before = await FootprintAsync(ticket);

        var onBobs = await DeliverAsync(new Eml { From = "alice@example.org" }, await ReplyAddressAsync(bobs, Bob.Id));
        var onAnns = await DeliverAsync(new Eml { From = "alice@example.org" }, await ReplyAddressAsync(ticket, Ann.Id));

        Assert.Equal((InboundMailState.Held, bobs), (onBobs.State, onBobs.TicketId));
        Assert.Equal((InboundMailState.Held, ticket), (onAnns.State, onAnns.TicketId));
        Assert.Equal(before, await FootprintAsync(ticket));
    }

    [Fact]
    public async Task Nobody_gets_in_by_being_in_copy()
    {
        // CVE-2024-49193: who was in the Cc of a forged answer became a participant, and could read the ticket.
        var ticket = await AlicesTicketAsync();

        await DeliverAsync(
            new Eml
            {
                From = "alice@example.org",
                To = $"support@desk.example, {Mallory}",
                Headers = [$"Cc: {Mallory}", $"Reply-To: {Mallory}", $"Resent-From: {Mallory}", $"Resent-To: {Mallory}", $"Sender: {Mallory}", $"Return-Path: <{Mallory}>"],
            },
            await ReplyAddressAsync(ticket, Alice.Id),
            Mallory);
        await Desk.ReplyAsync(Ann, ticket, "A secret.");
        await Desk.DispatchAsync();

        Assert.False(await Desk.ReadAsync(context => context.Set<Participant>().AnyAsync(person => person.TicketId == ticket && person.Email == Mallory, Token)));
        Assert.DoesNotContain(Postman.Of(ticket), letter => letter.Recipient.Email == Mallory);
    }

    [Fact]
    public async Task What_others_send_to_a_reply_address_is_not_shown_to_its_owner()
    {
        // The Ticket Trick: somebody registers elsewhere with an address of the help desk, and reads the confirmation in their ticket.
        var ticket = (await DeliverAsync(new Eml { From = Mallory }, sender: Mallory)).TicketId!.Value;

        var mail = await DeliverAsync(new Eml { From = "no-reply@chat.example", Subject = "Confirm your address", Body = "Your code is 4711." }, await ReplyAddressAsync(ticket, Mallory), "no-reply@chat.example");

        Assert.Equal((InboundMailState.Held, ticket), (mail.State, mail.TicketId));
        Assert.DoesNotContain("4711", string.Concat(await TextsAsync(ticket)), StringComparison.Ordinal);
        await Desk.DispatchAsync();
        Assert.DoesNotContain(Postman.Of(ticket), letter => letter.Message?.Body.Contains("4711", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Nor_what_they_send_with_its_number_to_the_address_of_an_account_that_nobody_has_confirmed()
    {
        // The same trick: an account under the address of a service, and the number as the name at that service, which its mails repeat.
        Desk.Users.AddUnconfirmed("mallory", "no-reply@chat.example");
        var ticket = await Desk.OpenAsync(Actor.User("mallory"));

        var mail = await DeliverAsync(new Eml { From = "no-reply@chat.example", Subject = $"Welcome, {ticket.Number}", Body = "Your code is 4711." }, sender: "no-reply@chat.example");

        Assert.NotEqual(ticket.Id, mail.TicketId);
        Assert.Single(await Desk.TextsAsync(Actor.User("mallory"), ticket.Id));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_forged_user_is_held_where_the_provider_knows(bool isAnswer)
    {
        var ticket = await AlicesTicketAsync();
        await Desk.ReplyAsync(Ann, ticket);
        await Desk.DispatchAsync();
        var before = await FootprintAsync(ticket);

        var mail = await DeliverAsync(new Eml { From = "alice@example.org", Headers = ["X-Test-Sender: fail"], InReplyTo = isAnswer ? Last(ticket, Alice.Id).MessageId : null }, sender: Mallory);

        Assert.Equal(InboundMailState.Held, mail.State);
        Assert.Equal(before, await FootprintAsync(ticket));
    }

    [Fact]
    public async Task Who_was_an_agent_does_not_speak_for_the_help_desk_even_when_released()
    {
        var ticket = await AlicesTicketAsync();
        var address = await AnnsAddressAsync(ticket);
        Desk.Users.Add(Ann.Id, "Ann");
        var mail = await DeliverAsync(new Eml { From = "ann@example.org", Headers = ["X-Test-Sender: pass"], Body = "Pay here." }, address);
        await Desk.DispatchAsync();

        await OnMailboxAsync(mailbox => mailbox.ReleaseAsync(new ReleaseInboundMail { Actor = Ben, Mail = mail.Id }, Token));

        Assert.DoesNotContain("Pay here.", await Desk.TextsAsync(Alice, ticket));
        Assert.DoesNotContain(await ToldAsync(ticket), told => told.StartsWith("alice", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("fail")]
    [InlineData("pass")]
    public async Task A_forged_agent_opens_and_answers_nothing(string? verdict)
    {
        var ticket = await AlicesTicketAsync();
        var before = await FootprintAsync(ticket);
        var mail = new Eml { From = "Ann <ann@example.org>", Headers = verdict is null ? [] : [$"X-Test-Sender: {verdict}"], Body = "Pay here." };

        await AssertHeldAsync(await DeliverAsync(mail with { Subject = (await Desk.SeeAsync(Ann, ticket)).Number }), ticket, before);
        await AssertHeldAsync(await DeliverAsync(mail with { MessageId = "<2@x.example>" }, await ReplyAddressAsync(ticket, Alice.Id)), ticket, before);
        var fresh = await DeliverAsync(mail with { MessageId = "<3@x.example>", Subject = "Fresh" });
        Assert.Equal((InboundMailState.Held, (Guid?)null), (fresh.State, fresh.TicketId));
    }

    [Theory]
    [InlineData("From: alice@example.org\r\nFrom: mallory@evil.example")]
    [InlineData("From: alice@example.org, mallory@evil.example")]
    [InlineData("From: people: alice@example.org, mallory@evil.example;")]
    [InlineData("From: undisclosed:;")]
    [InlineData("From: no address")]
    [InlineData("From:")]
    [InlineData("FROM: alice@example.org\r\nfrom: alice@example.org")]
    [InlineData("From: alice@example.org, \"x y\"@evil.example")]
    [InlineData("From: alice@example.org, nobody")]
    [InlineData("From: <alice@example.org> <mallory@evil.example>")]
    public async Task Who_is_not_exactly_one_person_is_held(string from)
    {
        var ticket = await AlicesTicketAsync();
        var before = await FootprintAsync(ticket);

        var mail = await DeliverAsync(new Eml { From = null, Headers = [from] }, await ReplyAddressAsync(ticket, Alice.Id));

        Assert.Equal(InboundMailState.Held, mail.State);
        Assert.Equal(before, await FootprintAsync(ticket));
        Assert.Single(await HeldAsync());
    }

    [Theory]
    [InlineData("support@desk.example", "support@desk.example")]
    [InlineData("SUPPORT@desk.example", "billing@desk.example")]
    [InlineData("billing@desk.example", "billing@desk.example")]
    [InlineData("reply+aaaaaaaaaaaaaaaaaaaaaaaaaa@reply.desk.example", "support@desk.example")]
    public async Task Our_own_address_as_the_sender_is_held(string from, string recipient)
    {
        var mail = await DeliverAsync(new Eml { From = from }, recipient, from);

        Assert.Equal(InboundMailState.Held, mail.State);
        Assert.Empty(Postman.Of(mail.TicketId ?? Guid.Empty));
    }

    [Theory]
    [InlineData("X-HelpDesk-Ticket: {0}")]
    [InlineData("X-HelpDesk-Author: alice")]
    [InlineData("X-HelpDesk-Participant: {1}")]
    [InlineData("X-Mailgun-Spf: Pass")]
    [InlineData("X-Envelope-To: reply+{1}@reply.desk.example")]
    [InlineData("Delivered-To: reply+{1}@reply.desk.example")]
    public async Task No_header_puts_a_mail_into_a_ticket(string header)
    {
        var ticket = await AlicesTicketAsync();
        var before = await FootprintAsync(ticket);
        var token = (await ReplyAddressAsync(ticket, Alice.Id))["reply+".Length..].Split('@')[0];

        var mail = await DeliverAsync(new Eml { From = Mallory, Headers = [string.Format(null, header, ticket, token)] }, sender: Mallory);

        Assert.NotEqual(ticket, mail.TicketId);
        Assert.Equal(before, await FootprintAsync(ticket));
    }

    [Theory]
    [InlineData("nested")]
    [InlineData("parts")]
    [InlineData("headers")]
    [InlineData("recipients")]
    [InlineData("references")]
    [InlineData("base64")]
    [InlineData("messages")]
    [InlineData("boundary")]
    [InlineData("words")]
    [InlineData("html")]
    [InlineData("line")]
    [InlineData("digest")]
    [InlineData("case")]
    [InlineData("status")]
    public async Task A_bomb_takes_bounded_time_and_memory_and_is_kept(string kind)
    {
        var bomb = Bomb(kind);
        var address = await ReplyAddressAsync(await AlicesTicketAsync(), Alice.Id);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var watch = Stopwatch.StartNew();

        var receipt = await ReceiveAsync(Desk, bomb, address);
        await ProcessAsync();

        var mail = await FindAsync(receipt.Id);
        var allocated = (GC.GetTotalAllocatedBytes(precise: true) - before) / 1024 / 1024;
        TestContext.Current.TestOutputHelper?.WriteLine($"{kind}: {bomb.Length / 1024} KiB, {watch.Elapsed.TotalSeconds:0.00} s, {allocated} MiB allocated, {mail.State}: {mail.Reason}");
        Assert.True(mail.State is InboundMailState.Processed or InboundMailState.Held or InboundMailState.Failed, $"{mail.State}: {mail.Reason}");
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{watch.Elapsed}");
        Assert.True(allocated < 2000, $"{allocated} MiB");
        Assert.Equal(bomb.Length, (await RawAsync(mail)).Length);
    }

    private static byte[] Bomb(string kind)
    {
        const string Head = "From: alice@example.org\r\nSubject: Bomb\r\nMIME-Version: 1.0\r\n";
        var text = new StringBuilder(Head);
        switch (kind)
        {
            case "nested":
                for (var i = 0; i < 5000; i++)
                    text.Append("Content-Type: multipart/mixed; boundary=b").Append(i).Append("\r\n\r\n--b").Append(i).Append("\r\n");
                break;
            case "parts":
                text.Append("Content-Type: multipart/mixed; boundary=b\r\n\r\n");
                for (var i = 0; i < 100_000; i++)
                    text.Append("--b\r\n\r\nx\r\n");
                break;
            case "headers":
                for (var i = 0; i < 100_000; i++)
                    text.Append("X-").Append(i).Append(": y\r\n");
                text.Append("\r\nText\r\n");
                break;
            case "recipients":
                text.Append("To: ").AppendJoin(",\r\n ", Enumerable.Range(0, 100_000).Select(i => $"a{i}@example.com")).Append("\r\n\r\nText\r\n");
                break;
            case "references":
                text.Append("References: ").AppendJoin("\r\n ", Enumerable.Range(0, 100_000).Select(i => $"<{i}@example.com>")).Append("\r\n\r\nText\r\n");
                break;
            case "base64":
                text.Append("Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n");
                for (var i = 0; i < 200_000; i++)
                    text.Append(new string('Q', 76)).Append("\r\n");
                break;
            case "messages":
                for (var i = 0; i < 5000; i++)
                    text.Append("Content-Type: message/rfc822\r\n\r\n").Append(Head);
                break;
            case "boundary":
                text.Append("Content-Type: multipart/mixed; boundary=\"").Append('b', 70_000).Append("\"\r\n\r\n");
                for (var i = 0; i < 200; i++)
                    text.Append("--").Append('b', 70_000).Append("\r\n\r\nx\r\n");
                break;
            case "words":
                text.Append("X-Words: ").AppendJoin("\r\n ", Enumerable.Repeat("=?utf-8?B?w6TDtsO8?=", 100_000)).Append("\r\nSubject: ").AppendJoin("\r\n ", Enumerable.Repeat("=?utf-8?Q?=41=42?=", 100_000)).Append("\r\n\r\nText\r\n");
                break;
            case "digest":
                // Its parts are mails without saying so.
                text.Append("Content-Type: multipart/digest; boundary=b\r\n\r\n--b\r\n\r\nX: ").AppendJoin("\r\n ", Enumerable.Repeat("=?utf-8?B?w6TDtsO8?=", 100_000)).Append("\r\n\r\nText\r\n--b--\r\n");
                break;
            case "case":
                text.Append("Content-Type: MEssAGE/rfc822\r\n\r\nX: ").AppendJoin("\r\n ", Enumerable.Repeat("=?utf-8?B?w6TDtsO8?=", 100_000)).Append("\r\n\r\nText\r\n");
                break;
            case "status":
                text.Append("Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nA: b\r\n\r\n").Insert(text.Length, "a:b\r\n", 2_000_000).Append("\r\n--b--\r\n");
                break;
            case "html":
                text.Append("Content-Type: text/html\r\n\r\n").Insert(text.Length, "<div><b><blockquote>", 200_000);
                break;
            default:
                text.Append("\r\n").Append('>', 20_000_000);
                break;
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private async Task<byte[]> RawAsync(InboundMail mail)
    {
        await using var raw = await Store.OpenAsync(mail.StorageKey, 0, Token);
        using var copy = new MemoryStream();
        await raw!.CopyToAsync(copy, Token);
        return copy.ToArray();
    }

    private async Task<Guid> AlicesTicketAsync()
    {
        var ticket = (await Desk.OpenAsync(Alice)).Id;
        await Desk.DispatchAsync();
        return ticket;
    }

    private async Task AssertHeldAsync(InboundMail mail, Guid ticket, string before)
    {
        Assert.Equal((InboundMailState.Held, ticket), (mail.State, mail.TicketId));
        Assert.Equal(before, await FootprintAsync(ticket));
        Assert.Contains(await HeldAsync(), held => held.Id == mail.Id && held.Ticket!.Id == ticket);
        await Assert.ThrowsAsync<ForbiddenException>(() => HeldAsync(Alice));
    }

    private Task<List<string>> PeopleAsync(Guid ticket) => Desk.ReadAsync(context => context.Set<Participant>().Where(person => person.TicketId == ticket).Select(person => person.Name).ToListAsync(Token));

    /// <summary>All that a mail could have changed of a ticket, for requester and agents, and who was told.</summary>
    private async Task<string> FootprintAsync(Guid ticket)
    {
        await Desk.DispatchAsync();
        var stored = await Desk.StoredAsync(ticket);
        var seen = await Desk.ConversationAsync(Actor.User(stored.RequesterId!), ticket);
        var notifications = await Desk.ReadAsync(context => context.Set<TicketNotification>().CountAsync(row => row.TicketId == ticket, Token));
        return $"{stored.Version} {stored.PublicVersion} {stored.UpdatedAt:O} {stored.Status} {string.Join('|', seen!.Texts())} {string.Join('|', await PeopleAsync(ticket))} {(await Desk.HistoryAsync(ticket)).Count} {(await Desk.EventsAsync(ticket)).Count} {notifications}";
    }
}
