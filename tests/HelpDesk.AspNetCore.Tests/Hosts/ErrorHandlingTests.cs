using HelpDesk.AspNetCore.Tests.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.AspNetCore.Tests.Hosts;

public sealed class ErrorHandlingTests
{
    [Fact]
    public async Task Problems_are_the_same_in_a_host_with_problem_details_and_an_exception_handler()
    {
        await using var plain = await TestHelpDesk.StartAsync();
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup
        {
            Services = services => services.AddProblemDetails(options => options.CustomizeProblemDetails = context => context.ProblemDetails.Extensions["mine"] = 1),
            App = app =>
            {
                app.UseExceptionHandler();
                app.UseStatusCodePages();
            },
        });

        foreach (var person in new[] { Users.Anonymous, Users.Alice, Users.Ann })
        {
            var (expected, actual) = (await plain.AsAsync(person), await host.AsAsync(person));
            foreach (var (method, path, body) in new (string, string, object?)[]
            {
                ("GET", "/tickets/none", null), ("POST", "/tickets", "{"), ("POST", "/tickets", "{}"), ("PATCH", "/tickets/none", "{}"), ("GET", "/tickets?limit=0", null),
                ("POST", "/tickets", "[]"), ("GET", "/tickets?cursor=x", null),
            })
            {
                var answer = await actual.SendAsync(method, path, body);
                Assert.Equal((await expected.SendAsync(method, path, body)).Everything, answer.Everything);
                Assert.DoesNotContain("traceId", answer.Text, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain("instance", answer.Text, StringComparison.OrdinalIgnoreCase);
                Assert.NotNull(answer.Code);
            }
        }
    }
}
