using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace HelpDesk.Inbound.Mailgun;

/// <summary>All that a host logs.</summary>
internal sealed class LogLines : ILoggerProvider
{
    private readonly ConcurrentQueue<LogLine> lines = new();

    public IEnumerable<LogLine> All => lines;

    /// <summary>Those of the package under test.</summary>
    public IEnumerable<LogLine> Ours => lines.Where(line => line.Category == "HelpDesk.Inbound.Mailgun");

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(LogLines owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            owner.lines.Enqueue(new LogLine(category, logLevel, eventId.Id, formatter(state, exception)));
    }
}

internal sealed record LogLine(string Category, LogLevel Level, int Id, string Text);
