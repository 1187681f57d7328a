using BenchmarkDotNet.Running;
using HelpDesk.Benchmarks;

// "delivery [CONNECTION STRING]" measures a chain of processes, which BenchmarkDotNet is not made for; everything else is its.
if (args is ["delivery", .. var database])
    return await DeliveryLatency.RunAsync(database is [var postgres, ..] ? postgres : null);

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
