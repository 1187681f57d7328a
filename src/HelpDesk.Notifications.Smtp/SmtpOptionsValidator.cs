using Microsoft.Extensions.Options;

namespace HelpDesk.Notifications.Smtp;

internal sealed class SmtpOptionsValidator(TemplateFolder folder, TimeProvider clock) : IValidateOptions<SmtpOptions>
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(40);

    public ValidateOptionsResult Validate(string? name, SmtpOptions options)
    {
        var errors = new List<string>();
        if (string.IsNullOrWhiteSpace(options.Host))
            errors.Add("HelpDesk:Smtp:Host is missing: AddSmtpNotifications() needs the name of the mail server, as smtp.example.com.");
        else
            Require(Uri.CheckHostName(options.Host) != UriHostNameType.Unknown, "HelpDesk:Smtp:Host is no name of a server: it is the name alone, as smtp.example.com. The port is HelpDesk:Smtp:Port.");

        if (string.IsNullOrWhiteSpace(options.From))
            errors.Add("HelpDesk:Smtp:From is missing: AddSmtpNotifications() needs the address that mails are from, as Support <support@example.com>.");
        else
            Require(options.FromMailbox() is not null, $"HelpDesk:Smtp:From '{options.From}' is not one address. Use support@example.com or Support <support@example.com>.");

        Require(options.Port is null or (>= 1 and <= 65535), "HelpDesk:Smtp:Port must be 1 to 65535.");
        Require(!options.HasUser || !string.IsNullOrEmpty(options.Password), "HelpDesk:Smtp:Password is missing: it belongs to HelpDesk:Smtp:UserName.");
        Require(options.HasUser || string.IsNullOrEmpty(options.Password), "HelpDesk:Smtp:UserName is missing: it belongs to HelpDesk:Smtp:Password.");
        Require(
            string.IsNullOrEmpty(options.ReplyDomain) || options.AsciiReplyDomain() is not null,
            $"HelpDesk:Smtp:ReplyDomain '{options.ReplyDomain}' is no domain. Use the part behind the @, as reply.example.com.");
        Require(options.Timeout >= TimeSpan.FromSeconds(1) && options.Timeout <= Longest, "HelpDesk:Smtp:Timeout must be 1 second to 40 seconds: a handler has 45.");
        Require(options.MostConnections is >= 1 and <= 100, "HelpDesk:Smtp:MostConnections must be 1 to 100.");
        MailTemplates.Load(folder.PathOf(options), clock, errors);
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);

        void Require(bool condition, string error)
        {
            if (!condition)
                errors.Add(error);
        }
    }
}
