using System.Globalization;
using HelpDesk.Events;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace HelpDesk.AspNetCore;

/// <summary>Reads one endpoint from configuration. What the framework's binder would pass over is an error: a misspelt <c>Kinds</c> would send more than is wanted.</summary>
internal static class WebhookSettings
{
    private static readonly string[] Keys = [nameof(WebhookOptions.Url), nameof(WebhookOptions.AllowPrivateAddresses), nameof(WebhookOptions.Timeout)];
    private static readonly string[] Lists = [nameof(WebhookOptions.Secrets), nameof(WebhookOptions.Kinds)];

    public static void Bind(IConfigurationSection section, WebhookOptions options)
    {
        var errors = Errors(section).ToList();
        if (errors.Count > 0)
            throw new OptionsValidationException(section.Key, typeof(WebhookOptions), errors);
        section.Bind(options);
    }

    // A value is never repeated in an error: it may be a secret at the wrong place.
    private static IEnumerable<string> Errors(IConfigurationSection section)
    {
        if (!string.IsNullOrEmpty(section.Value))
            yield return $"{section.Path} must be a section with {string.Join(", ", [.. Keys, .. Lists])}, not a text.";
        foreach (var setting in section.GetChildren())
        {
            if (Lists.Contains(setting.Key, StringComparer.OrdinalIgnoreCase))
            {
                if (!string.IsNullOrEmpty(setting.Value))
                    yield return $"{setting.Path} must be a list, as {setting.Path}:0.";
                foreach (var entry in setting.GetChildren().Where(entry => entry.Value is null || entry.GetChildren().Any()))
                    yield return $"{entry.Path} must be a text.";
            }
            else if (!Keys.Contains(setting.Key, StringComparer.OrdinalIgnoreCase))
            {
                yield return $"{setting.Path} is no setting. Use {string.Join(", ", [.. Keys, .. Lists])}.";
            }
            else if (setting.GetChildren().Any())
            {
                yield return $"{setting.Path} must be a single value.";
            }
            else if (Is(setting, nameof(WebhookOptions.Timeout)) && !TimeSpan.TryParse(setting.Value, CultureInfo.InvariantCulture, out _))
            {
                yield return $"{setting.Path} must be a time, as 00:00:15.";
            }
            else if (Is(setting, nameof(WebhookOptions.AllowPrivateAddresses)) && !bool.TryParse(setting.Value, out _))
            {
                yield return $"{setting.Path} must be true or false.";
            }
        }
    }

    private static bool Is(IConfigurationSection setting, string key) => string.Equals(setting.Key, key, StringComparison.OrdinalIgnoreCase);
}
