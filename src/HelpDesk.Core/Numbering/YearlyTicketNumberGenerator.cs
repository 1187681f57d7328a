using System.Globalization;
using Microsoft.Extensions.Options;

namespace HelpDesk.Numbering;

/// <summary><c>TKT-2026-000001</c>: a prefix, the year in a zone, and a count that starts again each year.</summary>
internal sealed class YearlyTicketNumberGenerator(IOptions<HelpDeskOptions> options) : ITicketNumberGenerator
{
    public async Task<string> NextAsync(TicketNumberContext context, CancellationToken cancellationToken)
    {
        var numbering = options.Value.Numbering;
        var year = TimeZoneInfo.ConvertTime(context.Now, TimeZoneInfo.FindSystemTimeZoneById(numbering.TimeZone)).Year;
        var scope = string.Create(CultureInfo.InvariantCulture, $"{numbering.Prefix}-{year:D4}");
        var value = await context.NextAsync(scope, cancellationToken);
        return scope + "-" + value.ToString(CultureInfo.InvariantCulture).PadLeft(numbering.Digits, '0');
    }
}
