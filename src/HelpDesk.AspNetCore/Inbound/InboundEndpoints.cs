using System.Globalization;
using HelpDesk.AspNetCore.Authorization;
using HelpDesk.AspNetCore.Http;
using HelpDesk.AspNetCore.Tickets;
using HelpDesk.Inbound;
using HelpDesk.Tickets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HelpDesk.AspNetCore.Inbound;

/// <summary>Received mail that waits for an agent.</summary>
internal static class InboundEndpoints
{
    private const string Tag = "Inbound mail";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/inbound", ListAsync)
            .Describe("HelpDesk.ListInboundMail", Tag, "Lists mail that is held, or could not be processed, newest first; for agents.")
            .TakesQuery<InboundStateParameter>("state").TakesQuery<int>("limit").TakesQuery<string>("cursor")
            .Gives<InboundListResponse>().Fails(400);
        api.MapPost("/inbound/{id}/release", ReleaseAsync)
            .Describe("HelpDesk.ReleaseInboundMail", Tag, "Lets a held mail become a message: of the named ticket, of the one that it hints at, or of a new one; for agents.")
            .Takes<ReleaseRequest>(isRequired: false).Gives<InboundResponse>().Fails(400, 404, 409, 413, 415);
        api.MapPost("/inbound/{id}/reject", RejectAsync)
            .Describe("HelpDesk.RejectInboundMail", Tag, "Puts a held or failed mail away for good; for agents.")
            .Gives<InboundResponse>().Fails(400, 404, 409);
        api.MapPost("/inbound/{id}/retry", RetryAsync)
            .Describe("HelpDesk.RetryInboundMail", Tag, "Processes a failed mail again; for agents.")
            .Gives<InboundResponse>().Fails(400, 404, 409);
        api.MapGet("/inbound/{id}/raw", RawAsync)
            .Describe("HelpDesk.GetRawInboundMail", Tag, "Downloads a held or failed mail as it came; for agents.")
            .GivesBytes().Fails(404);
    }

    private static async Task<IResult> ListAsync(HttpContext context, IInboundMailbox mailbox)
    {
        var actor = context.GetAgent();
        var query = context.Request.Query;
        var page = await mailbox.ListAsync(
            new ListInboundMail
            {
                Actor = actor,
                State = State(TicketListQuery.Single(query, "state")),
                Limit = Limit(TicketListQuery.Single(query, "limit")),
                Cursor = TicketListQuery.Single(query, "cursor"),
            },
            context.RequestAborted);
        return JsonAnswer.Ok(new InboundListResponse([.. page.Mails.Select(InboundResponse.Of)], page.NextCursor));
    }

    private static async Task<IResult> ReleaseAsync(HttpContext context, string id, IInboundMailbox mailbox)
    {
        var actor = context.GetAgent();
        var body = await RequestBody.ReadOptionalAsync<ReleaseRequest>(context);
        var command = new ReleaseInboundMail { Actor = actor, Mail = Mail(id), Ticket = body?.Ticket is { } ticket ? TicketKey.Parse(ticket) : default(TicketKey?), AsNewTicket = body?.AsNew ?? false };
        return JsonAnswer.Ok(InboundResponse.Of(await mailbox.ReleaseAsync(command, context.RequestAborted)));
    }

    private static async Task<IResult> RejectAsync(HttpContext context, string id, IInboundMailbox mailbox)
    {
        var command = new RejectInboundMail { Actor = context.GetAgent(), Mail = Mail(id) };
        return JsonAnswer.Ok(InboundResponse.Of(await mailbox.RejectAsync(command, context.RequestAborted)));
    }

    private static async Task<IResult> RetryAsync(HttpContext context, string id, IInboundMailbox mailbox)
    {
        var command = new RetryInboundMail { Actor = context.GetAgent(), Mail = Mail(id) };
        return JsonAnswer.Ok(InboundResponse.Of(await mailbox.RetryAsync(command, context.RequestAborted)));
    }

    private static async Task<IResult> RawAsync(HttpContext context, string id, IInboundMailbox mailbox)
    {
        var mail = await mailbox.OpenRawAsync(new GetRawInboundMail { Actor = context.GetAgent(), Mail = Mail(id) }, context.RequestAborted);
        return mail is null ? Problem.NotFound() : new RawMailAnswer(mail);
    }

    private static Guid Mail(string id) => Guid.TryParseExact(id, "D", out var mail) ? mail : throw new NotFoundException();

    private static InboundMailState State(string? value) => value is null ? InboundMailState.Held : Words.Parse<InboundStateParameter>(value) switch
    {
        InboundStateParameter.Held => InboundMailState.Held,
        InboundStateParameter.Failed => InboundMailState.Failed,
        _ => throw new ValidationException("state", $"Use one of: {Words.All<InboundStateParameter>()}."),
    };

    private static int Limit(string? value)
    {
        if (value is null)
            return 25;
        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            ? limit
            : throw new ValidationException("limit", "Use 1 to 100.");
    }
}
