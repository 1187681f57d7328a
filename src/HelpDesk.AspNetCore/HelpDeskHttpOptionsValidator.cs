using Microsoft.Extensions.Options;

namespace HelpDesk.AspNetCore;

internal sealed class HelpDeskHttpOptionsValidator : IValidateOptions<HelpDeskHttpOptions>
{
    public ValidateOptionsResult Validate(string? name, HelpDeskHttpOptions options)
    {
        var wrong = options.AllowedOrigins.Where(origin => !IsOrigin(origin)).ToList();
        return wrong.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"HelpDesk:AllowedOrigins: '{string.Join("', '", wrong)}' is no origin. Use scheme and host (and port) alone, as https://www.example.com.");
    }

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
        && string.Equals(uri.GetLeftPart(UriPartial.Authority), text.TrimEnd('/'), StringComparison.OrdinalIgnoreCase);
}
