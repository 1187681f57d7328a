// Another process of one host: opens tickets, several at once, and prints their numbers.
using System.Globalization;
using HelpDesk;
using HelpDesk.TestWorker;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

const int AtOnce = 4;
var (provider, prefix, count) = (args[0], args[1], int.Parse(args[2], CultureInfo.InvariantCulture));
var connectionString = Environment.GetEnvironmentVariable("HELPDESK_WORKER_DATABASE");

var services = new ServiceCollection();
services.AddLogging();
services.AddDbContext<WorkerContext>(options => _ = provider switch
{
    "Postgres" => options.UseNpgsql(connectionString),
    "SqlServer" => options.UseSqlServer(connectionString),
    _ => throw new ArgumentException($"No worker for {provider}."),
});
services.AddHelpDesk(options =>
{
    options.Numbering.Prefix = prefix;
    options.Numbering.BlockSize = 7;
}).UseDbContext<WorkerContext>().UseUserDirectory<NobodyDirectory>();
await using var host = services.BuildServiceProvider();

await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (_, cancellationToken) =>
{
    await using var scope = host.CreateAsyncScope();
    var tickets = scope.ServiceProvider.GetRequiredService<ITicketService>();
    var opened = await tickets.OpenAsync(new OpenTicket { Actor = Actor.User("worker"), Subject = "From a worker", Body = "Text" }, cancellationToken);
    Console.WriteLine(((RequesterConversation)opened).Ticket.Number);
});
