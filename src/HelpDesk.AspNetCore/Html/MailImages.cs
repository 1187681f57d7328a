using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using HelpDesk.Tickets;

namespace HelpDesk.AspNetCore.Html;

/// <summary>The images that a mail brings along, as data in its HTML: bounded, and only what is a picture by its bytes.</summary>
internal static class MailImages
{
    private const int MostBytes = 2 * 1024 * 1024;
    private const string Scheme = "cid:";

    /// <summary>Reads the images in the order in which the mail shows them, as often as it shows them; one that does not fit any more is left out.</summary>
    /// <param name="document">The mail.</param>
    /// <param name="files">Its files by Content-ID.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="StorageUnavailableException">The store did not do its work.</exception>
    public static async Task<IReadOnlyDictionary<IElement, string>> ReadAsync(
        IHtmlDocument document, IReadOnlyDictionary<string, AttachmentFile> files, CancellationToken cancellationToken)
    {
        var shown = new Dictionary<IElement, string>();
        var read = new Dictionary<Guid, string?>();
        var left = (long)MostBytes;
        foreach (var image in document.Body!.QuerySelectorAll("img"))
        {
            if (Find(image.GetAttribute("src"), files) is not { } file || file.Size > left)
                continue;
            if (!read.TryGetValue(file.Id, out var url))
                read.Add(file.Id, url = await ReadAsync(file, cancellationToken));
            if (url is null)
                continue;
            left -= file.Size;
            shown.Add(image, url);
        }

        return shown;
    }

    /// <summary>Mailers write the Content-ID as it is, or as RFC 2392 has it, or with the angle brackets of the header.</summary>
    private static AttachmentFile? Find(string? source, IReadOnlyDictionary<string, AttachmentFile> files)
    {
        if (source?.Trim() is not { } url || !url.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return null;

        var id = url[Scheme.Length..];
        return files.GetValueOrDefault(Bare(id)) ?? files.GetValueOrDefault(Bare(Uri.UnescapeDataString(id)));
    }

    private static string Bare(string id) => id is ['<', .. var inner, '>'] ? inner : id;

    private static async Task<string?> ReadAsync(AttachmentFile file, CancellationToken cancellationToken)
    {
        var bytes = new byte[file.Size];
        try
        {
            await using var content = file.OpenRead();
            await content.ReadExactlyAsync(bytes, cancellationToken);
        }
        catch (NotFoundException)
        {
            // The store has lost it: the mail is shown without.
            return null;
        }

        return TypeOf(bytes) is { } type ? $"data:{type};base64,{Convert.ToBase64String(bytes)}" : null;
    }

    private static string? TypeOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]))
            return "image/png";
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
            return "image/jpeg";
        if (bytes.StartsWith("GIF87a"u8) || bytes.StartsWith("GIF89a"u8))
            return "image/gif";
        return bytes.Length >= 12 && bytes.StartsWith("RIFF"u8) && bytes[8..].StartsWith("WEBP"u8) ? "image/webp" : null;
    }
}
