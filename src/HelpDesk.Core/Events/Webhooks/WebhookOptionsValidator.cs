using Microsoft.Extensions.Options;

namespace HelpDesk.Events;

internal sealed class WebhookOptionsValidator(IOptions<HelpDeskOptions> helpDesk) : IValidateOptions<WebhookOptions>
{
    private const int MostSecrets = 5;

    public ValidateOptionsResult Validate(string? name, WebhookOptions options)
    {
        var errors = new List<string>();
        if (UrlProblem(options) is { } problem)
            Add("Url", problem);

        if (options.Secrets.Distinct(StringComparer.Ordinal).Count() is 0 or > MostSecrets)
            Add("Secrets", $"must be 1 to {MostSecrets} secrets.");
        // Which one it is, and never what it says: errors are logged.
        foreach (var index in Enumerable.Range(0, options.Secrets.Count).Where(index => !WebhookSignature.IsSecret(options.Secrets[index])))
            Add($"Secrets:{index}", $"must be '{WebhookSignature.SecretPrefix}' and the base64 of {WebhookSignature.FewestBytes} to {WebhookSignature.MostBytes} random bytes.");
        foreach (var index in Enumerable.Range(0, options.Kinds.Count).Where(index => !TicketEventKinds.All.Contains(options.Kinds[index])))
            Add($"Kinds:{index}", $"is no kind of event. Use one of: {string.Join(", ", TicketEventKinds.All)}.");

        if (options.Timeout <= TimeSpan.Zero)
            Add("Timeout", "must be longer than zero.");
        else if (HandlerTimeout() is { } handlerTimeout && options.Timeout >= handlerTimeout)
            Add("Timeout", $"must be less than HelpDesk:Outbox:HandlerTimeout, which is {handlerTimeout}.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);

        void Add(string key, string error) => errors.Add($"HelpDesk:Webhooks:{name}:{key} {error}");
    }

    private static string? UrlProblem(WebhookOptions options)
    {
        if (options.Url is not { } url)
            return "is missing: it says where the events are posted to.";
        if (!url.IsAbsoluteUri || url.Host.Length == 0)
            return "must be an absolute address, as https://crm.example.com/hooks.";
        if (url.UserInfo.Length > 0)
            return "must not have a user name or password in it; the signature is what shows that a post is genuine.";
        if (url.Scheme == Uri.UriSchemeHttps)
            return null;
        if (url.Scheme == Uri.UriSchemeHttp)
            return options.AllowPrivateAddresses ? null : "must be https. Only an endpoint with AllowPrivateAddresses may use http.";
        return "must be https.";
    }

    private TimeSpan? HandlerTimeout()
    {
        try
        {
            return helpDesk.Value.Outbox.HandlerTimeout;
        }
        catch (OptionsValidationException)
        {
            // Told by the help desk's own validation, and not once more for each endpoint.
            return null;
        }
    }
}
