using HelpDesk.Attachments;
using HelpDesk.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace HelpDesk.AspNetCore.Http;

/// <summary>The reader of what may come with files: JSON as ever, or a form, of which each file goes to the store as it comes.</summary>
/// <remarks>Not the framework's reader of forms: that keeps files in memory or in a folder first, and brings limits and antiforgery of its own.</remarks>
internal static class RequestForm
{
    public const string MediaType = "multipart/form-data";

    /// <summary>For OpenAPI, whose generators have one schema for all media types of a body.</summary>
    public const string FilesDescription = "Files, each with a file name; as multipart/form-data only.";

    private const string FileField = "attachments";

    // Files pass through it in pieces of this size.
    private const int BufferSize = 64 * 1024;

    /// <returns>To be disposed of once it is known what became of the files.</returns>
    /// <exception cref="BadRequestException">The body is missing, too large, of another type, or neither a JSON object nor a form.</exception>
    /// <exception cref="ValidationException">A field has a value of the wrong kind, or a file stands where none belongs.</exception>
    /// <exception cref="TooLargeException">A file is larger than one may be.</exception>
    /// <exception cref="StorageUnavailableException">The store did not take a file.</exception>
    public static async Task<Incoming<T>> ReadAsync<T>(HttpContext context)
        where T : class
    {
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) || !type.MediaType.Equals(MediaType, StringComparison.OrdinalIgnoreCase))
            return new Incoming<T>(await RequestBody.ReadAsync<T>(context, orForm: true), files: null);

        var limits = FormLimits.Of(context);
        Admit(context, limits);
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary);
        if (boundary.Length is 0 or > FormLimits.BoundaryLength)
            throw BadRequestException.Malformed($"A form names its boundary, of 1 to {FormLimits.BoundaryLength} characters.");

        if (context.Features.Get<IFormFeature>()?.Form is not null)
            throw new InvalidOperationException("Something before HelpDesk has read the form, so its files are gone. Leave the forms of POST /tickets and /tickets/{ticket}/messages to HelpDesk: no middleware may read them.");

        var files = new StagedFiles(context.RequestServices, context.GetActor());
        try
        {
            var reader = new MultipartReader(boundary.Value!, context.Request.Body, BufferSize) { HeadersLengthLimit = FormLimits.HeaderBytes };
            var fields = await ReadPartsAsync(reader, limits, files, context.RequestAborted);
            return new Incoming<T>(fields.Deserialize<T>(), files);
        }
        catch
        {
            await files.DisposeAsync();
            throw;
        }
    }

    /// <summary>Lets the server take as much as the options allow, and no more. The limit of the host is one for bodies without files.</summary>
    private static void Admit(HttpContext context, FormLimits limits)
    {
        if (context.Request.ContentLength > limits.Bytes)
            throw BadRequestException.TooLarge($"A form has at most {limits.Files} files of {Sizes.Text(limits.FileBytes)} each.");
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = limits.Bytes;
    }

    private static async Task<FormFields> ReadPartsAsync(MultipartReader reader, FormLimits limits, StagedFiles files, CancellationToken cancellationToken)
    {
        var fields = new FormFields(limits.TextBytes);
        var parts = 0;
        try
        {
            while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
            {
                if (++parts > limits.Parts)
                    throw BadRequestException.TooLarge($"A form has at most {limits.Parts} parts.");
                var part = FormPart.Of(section);
                if (part.FileName is null)
                    await ReadTextAsync(part, fields, cancellationToken);
                else if (part.FileName.Length > 0 || !await IsEmptyAsync(part.Content, cancellationToken))
                    await StageAsync(part, limits, files, cancellationToken);
            }

            return fields;
        }
        catch (BadHttpRequestException exception)
        {
            throw RequestBody.Unreadable(exception);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            // What the store throws comes as an exception of its own: this is the reader's.
            throw BadRequestException.Malformed("The form is broken, did not arrive whole, or a part has too many headers.");
        }
    }

    private static async Task ReadTextAsync(FormPart part, FormFields fields, CancellationToken cancellationToken)
    {
        if (part.Name == FileField)
            throw new ValidationException(FileField, $"The field '{FileField}' takes files, each with a file name.");
        part.RequireUtf8();
        await fields.ReadAsync(part.Name, part.Content, cancellationToken);
    }

    private static async Task StageAsync(FormPart part, FormLimits limits, StagedFiles files, CancellationToken cancellationToken)
    {
        if (part.Name != FileField)
            throw new ValidationException(FileField, $"A file came in another field. Send files in the field '{FileField}'.");
        if (part.FileName!.Length == 0)
            throw new ValidationException(FileField, "A file has no name.");
        if (files.Ids.Count == limits.Files)
            throw new ValidationException(FileField, limits.Files == 0 ? "Files are not allowed." : $"There are too many files; at most {limits.Files} are allowed.");
        await files.StageAsync(part, cancellationToken);
    }

    private static async Task<bool> IsEmptyAsync(Stream content, CancellationToken cancellationToken) => await content.ReadAsync(new byte[1], cancellationToken) == 0;
}
