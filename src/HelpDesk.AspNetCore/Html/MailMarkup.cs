using System.Collections.Frozen;

namespace HelpDesk.AspNetCore.Html;

/// <summary>What of the HTML of a mail reaches a browser: text, its structure, links, and how it looked before there were style sheets.</summary>
internal static class MailMarkup
{
    /// <summary>Elements that stay. What is not here goes, and leaves what is in it; or nothing, if it is <see cref="Emptied"/>.</summary>
    public static readonly FrozenSet<string> Elements = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "a", "abbr", "acronym", "address", "article", "aside", "b", "bdi", "bdo", "big", "blockquote", "br", "caption", "center", "cite", "code", "col", "colgroup", "dd", "del", "dfn",
        "dir", "div", "dl", "dt", "em", "figcaption", "figure", "font", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "ins", "kbd", "li", "main", "mark", "nav",
        "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "span", "strike", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr",
        "tt", "u", "ul", "var", "wbr");

    /// <summary>Attributes that stay, on whatever element; the values of <see cref="Urls"/> are looked at. No names and no styles, which could reach beyond the mail.</summary>
    public static readonly FrozenSet<string> Attributes = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "abbr", "align", "alt", "bgcolor", "border", "cellpadding", "cellspacing", "clear", "color", "colspan", "compact", "datetime", "dir", "face", "height", "href", "hspace",
        "lang", "noshade", "nowrap", "reversed", "rowspan", "scope", "size", "span", "src", "start", "summary", "title", "type", "valign", "value", "vspace", "width");

    public static readonly FrozenSet<string> Urls = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "href", "src");

    public static readonly FrozenSet<string> Schemes = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "http", "https", "mailto");

    /// <summary>Elements of which nothing is text for readers, or which a browser reads by other rules than these.</summary>
    public static readonly FrozenSet<string> Emptied = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "applet", "area", "audio", "base", "basefont", "bgsound", "canvas", "command", "datalist", "dialog", "embed", "frame", "frameset", "head", "iframe", "image", "input", "isindex", "keygen",
        "link", "map", "math", "meta", "noembed", "noframes", "noscript", "object", "optgroup", "option", "param", "portal", "script", "select", "source", "style", "svg", "template", "title",
        "track", "video");
}
