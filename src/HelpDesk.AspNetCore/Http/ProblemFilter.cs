using System.Data.Common;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HelpDesk.AspNetCore.Http;

/// <summary>Turns expected failures into problems; everything else is the host's to handle.</summary>
internal static class ProblemFilter
{
    public static async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        try
        {
            return await next(invocation);
        }
        catch (HelpDeskException exception)
        {
            return Problem.Of(exception);
        }
        catch (BadRequestException exception)
        {
            return Problem.Of(exception);
        }
        catch (Exception exception) when (IsUnavailable(exception))
        {
            var loggers = invocation.HttpContext.RequestServices.GetRequiredService<ILoggerFactory>();
            Log.DatabaseUnavailable(loggers.CreateLogger("HelpDesk.AspNetCore"), exception);
            return Problem.Unavailable();
        }
    }

    /// <summary>
    /// The database cannot be reached or used at this moment. A statement that it refuses (a constraint, a missing table or column, a value out of range) is
    /// not that: to try it again would not help, and the host's own error handling should see it.
    /// </summary>
    private static bool IsUnavailable(Exception exception)
    {
        var isSave = false;
        for (var current = exception; current is not null; current = current.InnerException)
        {
            isSave |= current is DbUpdateException;
            if (current is SocketException or TimeoutException || (current is DbException database && (database.IsTransient || (!isSave && !IsRefusal(database)))))
                return true;
        }

        return false;
    }

    // Class 22 is data, 23 a constraint, 42 a name or a right. SQLite has no such states.
    private static bool IsRefusal(DbException exception) => exception.SqlState is { Length: 5 } state
        ? state[..2] is "22" or "23" or "42"
        : exception.Message.Contains("no such table", StringComparison.Ordinal) || exception.Message.Contains("no such column", StringComparison.Ordinal);
}
