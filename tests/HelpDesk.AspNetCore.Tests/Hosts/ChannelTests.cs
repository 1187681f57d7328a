using HelpDesk.AspNetCore.Tests.Infrastructure;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.AspNetCore.Tests.Hosts;

/// <summary>Whether a ticket came by a program: told by the scheme of the caller's authentication alone.</summary>
public sealed class ChannelTests
{
    [Theory]
    [InlineData(null, false, "web")]
    [InlineData("Identity.Bearer", false, "api")]
    [InlineData("Identity.Application", false, "web")]
    [InlineData("Identity", false, "web")]
    [InlineData("Identity.Bearer", true, "api")]
    [InlineData("Identity.Application", true, "web")]
    public async Task The_channel_is_api_for_the_schemes_that_the_host_lists(string? apiScheme, bool policyNamesSchemes, string channel)
    {
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup
        {
            Configuration = { ["HelpDesk:ApiSchemes:0"] = apiScheme },
            Services = services =>
            {
                if (policyNamesSchemes)
                {
                    services.AddAuthorizationBuilder().SetDefaultPolicy(
                        new AuthorizationPolicyBuilder(IdentityConstants.ApplicationScheme, IdentityConstants.BearerScheme).RequireAuthenticatedUser().Build());
                }
            },
        });
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));

        var ticket = await alice.OpenAsync();
        var reply = await alice.ReplyAsync(ticket.Id);

        Assert.Equal(channel, ticket.Json.GetProperty("channel").GetString());
        Assert.Equal(channel, reply.Json.GetProperty("channel").GetString());
        var history = (await ann.GetAsync($"/tickets/{ticket.Id}/history")).Json.GetProperty("data");
        var own = history.EnumerateArray().Where(entry => entry.GetProperty("actor").GetProperty("id").GetString() == Users.Id(Users.Alice)).ToList();
        Assert.Equal(2, own.Count);
        Assert.All(own, entry => Assert.Equal(channel, entry.GetProperty("via").GetString()));
    }
}
