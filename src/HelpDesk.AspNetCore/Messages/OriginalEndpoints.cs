using HelpDesk.AspNetCore.Authorization;
using HelpDesk.AspNetCore.Html;
using HelpDesk.AspNetCore.Http;
using HelpDesk.Tickets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HelpDesk.AspNetCore.Messages;

/// <summary>What a mail had beside the text that its message shows.</summary>
internal static class OriginalEndpoints
{
    private const string Tag = "Messages";
    private const string TooMuch = "<p>The HTML of this mail cannot be shown; read its text.</p>";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/messages/{id}/html", HtmlAsync)
            .Describe("HelpDesk.GetMessageHtml", Tag, "Shows the HTML of a mail, cleaned, with its own images and no others.")
            .GivesHtml().Fails(404);
        api.MapGet("/messages/{id}/text", TextAsync)
            .Describe("HelpDesk.GetMessageText", Tag, "Reads the whole text of a message, with the quotes and signatures that it leaves out; for agents.")
            .Gives<MessageTextResponse>().Fails(404);
    }

    private static async Task<IResult> HtmlAsync(HttpContext context, string id, ITicketService tickets)
    {
        var mail = Guid.TryParseExact(id, "D", out var message)
            ? await tickets.GetHtmlAsync(new GetMessageHtml { Actor = context.GetActor(), Message = message }, context.RequestAborted)
            : null;
        if (mail is null)
            return Problem.NotFound();
        if (MailTree.Parse(mail.Html) is not { } document)
            return new HtmlAnswer(TooMuch);

        MailCleaner.Empty(document);
        var images = await MailImages.ReadAsync(document, mail.Images, context.RequestAborted);
        return new HtmlAnswer(MailCleaner.Clean(document, images));
    }

    private static async Task<IResult> TextAsync(HttpContext context, string id, ITicketService tickets)
    {
        var text = Guid.TryParseExact(id, "D", out var message)
            ? await tickets.GetWholeTextAsync(new GetWholeText { Actor = context.GetActor(), Message = message }, context.RequestAborted)
            : null;
        return text is null ? Problem.NotFound() : JsonAnswer.Ok(new MessageTextResponse(text));
    }

    internal sealed record MessageTextResponse(string Text);
}
