// Another process of one host. What it does is its first argument:
//   open PREFIX COUNT   opens tickets, several at once, and prints their numbers
//   escalate            sweeps until its input ends, and prints what each sweep did
//   sweep               sweeps once, and prints how many bytes that allocated
//   attach FOLDER       stores files in the folder and writes messages with them until its input ends, several at once; prints a line for each
//   mail FOLDER NAME    receives mails and processes them until its input ends; prints the text of each that it has accepted
//   dispatch PORT       sends mails to the server on that port until its input ends
using System.Globalization;
using System.Text;
using HelpDesk;
using HelpDesk.Assignment;
using HelpDesk.Attachments;
using HelpDesk.Escalation;
using HelpDesk.Inbound;
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
    options.Numbering.Prefix = work == "open" ? args[2] : "TKT";
    options.Numbering.BlockSize = 7;
    options.Assignment.Strategy = BuiltInStrategy.None;
    options.Attachments.Path = work is "attach" or "mail" ? args[2] : options.Attachments.Path;
    options.Outbox.HandlerTimeout = TimeSpan.FromSeconds(6);
}).UseDbContext<WorkerContext>().UseUserDirectory<NobodyDirectory>();
_ = work == "dispatch"
    ? helpDesk.AddSmtpNotifications(smtp => (smtp.Host, smtp.Port, smtp.From) = ("127.0.0.1", int.Parse(args[2], CultureInfo.InvariantCulture), "support@example.com"))
    : helpDesk.AddTicketEventHandler<WorkerHandler>();
if (work == "mail")
    helpDesk.AddInboundSource<WorkerSource>();
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
    case "attach":
        var stop = Task.Run(Console.In.ReadToEnd);
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(() => AttachAsync(stop))));
        break;
    case "mail":
        var worker = host.GetServices<IHostedService>().Single(service => service.GetType().Name == "InboundService");
        await worker.StartAsync(CancellationToken.None);
        var quit = Task.Run(Console.In.ReadToEnd);
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(line => Task.Run(() => ReceiveAsync($"{args[3]}-{line}", quit))));
        await worker.StopAsync(CancellationToken.None);
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

async Task AttachAsync(Task until)
{
    var actor = Actor.User("worker");
    var bytes = new byte[300_000];
    while (!until.IsCompleted)
    {
        await using var scope = host.CreateAsyncScope();
        var uploads = scope.ServiceProvider.GetRequiredService<IAttachmentUploads>();
        var kept = await uploads.StageAsync(new StageUpload { Actor = actor, FileName = "kept.bin", Content = new MemoryStream(bytes) });
        var discarded = await uploads.StageAsync(new StageUpload { Actor = actor, FileName = "discarded.bin", Content = new MemoryStream(bytes) });
        await scope.ServiceProvider.GetRequiredService<ITicketService>().OpenAsync(new OpenTicket { Actor = actor, Subject = "With a file", Body = "Text", Attachments = [kept.Id] });
        await uploads.DiscardAsync(new DiscardUploads { Actor = actor, Uploads = [discarded.Id] });
        Console.WriteLine("attached");
    }
}

async Task ReceiveAsync(string name, Task until)
{
    for (var i = 0; !until.IsCompleted; i++)
    {
        await using var scope = host.CreateAsyncScope();
        var mail = Encoding.ASCII.GetBytes($"From: {name}{i % 9}@example.net\r\nSubject: From a worker\r\nMessage-ID: <{name}-{i}@example.net>\r\n\r\n{name}-{i}\r\n");
        await scope.ServiceProvider.GetRequiredService<IInboundEmailProcessor>().ReceiveAsync(
            new InboundEmail { Source = "worker", DeliveryKey = $"{name}-{i}", Recipient = "support@example.com", Content = new MemoryStream(mail) });
        Console.WriteLine($"{name}-{i}");
    }
}

async Task<EscalationResult> SweepAsync()
{
    await using var scope = host.CreateAsyncScope();
    return await scope.ServiceProvider.GetRequiredService<IEscalationSweep>().RunAsync();
}
