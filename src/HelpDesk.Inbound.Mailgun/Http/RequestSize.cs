using HelpDesk.Inbound.Mailgun.Forms;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;

namespace HelpDesk.Inbound.Mailgun.Http;

/// <summary>Lets the server take as much as a mail may have, whatever it has for other requests. Read when a request comes: the options are checked by then.</summary>
internal sealed class RequestSize(IOptions<HelpDeskOptions> options) : IRequestSizeLimitMetadata
{
    public long? MaxRequestBodySize => new FormLimits(options.Value.Inbound.MaximumSize).WireBytes;
}
