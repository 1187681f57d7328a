using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Ganss.Xss;

namespace HelpDesk.AspNetCore.Html;

/// <summary>Takes out of a mail's HTML everything that is not known to be harmless. The only way by which HTML leaves this library.</summary>
internal static class MailCleaner
{
    private const string RemoteImage = "[image]";

    // Of this size is what shall tell its sender that the mail was opened.
    private const int Pixel = 3;

    private static readonly HtmlSanitizerOptions Options = new()
    {
        AllowedTags = MailMarkup.Elements,
        AllowedAttributes = MailMarkup.Attributes,
        AllowedSchemes = MailMarkup.Schemes,
        UriAttributes = MailMarkup.Urls,
    };

    /// <summary>Takes out what is taken out with all that is in it.</summary>
    public static void Empty(IHtmlDocument document)
    {
        foreach (var element in document.Body!.QuerySelectorAll("*").Where(IsEmptied).ToList())
            element.Remove();
    }

    /// <returns>What may stand in the body of a document.</returns>
    /// <param name="document">The mail.</param>
    /// <param name="images">What its images are shown as; those that are not here are not shown.</param>
    public static string Clean(IHtmlDocument document, IReadOnlyDictionary<IElement, string> images)
    {
        var sanitizer = new HtmlSanitizer(Options) { KeepChildNodes = true };
        sanitizer.FilterUrl += (_, url) => url.SanitizedUrl = url.Tag.LocalName switch
        {
            "a" => Link(url.SanitizedUrl),
            "img" => images.GetValueOrDefault(url.Tag),
            _ => null,
        };
        var body = document.Body!;
        sanitizer.SanitizeDom(document, body);
        foreach (var link in body.QuerySelectorAll("a[href]"))
        {
            link.SetAttribute("target", "_blank");
            link.SetAttribute("rel", "noopener noreferrer nofollow");
        }

        foreach (var image in body.QuerySelectorAll("img:not([src])").ToList())
            Mark(image);
        return body.ChildNodes.ToHtml(HtmlFormatter.Instance);
    }

    private static bool IsEmptied(IElement element) =>
        element.NamespaceUri != NamespaceNames.HtmlUri || MailMarkup.Emptied.Contains(element.LocalName);

    /// <summary>The address in the form that nobody reads in two ways; null for one that is not to be followed from a mail.</summary>
    private static string? Link(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && MailMarkup.Schemes.Contains(uri.Scheme) ? uri.AbsoluteUri : null;

    /// <summary>Leaves a mark where an image would be, if anybody would have seen it.</summary>
    private static void Mark(IElement image)
    {
        if (IsPixel(image.GetAttribute("width")) || IsPixel(image.GetAttribute("height")))
            image.Remove();
        else if (string.IsNullOrWhiteSpace(image.GetAttribute("alt")))
            image.SetAttribute("alt", RemoteImage);
    }

    private static bool IsPixel(string? length) => int.TryParse(length, out var pixels) && pixels < Pixel;
}
