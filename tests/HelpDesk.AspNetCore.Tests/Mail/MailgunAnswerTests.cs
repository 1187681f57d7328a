using HelpDesk.AspNetCore.Tests.Infrastructure;
using HelpDesk.Attachments;
using HelpDesk.Inbound;
using HelpDesk.Specification.Attachments;
using HelpDesk.Specification.Faults;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.AspNetCore.Tests.Mail;

/// <summary>What Mailgun is answered, whatever fails: 200 only for a mail that is safe, and each mail once.</summary>
public sealed class MailgunAnswerTests
{
    private const string Recipient = "support@example.com";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StoreFault.PutRefused)]
    [InlineData(StoreFault.PutBroken)]
    [InlineData(StoreFault.PutAnswerLost)]
    [InlineData(StoreFault.WrongSize)]
    [InlineData(StoreFault.WrongChecksum)]
    [InlineData(StoreFault.StopsReading)]
    public async Task Where_the_store_fails_it_is_503_and_the_repetition_is_one_message(StoreFault fault)
    {
        await using var host = await StartAsync();
        var store = (FaultyStore)host.Services.GetRequiredService<IAttachmentStore>();
        var mail = MailgunPost.Mail("Once.");

        store.Fault = fault;
        Assert.Equal(503, await PostAsync(host, mail, "one"));
        store.Fault = StoreFault.None;
        Assert.Equal(200, await PostAsync(host, mail, "one"));
        Assert.Equal(200, await PostAsync(host, mail, "one"));

        await AssertOneMessageAsync(host, "Once.");
    }

    [Theory]
    [InlineData(Fault.Before)]
    [InlineData(Fault.After)]
    public async Task Where_any_call_of_the_database_fails_it_is_503_and_the_repetition_is_one_message(Fault fault)
    {
        var injector = new FaultInjector();
        await using var host = await StartAsync(setup => setup.AddInterceptors(injector));
        var answers = new List<int>();
        for (var call = 1; ; call++)
        {
            var (body, token) = ($"Body {call}", $"token-{fault}-{call}");
            var mail = MailgunPost.Mail(body);
            injector.Arm(fault, call);
            answers.Add(await PostAsync(host, mail, token));
            var hasFired = injector.HasFired;
            injector.Disarm();

            Assert.Equal(200, await PostAsync(host, mail, token));
            await AssertOneMessageAsync(host, body);
            if (!hasFired)
                break;
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(' ', answers));
        Assert.True(answers.Count > 6, "Hardly a call was seen.");
        Assert.All(answers[..^1], answer => Assert.True(answer is 503 or 200, $"{answer}"));
        Assert.Contains(503, answers);
        Assert.Equal(200, answers[^1]);
    }

    [Fact]
    public async Task Twenty_posts_of_one_token_at_once_are_one_message()
    {
        await using var host = await StartAsync();
        var mail = MailgunPost.Mail("Once.");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => PostAsync(host, mail, "one"), Token)));

        Assert.All(answers, answer => Assert.Equal(200, answer));
        await AssertOneMessageAsync(host, "Once.");
    }

    [Fact]
    public async Task A_replay_with_another_body_has_no_effect()
    {
        await using var host = await StartAsync();
        Assert.Equal(200, await PostAsync(host, MailgunPost.Mail("Mine."), "captured"));

        Assert.Equal(200, await PostAsync(host, MailgunPost.Mail("Forged.", from: "mallory@evil.example"), "captured"));

        await AssertOneMessageAsync(host, "Mine.");
        Assert.Equal(1, await host.ReadAsync(db => db.Set<TicketMessage>().CountAsync(Token)));
    }

    [Fact]
    public async Task An_answer_to_the_reply_address_and_an_agents_forgery_go_their_ways()
    {
        await using var host = await StartAsync();
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));
        var ticket = (await alice.OpenAsync()).Id;
        (await ann.ReplyAsync(ticket)).Is(201);
        var tokens = await host.ReadAsync(db => db.Set<Participant>().Where(person => person.TicketId == ticket).ToDictionaryAsync(person => person.Email!, person => person.ReplyToken, Token));
        var client = host.CreateClient();
        (string, string)[] Fields(string who, string body, params (string, string)[] more) =>
            [("recipient", $"reply+{tokens[Users.Email(who)]}@reply.example.com"), ("sender", Users.Email(who)), ("from", Users.Email(who)), ("subject", "Re: it"), ("body-plain", body), .. more];

        Assert.Equal(200, await MailgunPost.ParsedAsync(client, host.Clock.GetUtcNow(), Fields(Users.Alice, "By mail.")));
        Assert.Equal(200, await MailgunPost.ParsedAsync(client, host.Clock.GetUtcNow(), Fields(Users.Ann, "Believed.", ("X-Mailgun-Spf", "Pass"))));
        Assert.Equal(200, await MailgunPost.ParsedAsync(client, host.Clock.GetUtcNow(), Fields(Users.Ann, "Forged.")));
        Assert.Equal(200, await MailgunPost.ParsedAsync(client, host.Clock.GetUtcNow(), Fields(Users.Ann, "Forged too.", ("X-Mailgun-Spf", "Pass"), ("x-mailgun-spf", "Pass"))));
        await ProcessAsync(host);

        var texts = (await alice.GetAsync($"/tickets/{ticket}")).Is(200).Json.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("body").GetString()).ToList();
        Assert.Contains("By mail.", texts);
        Assert.Contains("Believed.", texts);
        Assert.DoesNotContain(texts, text => text!.StartsWith("Forged", StringComparison.Ordinal));
        Assert.Equal(2, (await ann.GetAsync("/inbound")).Is(200).Json.GetProperty("data").GetArrayLength());
    }

    private static Task<TestHelpDesk> StartAsync(Action<DbContextOptionsBuilder>? context = null) => MailHost.StartAsync(context: context, services: services => FaultyStore.Use(services.AddHelpDesk()));

    private static Task<int> PostAsync(TestHelpDesk host, byte[] mail, string token) => MailgunPost.RawAsync(host.CreateClient(), mail, Recipient, host.Clock.GetUtcNow(), token);

    private static Task ProcessAsync(TestHelpDesk host) => host.WithAsync<IInboundEmailProcessor, InboundResult>(processor => processor.ProcessAsync(Token));

    private static async Task AssertOneMessageAsync(TestHelpDesk host, string body)
    {
        await ProcessAsync(host);
        Assert.Equal(1, await host.ReadAsync(db => db.Set<TicketMessage>().CountAsync(message => message.Body == body, Token)));
    }
}
