using HelpDesk.AspNetCore.Tests.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.AspNetCore.Tests.Mail;

/// <summary>The host of the tests with Mailgun's routes.</summary>
internal static class MailHost
{
    public static Task<TestHelpDesk> StartAsync(
        Func<Task<TestDatabase>>? database = null, bool runsInBackground = false, Action<DbContextOptionsBuilder>? context = null, Action<IServiceCollection>? services = null) =>
        TestHelpDesk.StartAsync(new TestHostSetup
        {
            Database = database ?? TestDatabase.SqliteAsync,
            Context = context,
            OnKestrel = runsInBackground,
            OnRealClock = runsInBackground,
            Configuration =
            {
                ["HelpDesk:Mailgun:SigningKey"] = MailgunPost.Key,
                ["HelpDesk:Inbound:RunsInBackground"] = $"{runsInBackground}",
                ["HelpDesk:Assignment:RunsInBackground"] = $"{runsInBackground}",
                ["HelpDesk:Inbound:MostPerSender"] = "1000",
            },
            Services = target =>
            {
                target.AddHelpDesk().AddMailgunInbound();
                services?.Invoke(target);
            },
            App = app => app.MapMailgunInbound(),
        });
}
