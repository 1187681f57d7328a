using HelpDesk.Sla;
using HelpDesk.Tickets;
using Microsoft.Extensions.Options;

namespace HelpDesk;

internal sealed class HelpDeskOptionsValidator : IValidateOptions<HelpDeskOptions>
{
    public ValidateOptionsResult Validate(string? name, HelpDeskOptions options)
    {
        var errors = new List<string>();
        Require(options.ReopenWindow >= TimeSpan.Zero, "HelpDesk:ReopenWindow must not be negative.");
        Require(options.Limits.SubjectLength is >= 1 and <= TicketLimits.SubjectLength, "HelpDesk:Limits:SubjectLength must be 1 to 255.");
        Require(options.Limits.BodyLength is >= 1 and <= 1_000_000, "HelpDesk:Limits:BodyLength must be 1 to 1,000,000.");
        Require(options.Limits.AttachmentCount is >= 0 and <= 100, "HelpDesk:Limits:AttachmentCount must be 0 to 100.");
        Require(options.Limits.AttachmentSize is >= 1 and <= 5L * 1024 * 1024 * 1024, "HelpDesk:Limits:AttachmentSize must be 1 byte to 5 GiB (5368709120).");
        Require(
            options.Categories.All(category => !string.IsNullOrWhiteSpace(category) && category.Trim().Length <= TicketLimits.CategoryLength),
            "HelpDesk:Categories must be texts of 1 to 100 characters.");
        Require(options.Moves.Count > 0, "HelpDesk:Moves is empty: no ticket could ever change its status.");
        Require(Enum.IsDefined(options.Assignment.OnReply), "HelpDesk:Assignment:OnReply must be Always, WhenUnassigned or Never.");

        var numbering = options.Numbering;
        Require(numbering.Prefix is { Length: >= 1 and <= 20 } && numbering.Prefix.All(char.IsAsciiLetterOrDigit), "HelpDesk:Numbering:Prefix must be 1 to 20 letters and digits.");
        Require(numbering.Digits is >= 1 and <= 18, "HelpDesk:Numbering:Digits must be 1 to 18.");
        Require(numbering.Mode is null || Enum.IsDefined(numbering.Mode.Value), "HelpDesk:Numbering:Mode must be Strict or Block.");
        Require(numbering.BlockSize is >= 1 and <= 10_000, "HelpDesk:Numbering:BlockSize must be 1 to 10,000.");
        Require(
            numbering.TimeZone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(numbering.TimeZone, out _),
            $"HelpDesk:Numbering:TimeZone '{numbering.TimeZone}' is not a time zone of this machine. Use an IANA name such as Europe/Berlin.");
        Require(Enum.IsDefined(options.Assignment.Strategy), "HelpDesk:Assignment:Strategy must be LeastLoaded, RoundRobin or None.");
        Require(options.Escalation.Interval >= TimeSpan.FromSeconds(1) && options.Escalation.Interval <= TimeSpan.FromDays(1), "HelpDesk:Escalation:Interval must be 1 second to 1 day.");
        Require(options.AutoClose.After >= TimeSpan.Zero && options.AutoClose.After <= SlaTerm.Longest, $"HelpDesk:AutoClose:After must be 0 (never) to {SlaTerm.Longest.Days} days.");
        var outbox = options.Outbox;
        Require(outbox.PollInterval >= TimeSpan.FromMilliseconds(100) && outbox.PollInterval <= TimeSpan.FromMinutes(1), "HelpDesk:Outbox:PollInterval must be 0.1 seconds to 1 minute.");
        Require(outbox.Parallelism is >= 1 and <= 100, "HelpDesk:Outbox:Parallelism must be 1 to 100.");
        Require(outbox.HandlerTimeout >= TimeSpan.FromSeconds(1) && outbox.HandlerTimeout <= TimeSpan.FromSeconds(45), "HelpDesk:Outbox:HandlerTimeout must be 1 to 45 seconds.");
        Require(outbox.MostAttempts is >= 1 and <= 10_000, "HelpDesk:Outbox:MostAttempts must be 1 to 10,000.");
        Require(outbox.Retention >= TimeSpan.FromHours(1) && outbox.Retention <= SlaTerm.Longest, $"HelpDesk:Outbox:Retention must be 1 hour to {SlaTerm.Longest.Days} days.");
        Require(
            outbox.DeadLetterRetention >= outbox.Retention && outbox.DeadLetterRetention <= SlaTerm.Longest,
            $"HelpDesk:Outbox:DeadLetterRetention must not be shorter than HelpDesk:Outbox:Retention, nor longer than {SlaTerm.Longest.Days} days.");
        Require(outbox.HealthyLag > TimeSpan.Zero, "HelpDesk:Outbox:HealthyLag must be longer than zero.");
        Require(
            options.PublicBaseUrl is null || (options.PublicBaseUrl.IsAbsoluteUri && options.PublicBaseUrl.Scheme is "http" or "https" && options.PublicBaseUrl is { UserInfo: "", Query: "", Fragment: "" }),
            $"HelpDesk:PublicBaseUrl '{options.PublicBaseUrl}' is not where a portal could be. Use an address such as https://example.com/support, without query.");
        Require(IsLanguage(options.Notifications.Language), $"HelpDesk:Notifications:Language '{options.Notifications.Language}' is no language. Use a name such as en or de-AT.");
        Require(
            options.Notifications.MessageIdDomain is null || (options.Notifications.MessageIdDomain.Length <= 200 && Uri.CheckHostName(options.Notifications.MessageIdDomain) == UriHostNameType.Dns && options.Notifications.MessageIdDomain.All(char.IsAscii)),
            $"HelpDesk:Notifications:MessageIdDomain '{options.Notifications.MessageIdDomain}' is no domain. Use a name such as example.com.");
        var files = options.Attachments;
        Require(!string.IsNullOrWhiteSpace(files.Path) && !files.Path.Contains('\0', StringComparison.Ordinal), "HelpDesk:Attachments:Path is no folder.");
        Require(
            files.AllowedExtensions.All(extension => extension is ['.', _, ..] && extension.LastIndexOf('.') == 0 && !extension.Any(char.IsWhiteSpace)),
            "HelpDesk:Attachments:AllowedExtensions must be texts such as .pdf.");
        Require(files.UploadTimeout >= TimeSpan.FromSeconds(1) && files.UploadTimeout <= TimeSpan.FromDays(1), "HelpDesk:Attachments:UploadTimeout must be 1 second to 1 day.");
        Require(files.UploadLifetime >= files.UploadTimeout && files.UploadLifetime >= TimeSpan.FromMinutes(1) && files.UploadLifetime <= TimeSpan.FromDays(30), "HelpDesk:Attachments:UploadLifetime must be 1 minute to 30 days, and not less than HelpDesk:Attachments:UploadTimeout.");
        Require(files.Grace >= files.UploadTimeout && files.Grace >= TimeSpan.FromMinutes(1) && files.Grace <= TimeSpan.FromDays(30), "HelpDesk:Attachments:Grace must be 1 minute to 30 days, and not less than HelpDesk:Attachments:UploadTimeout.");
        Require(files.SweepInterval >= TimeSpan.FromSeconds(1) && files.SweepInterval <= TimeSpan.FromDays(1), "HelpDesk:Attachments:SweepInterval must be 1 second to 1 day.");
        Require(files.OrphanInterval >= TimeSpan.FromMinutes(1) && files.OrphanInterval <= TimeSpan.FromDays(30), "HelpDesk:Attachments:OrphanInterval must be 1 minute to 30 days.");
        var inbound = options.Inbound;
        Require(inbound.MaximumSize is >= 1024 and <= 256L * 1024 * 1024, "HelpDesk:Inbound:MaximumSize must be 1 KiB (1024) to 256 MiB (268435456).");
        Require(
            inbound.OwnAddresses.All(address => TextRules.NormalizeEmail(address) is not null),
            $"HelpDesk:Inbound:OwnAddresses holds what is no e-mail address: {string.Join(", ", inbound.OwnAddresses.Where(address => TextRules.NormalizeEmail(address) is null))}.");
        Require(inbound.MostPerSender >= 1, "HelpDesk:Inbound:MostPerSender must be at least 1.");
        Require(inbound.Retention >= TimeSpan.FromDays(7) && inbound.Retention <= SlaTerm.Longest, $"HelpDesk:Inbound:Retention must be 7 to {SlaTerm.Longest.Days} days.");
        Require(inbound.Parallelism is >= 1 and <= 100, "HelpDesk:Inbound:Parallelism must be 1 to 100.");
        Require(inbound.ProcessingTimeout >= TimeSpan.FromSeconds(1) && inbound.ProcessingTimeout <= TimeSpan.FromHours(1), "HelpDesk:Inbound:ProcessingTimeout must be 1 second to 1 hour.");
        Require(inbound.ProcessingTimeout <= files.UploadLifetime, "HelpDesk:Inbound:ProcessingTimeout must not be longer than HelpDesk:Attachments:UploadLifetime: files of a mail would be swept before it is a message.");
        Require(inbound.MostAttempts is >= 1 and <= 1000, "HelpDesk:Inbound:MostAttempts must be 1 to 1,000.");
        Require(inbound.PollInterval >= TimeSpan.FromMilliseconds(100) && inbound.PollInterval <= TimeSpan.FromMinutes(1), "HelpDesk:Inbound:PollInterval must be 0.1 seconds to 1 minute.");
        var mail = options.Notifications;
        Require(mail.MostAutomaticMails >= 1, "HelpDesk:Notifications:MostAutomaticMails must be at least 1.");
        Require(mail.MostAutomaticMailsOfOneSubject >= 1, "HelpDesk:Notifications:MostAutomaticMailsOfOneSubject must be at least 1.");
        Require(mail.AutomaticMailWindow >= TimeSpan.FromMinutes(1) && mail.AutomaticMailWindow <= TimeSpan.FromDays(7), "HelpDesk:Notifications:AutomaticMailWindow must be 1 minute to 7 days.");
        errors.AddRange(SlaOptionsCheck.Errors(options.Sla));
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);

        static bool IsLanguage(string? name) => name is { Length: > 0 and <= 35 } && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

        void Require(bool condition, string error)
        {
            if (!condition)
                errors.Add(error);
        }
    }
}
