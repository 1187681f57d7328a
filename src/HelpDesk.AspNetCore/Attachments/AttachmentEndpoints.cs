using HelpDesk.AspNetCore.Authorization;
using HelpDesk.AspNetCore.Http;
using HelpDesk.Tickets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HelpDesk.AspNetCore.Attachments;

/// <summary>The files of messages.</summary>
internal static class AttachmentEndpoints
{
    private const string Tag = "Attachments";

    public static void Map(RouteGroupBuilder api) => api.MapGet("/attachments/{id}", GetAsync)
        .Describe("HelpDesk.GetAttachment", Tag, "Downloads a file, or leads to where the store itself serves it.")
        .GivesFile().Fails(404);

    private static async Task<IResult> GetAsync(HttpContext context, string id, ITicketService tickets)
    {
        var file = Guid.TryParseExact(id, "D", out var attachment)
            ? await tickets.GetAttachmentAsync(new GetAttachment { Actor = context.GetActor(), Attachment = attachment }, context.RequestAborted)
            : null;
        if (file is null)
            return Problem.NotFound();
        return await file.GetLinkAsync(context.RequestAborted) is { } link ? new LinkAnswer(link) : new FileAnswer(file);
    }
}
