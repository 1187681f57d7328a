using HelpDesk.AspNetCore.Authorization;
using HelpDesk.AspNetCore.Http;
using HelpDesk.People;
using HelpDesk.Tickets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HelpDesk.AspNetCore.People;

/// <summary>What a page needs to know before it can ask anything: who is calling, and which categories there are.</summary>
internal static class PeopleEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/me", MeAsync).Describe("HelpDesk.Me", "People", "Tells who is calling and as what.").Gives<MeResponse>().Fails();
        api.MapGet("/categories", CategoriesAsync).Describe("HelpDesk.ListCategories", "Categories", "Lists the categories.").Gives<CategoryListResponse>().Fails();
    }

    private static async Task<IResult> MeAsync(HttpContext context, ITicketService tickets, IUserDirectory directory)
    {
        var actor = context.GetActor();
        // The first that a page asks: what its user asked by mail, before they had an account, is theirs in all that it asks next.
        if (actor.Kind == ActorKind.User)
            await tickets.ClaimByEmailAsync(new ClaimByEmail { Actor = actor }, context.RequestAborted);
        var users = await directory.FindAsync([actor.Id], context.RequestAborted);
        users.TryGetValue(actor.Id, out var user);
        return JsonAnswer.Ok(new MeResponse(actor.Id, user?.Name ?? actor.Id, user?.Email, actor.IsAgent, actor.IsManager, actor.IsAdministrator));
    }

    private static async Task<IResult> CategoriesAsync(HttpContext context, ICategoryList categories)
    {
        var names = await categories.GetAsync(context.RequestAborted);
        return JsonAnswer.Ok(new CategoryListResponse([.. names.Select(name => new CategoryResponse(name))]));
    }

    internal sealed record MeResponse(string Id, string Name, string? Email, bool IsAgent, bool IsManager, bool IsAdmin);

    internal sealed record CategoryListResponse(IReadOnlyList<CategoryResponse> Data);

    internal sealed record CategoryResponse(string Name);
}
