using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using HelpDesk.AspNetCore.Tests.Infrastructure;
using HelpDesk.Specification.Infrastructure;

namespace HelpDesk.AspNetCore.Tests.Mail;

/// <summary>Mail and the sample host, in processes of their own.</summary>
public sealed class SampleMailTests(ITestOutputHelper output) : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("helpdesk-sample-mail-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task What_was_answered_with_200_is_there_after_a_kill()
    {
        var settings = Settings("one", mailServer: null);
        var accepted = new List<string>();
        var host = await SampleProcess.StartAsync(settings, Token);
        await using (host)
        {
            using var client = new HttpClient { BaseAddress = host.Address };
            for (var i = 0; i < 30; i++)
            {
                var subject = $"Before the kill {i}";
                if (await MailgunPost.RawAsync(client, MailgunPost.Mail("Text", subject: subject, from: $"p{i}@example.net"), "support@one.example", TimeProvider.System.GetUtcNow()) == 200)
                    accepted.Add(subject);
            }

            // SIGKILL, while the last ones are still waiting.
            host.Kill();
        }

        Assert.Equal(30, accepted.Count);
        await using var again = await SampleProcess.StartAsync(settings, Token);
        var subjects = await WaitForSubjectsAsync(again, accepted.Count);
        Assert.Equal(accepted.Order(StringComparer.Ordinal), subjects.Where(subject => subject.StartsWith("Before the kill", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Two_hosts_that_mail_each_other_fall_silent_within_two_rounds(bool isMarkLost)
    {
        await using var mailOfOne = await MailServer.StartAsync();
        await using var mailOfTwo = await MailServer.StartAsync();
        await using var one = await SampleProcess.StartAsync(Settings("one", mailOfOne.Port), Token);
        await using var two = await SampleProcess.StartAsync(Settings("two", mailOfTwo.Port), Token);
        var hosts = new[] { (Name: "one", Host: one, Mail: mailOfOne), (Name: "two", Host: two, Mail: mailOfTwo) };

        // It begins with a mail that says to be from the other one.
        await DeliverAsync(one, MailgunPost.Mail("Who is there?", from: "support@two.example"), "support@one.example", "support@two.example");
        var taken = new Dictionary<string, int> { ["one"] = 0, ["two"] = 0 };
        var (rounds, quiet) = (0, 0);
        var started = TimeProvider.System.GetTimestamp();
        // The first answer is waited for, however busy the machine is; after it, for three seconds without a mail.
        while (quiet < 15 || (rounds == 0 && TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromMinutes(2)))
        {
            await Task.Delay(200, Token);
            var moved = 0;
            foreach (var from in hosts)
            {
                var mails = await from.Mail.ReadAsync();
                foreach (var mail in mails.Skip(taken[from.Name]))
                {
                    foreach (var to in hosts)
                    {
                        foreach (var recipient in mail.To.Where(address => address.EndsWith($"{to.Name}.example", StringComparison.Ordinal)))
                        {
                            // A relay that loses what tells a machine from a person.
                            var raw = isMarkLost ? WithoutMark(mail.Raw) : mail.Raw;
                            await DeliverAsync(to.Host, raw, recipient, mail.From);
                            moved++;
                        }
                    }
                }

                taken[from.Name] = mails.Count;
            }

            quiet = moved == 0 ? quiet + 1 : 0;
            rounds += moved > 0 ? 1 : 0;
            Assert.True(rounds <= 8, "They do not stop.");
        }

        output.WriteLine($"{rounds} rounds: {taken["one"]} mails from one, {taken["two"]} from two.");
        Assert.True(taken["one"] > 0, "The first one did not answer at all.");
        Assert.True(rounds <= 2, $"{rounds} rounds");
    }

    [Fact]
    public async Task East_Asian_charsets_are_read_where_mail_is_sent_too()
    {
        // Once the first address was parsed, MimeKit knew for good that there is no such charset.
        await using var server = await MailServer.StartAsync();
        await using var host = await SampleProcess.StartAsync(Settings("one", server.Port), Token);
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        foreach (var (charset, subject) in new[] { ("iso-2022-jp", "お問い合わせです"), ("gb18030", "打印机坏了"), ("euc-kr", "프린터") })
        {
            var encoded = Convert.ToBase64String(Encoding.GetEncoding(charset).GetBytes(subject));
            await DeliverAsync(host, MailgunPost.Mail("Text", subject: $"=?{charset}?B?{encoded}?="), "support@one.example", "zoe@example.net");
        }

        var subjects = await WaitForSubjectsAsync(host, 3);
        Assert.Superset(new HashSet<string> { "お問い合わせです", "打印机坏了", "프린터" }, subjects.ToHashSet());
    }

    [Fact]
    public async Task A_file_in_the_pickup_folder_becomes_a_ticket()
    {
        var settings = Settings("one", mailServer: null);
        settings["HelpDesk:Inbound:Pickup:Path"] = Path.Combine(folder.FullName, "pickup");
        await using var host = await SampleProcess.StartAsync(settings, Token);
        var file = Path.Combine(Directory.CreateDirectory(settings["HelpDesk:Inbound:Pickup:Path"]).FullName, "1");
        await File.WriteAllBytesAsync(file, [.. "Delivered-To: support@one.example\r\n"u8, .. MailgunPost.Mail("Text", subject: "From a file")], Token);
        File.Move(file, $"{file}.eml");

        Assert.Contains("From a file", await WaitForSubjectsAsync(host, 1));
    }

    private static async Task DeliverAsync(SampleProcess host, byte[] mail, string recipient, string? sender)
    {
        using var client = new HttpClient { BaseAddress = host.Address };
        Assert.Equal(200, await MailgunPost.RawAsync(client, mail, recipient, TimeProvider.System.GetUtcNow(), sender: sender ?? ""));
    }

    private static byte[] WithoutMark(byte[] mail) =>
        Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(mail).Replace("Auto-Submitted:", "X-Was:", StringComparison.Ordinal).Replace("X-Auto-Response-Suppress:", "X-Was:", StringComparison.Ordinal));

    private Dictionary<string, string> Settings(string name, int? mailServer)
    {
        var settings = new Dictionary<string, string>
        {
            ["ConnectionStrings:HelpDesk"] = $"Data Source={Path.Combine(folder.FullName, $"{name}.db")}",
            ["HelpDesk:Attachments:Path"] = Path.Combine(folder.FullName, name),
            ["HelpDesk:Mailgun:SigningKey"] = MailgunPost.Key,
            // What was under way at a kill is due again after a third more.
            ["HelpDesk:Inbound:ProcessingTimeout"] = "00:00:06",
        };
        if (mailServer is { } port)
        {
            settings["HelpDesk:Smtp:Host"] = "127.0.0.1";
            settings["HelpDesk:Smtp:Port"] = $"{port}";
            settings["HelpDesk:Smtp:From"] = $"support@{name}.example";
            settings["HelpDesk:Smtp:ReplyDomain"] = $"reply.{name}.example";
        }

        return settings;
    }

    private static async Task<IReadOnlyList<string>> WaitForSubjectsAsync(SampleProcess host, int count)
    {
        using var client = new HttpClient { BaseAddress = host.Address };
        using var login = await client.PostAsJsonAsync("/identity/login", new { email = "ann@example.com", password = "Passw0rd!" }, Token);
        var token = (await login.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("accessToken").GetString();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var page = await client.GetFromJsonAsync<JsonElement>("/helpdesk/tickets?limit=100", Token);
            var subjects = page.GetProperty("data").EnumerateArray().Select(ticket => ticket.GetProperty("subject").GetString()!).ToList();
            if (subjects.Count >= count)
                return subjects;

            // The lease of what was under way at the kill has to end.
            Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromMinutes(4), $"Only {subjects.Count} of {count} tickets are there.");
            await Task.Delay(200, Token);
        }
    }
}
