using System.Data.Common;
using System.Net.Sockets;
using HelpDesk.Inbound.Mailgun.Forms;
using HelpDesk.Inbound.Mailgun.Signatures;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HelpDesk.Inbound.Mailgun.Http;

/// <summary>Runs what a route does, and makes an answer of whatever comes of it.</summary>
internal static class Delivery
{
    public static RequestDelegate On(string route, Func<HttpContext, ILogger, Task<Answer>> take) => async context =>
    {
        var logger = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("HelpDesk.Inbound.Mailgun");
        try
        {
            await (await AnswerAsync(context, route, take, logger)).WriteAsync(context);
        }
        catch (BrokenOffException exception)
        {
            // Mostly nobody is there any more to be told.
            Log.BrokenOff(logger, route);
            context.Response.StatusCode = exception.InnerException is BadHttpRequestException { StatusCode: var status } ? status : StatusCodes.Status400BadRequest;
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            Log.BrokenOff(logger, route);
        }
    };

    private static async Task<Answer> AnswerAsync(HttpContext context, string route, Func<HttpContext, ILogger, Task<Answer>> take, ILogger logger)
    {
        try
        {
            return await take(context, logger);
        }
        catch (UnverifiedException exception)
        {
            Log.Unverified(logger, route, exception.Message);
            return Answer.Unverified(exception.Message);
        }
        catch (Exception exception) when (exception is NotAcceptableException or TooLargeException)
        {
            Log.NotAcceptable(logger, route, exception.Message);
            return Answer.NotAcceptable(exception.Message);
        }
        catch (Exception exception) when (IsUnavailable(exception) && !context.RequestAborted.IsCancellationRequested)
        {
            Log.Unavailable(logger, route, exception);
            return Answer.Unavailable;
        }
    }

    // Other than for a person's request, any failure of the database is worth another try: Mailgun makes it, and the mail is not lost meanwhile.
    private static bool IsUnavailable(Exception exception)
    {
        for (var current = exception; current is not null; current = current.InnerException)
        {
            if (current is StorageUnavailableException or DbException or DbUpdateException or TimeoutException or SocketException)
                return true;
        }

        return false;
    }
}
