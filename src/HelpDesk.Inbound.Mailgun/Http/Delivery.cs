using HelpDesk.Inbound.Mailgun.Forms;
using HelpDesk.Inbound.Mailgun.Signatures;
using Microsoft.AspNetCore.Http;
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
            // Not only where nobody is there any more: a time limit of the host cancels too, and Mailgun would take an answer without a status for "accepted".
            Log.BrokenOff(logger, route);
            if (!context.Response.HasStarted)
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
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
        catch (Exception exception) when (exception is not (FormIsGoneException or BrokenOffException) && !context.RequestAborted.IsCancellationRequested)
        {
            // Whatever it is, another try is worth more than a lost mail, and Mailgun makes it.
            Log.Unavailable(logger, route, exception);
            return Answer.Unavailable;
        }
    }
}
