// Another process of one host. What it does is its first argument:
//   open PREFIX COUNT   opens tickets, several at once, and prints their numbers
//   escalate            sweeps until its input ends, and prints what each sweep did
//   sweep               sweeps once, and prints how many bytes that allocated
//   dispatch PORT       sends mails to the server on that port until its input ends
using System.Globalization;
using HelpDesk;
using HelpDesk.Assignment;
using HelpDesk.Escalation;
using HelpDesk.TestWorker;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

const int AtOnce = 4;
var (provider, work) = (args[0], args[1]);
var connectionString = Environment.GetEnvironmentVariable("HELPDESK_WORKER_DATABASE");

var services = new ServiceCollection();
services.AddLogging();
services.AddDbContext<WorkerContext>(options => _ = provider switch
{
    "Postgres" => options.UseNpgsql(connectionString),
    "Sqlite" => options.UseSqlite(connectionString),
    "SqlServer" => options.UseSqlServer(connectionString),
    _ => throw new ArgumentException($"No worker for {provider}."),
});
var helpDesk = services.AddHelpDesk(options =>
{
    options.Numbering.Prefix = args.Length > 2 ? args[2] : "TKT";
    options.Numbering.BlockSize = 7;
    options.Assignment.Strategy = BuiltInStrategy.None;
    options.Outbox.HandlerTimeout = TimeSpan.FromSeconds(6);
}).UseDbContext<WorkerContext>().UseUserDirectory<NobodyDirectory>();
_ = work == "dispatch"
    ? helpDesk.AddSmtpNotifications(smtp => (smtp.Host, smtp.Port, smtp.From) = ("127.0.0.1", int.Parse(args[2], CultureInfo.InvariantCulture), "support@example.com"))
    : helpDesk.AddTicketEventHandler<WorkerHandler>();
await using var host = services.BuildServiceProvider();

switch (work)
{
    case "open":
        await Parallel.ForAsync(0, int.Parse(args[3], CultureInfo.InvariantCulture), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, OpenAsync);
        break;
    case "escalate":
        var end = Task.Run(Console.In.ReadToEnd); // Its asynchronous methods block.
        while (!end.IsCompleted)
            Console.WriteLine((await SweepAsync()).Escalated);
        break;
    case "sweep":
        await using (var scope = host.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<WorkerContext>().Set<Ticket>().FirstOrDefaultAsync();
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var result = await SweepAsync();
        Console.WriteLine($"{result.Escalated} {GC.GetTotalAllocatedBytes(precise: true) - before}");
        break;
    case "dispatch":
        var service = host.GetServices<IHostedService>().Single(service => service.GetType().Name == "OutboxService");
        await service.StartAsync(CancellationToken.None);
        await Task.Run(Console.In.ReadToEnd);
        await service.StopAsync(CancellationToken.None);
        break;
    default:
        throw new ArgumentException($"No work {work}.");
}

async ValueTask OpenAsync(int number, CancellationToken cancellationToken)
{
    await using var scope = host.CreateAsyncScope();
    var tickets = scope.ServiceProvider.GetRequiredService<ITicketService>();
    var opened = await tickets.OpenAsync(new OpenTicket { Actor = Actor.User("worker"), Subject = "From a worker", Body = "Text" }, cancellationToken);
    Console.WriteLine(((RequesterConversation)opened).Ticket.Number);
}

async Task<EscalationResult> SweepAsync()
{
    await using var scope = host.CreateAsyncScope();
    return await scope.ServiceProvider.GetRequiredService<IEscalationSweep>().RunAsync();
}
