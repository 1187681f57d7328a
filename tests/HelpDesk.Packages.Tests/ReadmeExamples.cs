using System.Net.Http.Json;
using System.Text.Json;

namespace HelpDesk.Packages;

public sealed class ReadmeExamples(PackedPackages packages)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void The_least_takes_four_lines_and_all_of_it_twelve()
    {
        var least = Repository.Snippet("minimal").Split('\n').Where(line => line.Contains("// ", StringComparison.Ordinal) && char.IsDigit(line.TrimEnd()[^1]));
        Assert.InRange(least.Count(), 1, 4);

        var all = Repository.Snippet("everything").TrimEnd().Split('\n').Length;
        Assert.InRange(all + 2, 1, 12); // with the using and MapHelpDesk
    }

    [Fact]
    public async Task A_fresh_project_with_the_minimal_example_opens_a_ticket()
    {
        var project = await packages.CreateProjectAsync(new Dictionary<string, string> { ["Program.cs"] = Repository.Snippet("minimal") }, Token);
        await Command.RunAsync(project, "dotnet", ["build", "-nologo", "-o", "out"], Token);

        await using var host = await RunningHost.StartAsync(project, ["out/Fresh.dll"], Token);
        using var client = new HttpClient { BaseAddress = host.Address };
        var account = new { email = "new@example.com", password = "Passw0rd!" };
        (await client.PostAsJsonAsync("/register", account, Token)).EnsureSuccessStatusCode();
        using var login = await client.PostAsJsonAsync("/login", account, Token);
        var bearer = (await login.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("accessToken").GetString();
        client.DefaultRequestHeaders.Authorization = new("Bearer", bearer);

        using var opened = await client.PostAsJsonAsync("/helpdesk/tickets", new { subject = "First", body = "From a package." }, Token);
        Assert.Equal(System.Net.HttpStatusCode.Created, opened.StatusCode);
        var ticket = await opened.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Matches("^TKT-[0-9]{4}-000001$", ticket.GetProperty("number").GetString());
        Assert.Equal("new", ticket.GetProperty("requester").GetProperty("name").GetString());
    }

    [Fact]
    public async Task The_other_examples_compile_together()
    {
        var minimal = Repository.Snippet("minimal");
        var first = minimal.IndexOf("builder.Services.AddHelpDesk", StringComparison.Ordinal);
        var last = minimal.IndexOf("var app", StringComparison.Ordinal);
        var program = string.Concat(minimal.AsSpan(0, first), Repository.Snippet("everything"), minimal.AsSpan(last));
        var project = await packages.CreateProjectAsync(
            new Dictionary<string, string>
            {
                ["Program.cs"] = program,
                ["Orders.cs"] = Repository.Snippet("service"),
                ["Complaints.cs"] = Repository.Snippet("files", "docs/attachments.md"),
                ["Numbers.cs"] = "using HelpDesk.Numbering;\n" + Repository.Snippet("numbers"),
                ["Policies.cs"] = "using HelpDesk.Assignment;\nusing HelpDesk.Sla;\nusing HelpDesk.Tickets;\n" + Repository.Snippet("policies"),
                ["Relay.cs"] = "using HelpDesk.Inbound;\n" + Repository.Snippet("source", "docs/mail.md"),
                ["NewAccounts.cs"] = "using HelpDesk.Inbound;\nusing Microsoft.AspNetCore.Identity;\n" + Repository.Snippet("accounts", "docs/mail.md"),
                ["Ledger.cs"] = "using HelpDesk.Events;\n" + Repository.Snippet("handler"),
                ["Others.cs"] = """
                    using HelpDesk;
                    using HelpDesk.Notifications;
                    using HelpDesk.Tickets;

                    class DepartmentAccess : ITicketAccess
                    {
                        public IQueryable<Ticket> Visible(IQueryable<Ticket> tickets, Actor actor) => tickets.Where(ticket => ticket.RequesterId == actor.Id);

                        public bool Allows(Actor actor, Ticket ticket, TicketAction action) => action == TicketAction.Read;
                    }

                    class BadgeActorResolver : IActorResolver
                    {
                        public ValueTask<Actor?> ResolveAsync(HttpContext context, CancellationToken cancellationToken) => ValueTask.FromResult<Actor?>(null);
                    }

                    class Choices : INotificationPreferences
                    {
                        public Task<IReadOnlyDictionary<string, NotificationPreference>> FindAsync(IReadOnlyCollection<string> userIds, NotificationKind kind, CancellationToken cancellationToken) =>
                            Task.FromResult<IReadOnlyDictionary<string, NotificationPreference>>(new Dictionary<string, NotificationPreference>());
                    }
                    """,
            },
            Token);
        await Command.RunAsync(project, "dotnet", ["build", "-nologo"], Token);
    }

    [Fact]
    public async Task The_curl_lines_open_answer_and_resolve_a_ticket_on_the_sample_host()
    {
        var folder = Directory.CreateDirectory(Path.Combine(packages.Folder, "curl")).FullName;
        var sample = Path.Combine(Repository.Root, "samples", "HelpDesk.SampleHost");
        await using var host = await RunningHost.StartAsync(
            folder,
            [
                Path.Combine(sample, "bin", Repository.Configuration, "net10.0", "HelpDesk.SampleHost.dll"),
                "--environment", "Development",
                "--contentRoot", sample,
                "--ConnectionStrings:HelpDesk", $"Data Source={Path.Combine(folder, "curl.db")}",
                "--HelpDesk:Attachments:Path", Path.Combine(folder, "files"),
            ],
            Token);

        var script = "set -eu\n" + Repository.Snippet("curl").Replace("http://localhost:5080", host.Address.ToString().TrimEnd('/'), StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(folder, "story.sh"), script, Token);
        var output = await Command.RunAsync(folder, "bash", ["story.sh"], Token);

        Assert.Contains("Alice opened TKT-", output, StringComparison.Ordinal);
        Assert.Contains("\nOne bucket, from above.\n", output, StringComparison.Ordinal);
        var ticket = JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]).RootElement;
        Assert.Equal("resolved", ticket.GetProperty("status").GetString());
        Assert.Equal(
            ["alice: It really is.", "ann: Please try water. Does it help?", "alice: It does. Thank you!"],
            ticket.GetProperty("messages").EnumerateArray().Select(message => $"{message.GetProperty("author").GetProperty("name").GetString()}: {message.GetProperty("body").GetString()}"));
    }
}
