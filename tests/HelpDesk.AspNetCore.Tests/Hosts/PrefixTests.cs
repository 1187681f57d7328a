using HelpDesk.AspNetCore.Tests.Infrastructure;
using Microsoft.AspNetCore.Builder;

namespace HelpDesk.AspNetCore.Tests.Hosts;

/// <summary>Where the API stands is the host's choice, and every link follows it.</summary>
public sealed class PrefixTests
{
    [Theory]
    [InlineData("/helpdesk", "", "/helpdesk")]
    [InlineData("/api/v1/desk", "", "/api/v1/desk")]
    [InlineData("api/desk/", "", "/api/desk")]
    [InlineData("", "", "")]
    [InlineData("/", "", "")]
    [InlineData("/helpdesk", "/base", "/base/helpdesk")]
    [InlineData("", "/base", "/base")]
    public async Task Links_begin_where_the_api_was_called(string prefix, string pathBase, string root)
    {
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup
        {
            Prefix = prefix,
            App = app =>
            {
                if (pathBase.Length > 0)
                    app.UsePathBase(pathBase);
                app.UseRouting();
            },
        });
        var alice = new Caller(host.CreateClient(), root, await host.SignInAsync(Users.Alice));

        var ticket = await alice.OpenAsync();

        Assert.Equal($"{root}/tickets/{ticket.Id}", ticket.Location);
        Assert.Equal(ticket.Location, (await alice.ReplyAsync(ticket.Id)).Location);
        Assert.Equal(ticket.Location, (await alice.PostAsync($"/tickets/{ticket.Id}/messages/", new { body = "With a slash." })).Is(201).Location);
        (await new Caller(host.CreateClient(), "", await host.SignInAsync(Users.Alice)).GetAsync(ticket.Location!)).Is(200);
    }
}
