using System.Globalization;
using System.Text;
using HelpDesk.Inbound.Mailgun.Forms;
using MimeKit;

namespace HelpDesk.Inbound.Mailgun.Mime;

/// <summary>Makes a mail again of what Mailgun has taken apart.</summary>
internal sealed class MailBuilder(ReceivedForm form, CancellationToken cancellationToken)
{
    private readonly List<string> remarks = [];
    private readonly List<MailPart> bodies = [];
    private readonly List<MailPart> files = [];

    /// <exception cref="NotAcceptableException">There is no mail in the form, or it is elsewhere.</exception>
    public async Task<RawMail> BuildAsync()
    {
        var headers = await MessageHeaders.ReadAsync(form, remarks, cancellationToken);
        RequireMail(headers);
        var envelope = await Envelope.ReadAsync(form, headers, remarks, cancellationToken);
        await TakeBodiesAsync();
        await TakeFilesAsync();
        if (bodies.Count == 0 && files.Count == 0)
            bodies.Add(MailPart.Empty);

        var spool = new Spool();
        try
        {
            var writer = new MimeWriter(form, spool);
            var fields = new HeaderFields(form, writer);
            await fields.WriteAsync(headers, remarks, cancellationToken);
            await writer.ContentAsync(Container(fields.ContentType), bodies, files, cancellationToken);
            await spool.CompleteAsync(cancellationToken);
            return new RawMail(spool.OpenRead(0, spool.Length), envelope, remarks, spool);
        }
        catch
        {
            await spool.DisposeAsync();
            throw;
        }
    }

    private void RequireMail(IReadOnlyList<KeyValuePair<string, string>>? headers)
    {
        if (Envelope.HasOwn(form, KnownField.MessageUrl, headers) || Envelope.HasOwn(form, KnownField.Attachments, headers))
            throw new NotAcceptableException("This is a notification of store(), which has no files. Use forward() with the url of this route, or with that of /mime behind it.");
        if (form.CountOf(KnownField.Recipient) + form.CountOf(KnownField.MessageHeaders) + form.CountOf(KnownField.BodyPlain) + form.CountOf(KnownField.BodyHtml) == 0)
            throw new NotAcceptableException("There is no mail in the form. Use the url in the forward() of a route.");
    }

    private async Task TakeBodiesAsync()
    {
        var absent = new[] { KnownField.BodyPlain, KnownField.StrippedText, KnownField.StrippedHtml }.Where(known => form.CountOf(known) == 0).Select(KnownFields.NameOf).ToList();
        if (absent.Count > 0)
            remarks.Add($"Mailgun sent no {string.Join(", ", absent)}.");
        await TakeBodyAsync(KnownField.BodyPlain, "plain");
        await TakeBodyAsync(KnownField.BodyHtml, "html");
        // Better a stripped text than none.
        if (bodies.Count == 0)
            await TakeBodyAsync(KnownField.StrippedText, "plain");
        if (bodies.Count == 0)
            await TakeBodyAsync(KnownField.StrippedHtml, "html");
    }

    private async Task TakeBodyAsync(KnownField known, string subtype)
    {
        if (form.Find(known) is not { } field)
            return;
        if (form.CountOf(known) is > 1 and var count)
            remarks.Add($"{KnownFields.NameOf(known)} is there {count} times; the first one is the text, the others are files.");
        bodies.Add(await MailPart.TextAsync(form, field, subtype, cancellationToken));
    }

    private async Task TakeFilesAsync()
    {
        var ids = await ContentIds.ReadAsync(form, remarks, cancellationToken);
        var (counted, nameless, strange) = (0, 0, 0);
        foreach (var field in form.Fields)
        {
            var isAttachment = field.Known == KnownField.Attachment;
            if (!isAttachment && !IsFile(field))
                continue;

            var name = await form.NameAsync(field, cancellationToken);
            var fileName = await form.FileNameAsync(field, cancellationToken);
            counted += isAttachment ? 1 : 0;
            strange += field.Known is KnownField.None or KnownField.BodyOther ? 1 : 0;
            nameless += isAttachment && fileName.Length == 0 ? 1 : 0;
            files.Add(MailPart.File(
                field,
                isAttachment || fileName.Length > 0 ? fileName : name,
                await form.TypeAsync(field, cancellationToken),
                isAttachment ? ids.GetValueOrDefault(Encoding.UTF8.GetString(name)) : null));
        }

        if (nameless > 0)
            remarks.Add($"{nameless} attachments have no file name.");
        if (strange > 0)
            remarks.Add($"{strange} files came under other names than attachment-1 and so on.");
        await CheckCountAsync(counted);
    }

    /// <summary>What nobody expects is kept as a file rather than lost: bodies of other kinds, further ones, files under other names.</summary>
    private bool IsFile(FormField field) => field.Known switch
    {
        KnownField.BodyOther => true,
        KnownField.BodyPlain or KnownField.BodyHtml => field.At != form.Find(field.Known)!.Value.At,
        KnownField.None => field.IsFile,
        _ => false,
    };

    private async Task CheckCountAsync(int counted)
    {
        if (form.Find(KnownField.AttachmentCount) is not { } field)
        {
            if (counted > 0)
                remarks.Add("Mailgun sent attachments without their number.");
            return;
        }

        var isNumber = form.CountOf(KnownField.AttachmentCount) == 1 && field.Length <= 10
            && int.TryParse(await form.TextAsync(field, cancellationToken), NumberStyles.None, CultureInfo.InvariantCulture, out var expected) && expected == counted;
        if (!isNumber)
            remarks.Add($"attachment-count does not fit: {counted} attachments came.");
    }

    private string? Container(string? contentType)
    {
        // Readers know a bounce by this type, and its parts come as they were.
        if (contentType is not null && ContentType.TryParse(contentType, out var type) && type.IsMimeType("multipart", "report"))
            return type.Parameters["report-type"] is { Length: > 0 } kind && kind.All(character => char.IsAsciiLetterOrDigit(character) || character == '-')
                ? $"multipart/report; report-type={kind}"
                : "multipart/report";
        if (files.Count > 0)
            return "multipart/mixed";
        return bodies.Count > 1 ? "multipart/alternative" : null;
    }
}
