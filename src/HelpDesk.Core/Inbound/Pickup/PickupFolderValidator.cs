using HelpDesk.Tickets;
using Microsoft.Extensions.Options;

namespace HelpDesk.Inbound.Pickup;

internal sealed class PickupFolderValidator : IValidateOptions<HelpDeskOptions>
{
    public ValidateOptionsResult Validate(string? name, HelpDeskOptions options)
    {
        var pickup = options.Inbound.Pickup;
        var errors = new List<string>();
        if (string.IsNullOrWhiteSpace(pickup.Path) || pickup.Path.Contains('\0', StringComparison.Ordinal))
            errors.Add("HelpDesk:Inbound:Pickup:Path is not set, but AddPickupFolderInbound() was called. Name the folder into which your mail server writes.");
        if (pickup.Recipient is not null && TextRules.NormalizeEmail(pickup.Recipient) is null)
            errors.Add($"HelpDesk:Inbound:Pickup:Recipient '{pickup.Recipient}' is no e-mail address.");
        if (pickup.AuthenticationServer is { } server && (server.Length is 0 or > 255 || server.Any(character => char.IsWhiteSpace(character) || character is ';' or '(')))
            errors.Add($"HelpDesk:Inbound:Pickup:AuthenticationServer '{server}' is no name as mail servers write it. Use one such as mx.example.com.");
        if (pickup.Interval < TimeSpan.FromMilliseconds(100) || pickup.Interval > TimeSpan.FromHours(1))
            errors.Add("HelpDesk:Inbound:Pickup:Interval must be 0.1 seconds to 1 hour.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
