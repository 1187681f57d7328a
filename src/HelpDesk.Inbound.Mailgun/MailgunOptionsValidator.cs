using Microsoft.Extensions.Options;

namespace HelpDesk.Inbound.Mailgun;

internal sealed class MailgunOptionsValidator : IValidateOptions<MailgunOptions>
{
    private static readonly TimeSpan ShortestWindow = TimeSpan.FromHours(9);
    private static readonly TimeSpan LongestWindow = TimeSpan.FromDays(7);

    public ValidateOptionsResult Validate(string? name, MailgunOptions options)
    {
        var errors = new List<string>();
        if (!options.AllKeys().Any())
            errors.Add("HelpDesk:Mailgun:SigningKey is missing: AddMailgunInbound() needs the HTTP webhook signing key of the Mailgun account. Without it anybody could write mail.");
        if (options.ReplayWindow < ShortestWindow || options.ReplayWindow > LongestWindow)
            errors.Add("HelpDesk:Mailgun:ReplayWindow must be 9 hours (09:00:00) to 7 days: Mailgun repeats what has failed for about 8 hours, with its first signature.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
