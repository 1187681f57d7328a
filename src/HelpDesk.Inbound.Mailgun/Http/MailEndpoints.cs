using HelpDesk.Inbound.Mailgun.Forms;
using HelpDesk.Inbound.Mailgun.Mime;
using HelpDesk.Inbound.Mailgun.Signatures;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HelpDesk.Inbound.Mailgun.Http;

/// <summary>The two routes that take mail: taken apart by Mailgun, or raw.</summary>
internal static class MailEndpoints
{
    public static RequestDelegate Parsed { get; } = Delivery.On("parsed", (context, logger) => ReceiveAsync(context, logger, TakenApartAsync));

    public static RequestDelegate Raw { get; } = Delivery.On("mime", (context, logger) => ReceiveAsync(context, logger, BodyMimeAsync));

    private static async Task<Answer> ReceiveAsync(HttpContext context, ILogger logger, Func<ReceivedForm, CancellationToken, Task<RawMail>> read)
    {
        if (context.Features.Get<IFormFeature>()?.Form is not null)
            throw new FormIsGoneException();

        var services = context.RequestServices;
        var cancellationToken = context.RequestAborted;
        var limits = new FormLimits(services.GetRequiredService<IOptions<HelpDeskOptions>>().Value.Inbound.MaximumSize);
        if (context.Request.ContentLength > limits.WireBytes)
            throw RequestBytes.TooLarge();

        await using var form = await FormDecoder.ReadAsync(context.Request.ContentType, context.Request.Body, limits, cancellationToken);
        var token = services.GetRequiredService<MailgunSignature>().Verify(await FormSignature.ReadAsync(form, cancellationToken));
        await using var mail = await read(form, cancellationToken);
        if (mail.Content.Length > limits.MailBytes)
            throw RequestBytes.TooLarge();

        var receipt = await services.GetRequiredService<IInboundEmailProcessor>().ReceiveAsync(
            new InboundEmail
            {
                Source = MailgunSource.SourceName,
                DeliveryKey = token,
                Recipient = mail.Envelope.Recipient,
                Sender = mail.Envelope.Sender,
                Content = mail.Content,
                Remarks = mail.Remarks,
            },
            cancellationToken);
        if (receipt.IsDuplicate)
            Log.Repeated(logger, receipt.Id);
        else
            Log.Received(logger, receipt.Id);
        return receipt.IsDuplicate ? Answer.Duplicate : Answer.Accepted;
    }

    private static Task<RawMail> TakenApartAsync(ReceivedForm form, CancellationToken cancellationToken)
    {
        // Next to the fields of a mail that is taken apart it is a header of that mail.
        if (form.CountOf(KnownField.BodyMime) > 0 && form.CountOf(KnownField.MessageHeaders) + form.CountOf(KnownField.BodyPlain) + form.CountOf(KnownField.BodyHtml) == 0)
            throw new NotAcceptableException("This is a raw mail, which goes to the url that ends in /mime. Do not map the routes under a prefix that ends in mime: Mailgun sends raw mail to any such url.");
        return new MailBuilder(form, cancellationToken).BuildAsync();
    }

    private static async Task<RawMail> BodyMimeAsync(ReceivedForm form, CancellationToken cancellationToken)
    {
        if (form.Find(KnownField.BodyMime) is not { Length: > 0 } field)
            throw new NotAcceptableException("There is no body-mime. Use this url in the forward() of a route; store() posts no mail, and a mail that is taken apart goes to the url without /mime.");
        if (form.CountOf(KnownField.BodyMime) > 1)
            throw new NotAcceptableException("body-mime is there more than once, so nobody knows which of them is the mail.");

        var remarks = new List<string>();
        var headers = form.CountOf(KnownField.MessageHeaders) == 0 ? null : await MessageHeaders.ReadAsync(form, [], cancellationToken);
        return new RawMail(form.OpenRead(field), await Envelope.ReadAsync(form, headers, remarks, cancellationToken), remarks);
    }
}
