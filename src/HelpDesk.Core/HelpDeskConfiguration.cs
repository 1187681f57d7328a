using Microsoft.Extensions.Configuration;

namespace HelpDesk;

/// <summary>The section that the host gave to <c>AddHelpDesk(configuration)</c>.</summary>
internal sealed record HelpDeskConfiguration(IConfiguration Section);
