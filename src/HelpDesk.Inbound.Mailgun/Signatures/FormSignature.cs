using HelpDesk.Inbound.Mailgun.Forms;

namespace HelpDesk.Inbound.Mailgun.Signatures;

/// <summary>Finds the signature in a form.</summary>
internal static class FormSignature
{
    /// <exception cref="UnverifiedException">One of its fields is missing, there twice, a file, or too long to be one.</exception>
    public static async Task<SignatureClaim> ReadAsync(ReceivedForm form, CancellationToken cancellationToken) => new(
        await ReadAsync(form, KnownField.Timestamp, cancellationToken),
        await ReadAsync(form, KnownField.Token, cancellationToken),
        await ReadAsync(form, KnownField.Signature, cancellationToken));

    private static async Task<byte[]> ReadAsync(ReceivedForm form, KnownField known, CancellationToken cancellationToken)
    {
        var name = KnownFields.NameOf(known);
        if (form.CountOf(known) > 1)
            throw new UnverifiedException($"The field '{name}' is there more than once.");
        if (form.Find(known) is not { } field)
            throw new UnverifiedException($"The field '{name}' is missing.");
        if (field.IsFile || field.Length is 0 or > MailgunSignature.LongestToken)
            throw new UnverifiedException($"The field '{name}' is not what Mailgun sends.");
        return await form.ValueAsync(field, cancellationToken);
    }
}
