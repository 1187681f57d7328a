using Microsoft.Extensions.Options;

namespace HelpDesk.AspNetCore.Identity;

internal sealed class HelpDeskRoleNamesValidator : IValidateOptions<HelpDeskRoleNames>
{
    public ValidateOptionsResult Validate(string? name, HelpDeskRoleNames options) =>
        new[] { options.Support, options.Manager, options.Administrator }.Any(string.IsNullOrWhiteSpace)
            ? ValidateOptionsResult.Fail("HelpDesk:Roles: Support, Manager and Administrator each need the name of a role.")
            : ValidateOptionsResult.Success;
}
