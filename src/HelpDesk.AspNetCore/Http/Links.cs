using Microsoft.AspNetCore.Http;

namespace HelpDesk.AspNetCore.Http;

/// <summary>Addresses below the prefix at which the host mapped the API, path base included.</summary>
internal sealed class Links
{
    private readonly string root;

    private Links(string root) => this.root = root;

    /// <param name="context">The request.</param>
    /// <param name="segments">How many segments the called route has after the prefix.</param>
    public static Links Of(HttpContext context, int segments)
    {
        var path = context.Request.Path.ToUriComponent().TrimEnd('/');
        for (var i = 0; i < segments; i++)
            path = path[..path.LastIndexOf('/')];
        return new Links(context.Request.PathBase.ToUriComponent() + path);
    }

    public string Ticket(Guid id) => $"{root}/tickets/{id:D}";

    public string SavedReply(Guid id) => $"{root}/saved-replies/{id:D}";

    public string Attachment(Guid id) => $"{root}/attachments/{id:D}";
}
