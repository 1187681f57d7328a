using HelpDesk.Tickets;
using Microsoft.Extensions.Options;

namespace HelpDesk.Sla;

/// <summary>Promises by priority, as the options say. Calendars and terms are made once.</summary>
internal sealed class ConfiguredSlaPolicy : ISlaPolicy
{
    private readonly Dictionary<TicketPriority, Task<SlaTerms>> terms;

    public ConfiguredSlaPolicy(IOptions<HelpDeskOptions> options)
    {
        var sla = options.Value.Sla;
        var calendars = sla.Calendars.ToDictionary(pair => pair.Key, pair => ConfiguredCalendars.Parse(pair.Key, pair.Value), StringComparer.OrdinalIgnoreCase);
        calendars.TryAdd(ConfiguredCalendars.Always, BusinessCalendar.Always);
        terms = Enum.GetValues<TicketPriority>().ToDictionary(priority => priority, priority => Task.FromResult(new SlaTerms
        {
            FirstResponse = Term(sla.FirstResponse, priority),
            NextResponse = Term(sla.NextResponse, priority),
            Resolution = Term(sla.Resolution, priority),
            PauseWhilePending = sla.PauseWhilePending,
        }));

        SlaTerm? Term(SlaTargetOptions target, TicketPriority priority) => target.For(priority) is not { } duration ? null : new SlaTerm
        {
            Duration = duration,
            Calendar = calendars[target.CalendarFor(priority) ?? sla.Calendar ?? ConfiguredCalendars.Always],
            Reason = $"priority {Words.Of(priority)}",
        };
    }

    public Task<SlaTerms> GetTermsAsync(SlaContext context, CancellationToken cancellationToken) => terms[context.Ticket.Priority];
}
