using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HelpDesk.Notifications.Smtp;

/// <summary>Where a host's own templates are.</summary>
internal sealed class TemplateFolder(IServiceProvider services)
{
    public string? PathOf(SmtpOptions options) => string.IsNullOrWhiteSpace(options.TemplateFolder)
        ? null
        : Path.Combine(services.GetService<IHostEnvironment>()?.ContentRootPath ?? AppContext.BaseDirectory, options.TemplateFolder);
}
