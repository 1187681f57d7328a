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
        errors.AddRange(SlaOptionsCheck.Errors(options.Sla));
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);

        void Require(bool condition, string error)
        {
            if (!condition)
                errors.Add(error);
        }
    }
}
