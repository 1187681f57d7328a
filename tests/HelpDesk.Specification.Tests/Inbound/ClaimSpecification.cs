using HelpDesk.Inbound;
using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Specification.Inbound;

/// <summary>Who wrote by mail before having an account finds the tickets again.</summary>
public abstract class ClaimSpecification(HelpDeskFixture fixture) : MailTest(fixture)
{
    [Fact]
    public async Task Tickets_of_an_address_become_its_owners()
    {
        var zoe = NewPerson();
        var first = await OpenByMailAsync(new Eml { From = zoe.Email });
        var second = await OpenByMailAsync(new Eml { From = zoe.Email });
        var others = await OpenByMailAsync(new Eml { From = "other@example.org" });
        Assert.Equal(0, await ClaimAsync(zoe.Actor));

        Desk.Users.Add(zoe.Actor.Id, "Zoe");
        Assert.Equal(2, await ClaimAsync(zoe.Actor));
        Assert.Equal(0, await ClaimAsync(zoe.Actor));

        Assert.Equal([zoe.Actor.Id, zoe.Actor.Id], [(await Desk.SeeAsync(zoe.Actor, first)).Requester.Id, (await Desk.SeeAsync(zoe.Actor, second)).Requester.Id]);
        Assert.Null(await Desk.ConversationAsync(zoe.Actor, others));
        Assert.Equal("claimed", (await Desk.HistoryAsync(first))[^1].Action);
        var answer = await DeliverAsync(new Eml { From = zoe.Email, Body = "By mail again." }, await ReplyAddressAsync(first, zoe.Actor.Id));
        Assert.Equal((InboundMailState.Processed, first), (answer.State, answer.TicketId));
        Assert.Equal(zoe.Actor.Id, (await Desk.ConversationAsync(zoe.Actor, first))!.Messages()[^1].Author.Id);
    }

    [Fact]
    public async Task An_agent_who_answered_it_does_not_become_its_requester()
    {
        var zoe = NewPerson(HelpDeskRoles.Support);
        var ticket = await OpenByMailAsync(new Eml { From = zoe.Email });
        Desk.Users.Add(zoe.Actor.Id, "Zoe", HelpDeskRoles.Support);
        await Desk.NoteAsync(zoe.Actor, ticket);

        Assert.Equal(0, await ClaimAsync(zoe.Actor));
        Assert.Null((await Desk.StoredAsync(ticket)).RequesterId);
    }

    [Fact]
    public async Task Many_are_claimed_in_batches_and_twice_at_once_only_once()
    {
        var zoe = NewPerson();
        for (var i = 0; i < 60; i++)
            await ReceiveAsync(new Eml { From = zoe.Email, Subject = $"Number {i}" });
        await ProcessAsync();
        Desk.Users.Add(zoe.Actor.Id, "Zoe");

        var claimed = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => ClaimAsync(zoe.Actor), Token)));
        var rest = await ClaimAsync(zoe.Actor);

        Assert.Equal(60, claimed.Sum() + rest);
    }

    [Fact]
    public async Task A_host_may_give_an_account_to_whoever_writes()
    {
        await using var desk = await Fixture.StartAsync(MailSetup(also: builder => builder.UseSenderAccounts<Accounts>()));
        var person = NewPerson();

        var receipt = await ReceiveAsync(desk, new Eml { From = $"Zoe <{person.Email}>" }.ToBytes());
        await ProcessAsync(desk);

        var ticket = (await FindAsync(receipt.Id)).TicketId!.Value;
        Assert.Equal((person.Actor.Id, "Zoe"), ((await desk.SeeAsync(person.Actor, ticket)).Requester.Id!, (await desk.SeeAsync(person.Actor, ticket)).Requester.Name));
    }

    private Task<int> ClaimAsync(Actor actor) => Desk.AskAsync(tickets => tickets.ClaimByEmailAsync(new ClaimByEmail { Actor = actor }, Token));

    private static (Actor Actor, string Email) NewPerson(HelpDeskRoles roles = HelpDeskRoles.None)
    {
        var id = $"zoe{Guid.NewGuid():N}";
        return (Actor.User(id, roles), $"{id}@example.org");
    }

    private sealed class Accounts(DeskUsers users) : ISenderAccounts
    {
        public Task<string?> FindOrCreateAsync(MailSender sender, CancellationToken cancellationToken)
        {
            var id = sender.Email.Split('@')[0];
            users.Add(id, sender.Name);
            return Task.FromResult<string?>(id);
        }
    }
}
