using System.Text.Json.Serialization;
using HelpDesk.AspNetCore.Authorization;
using HelpDesk.AspNetCore.Http;
using HelpDesk.Events;
using HelpDesk.Tickets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HelpDesk.AspNetCore.Events;

/// <summary>What happens while it happens, and who is at which ticket.</summary>
internal static class EventEndpoints
{
    private const string Tag = "Events";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/events", ListenAsync)
            .Describe("HelpDesk.Listen", Tag, "Tells of what happens to the tickets that the caller sees, as server-sent events; agents also of who is at which ticket.")
            .TakesLastEventId().GivesEvents<IStreamEvent>().Fails(400, 429);
        api.MapPut("/tickets/{ticket}/presence", SetPresenceAsync)
            .Describe("HelpDesk.SetPresence", Tag, "Says that the caller has a ticket before them, for 30 seconds; for agents.")
            .Takes<PresenceRequest>().GivesNothing().Fails(400, 404, 413, 415);
    }

    private static async Task<IResult> ListenAsync(HttpContext context, ITicketFeed feed, TimeProvider clock)
    {
        var stream = new EventStream(context, clock);
        // What fails before the first event is a problem as anywhere else.
        await stream.BeginAsync(token => feed.ListenAsync(context.GetActor(), RequestHeaders.LastEventId(context.Request), token));
        return stream;
    }

    private static async Task<IResult> SetPresenceAsync(HttpContext context, string ticket, IPresence presence)
    {
        var body = await RequestBody.ReadAsync<PresenceRequest>(context);
        PresenceMode? mode = body.Mode switch
        {
            PresenceWord.Viewing => PresenceMode.Viewing,
            PresenceWord.Replying => PresenceMode.Replying,
            PresenceWord.None => null,
            _ => throw new ValidationException("mode", $"Use one of: {Words.All<PresenceWord>()}."),
        };
        await presence.SetAsync(new SetPresence { Actor = context.GetActor(), Ticket = ticket, Mode = mode }, context.RequestAborted);
        return NoContentAnswer.Instance;
    }

    [JsonConverter(typeof(JsonStringEnumConverter<PresenceWord>))]
    internal enum PresenceWord
    {
        [JsonStringEnumMemberName("viewing")]
        Viewing,
        [JsonStringEnumMemberName("replying")]
        Replying,
        [JsonStringEnumMemberName("none")]
        None,
    }

    internal sealed record PresenceRequest
    {
        /// <summary>What the caller is doing at the ticket; <c>none</c> once they have left it.</summary>
        public PresenceWord? Mode { get; init; }
    }
}
