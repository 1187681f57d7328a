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

    /// <summary>The database cannot be reached or used. A statement that it refused on a save (a constraint) is a bug, and not that.</summary>
    private static bool IsUnavailable(Exception exception)
    {
        var isSave = false;
        for (var current = exception; current is not null; current = current.InnerException)
        {
            isSave |= current is DbUpdateException;
            if (current is SocketException or TimeoutException || (current is DbException database && (database.IsTransient || !isSave)))
                return true;
        }

        return false;
    }
}
