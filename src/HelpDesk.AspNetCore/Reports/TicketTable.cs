using HelpDesk.Tickets;

namespace HelpDesk.AspNetCore.Reports;

/// <summary>The columns of the table of tickets.</summary>
internal static class TicketTable
{
    public const string Header =
        "number,subject,status,priority,category,channel,requester,assignee,createdAt,firstRespondedAt,resolvedAt,closedAt,dueAt,escalatedAt,breached,firstResponseSeconds,resolutionSeconds";

    public static void WriteHeader(CsvWriter csv)
    {
        foreach (var column in Header.Split(','))
            csv.Word(column);
        csv.EndRow();
    }

    public static void Write(CsvWriter csv, ReportRow ticket)
    {
        // A host's own generator makes the numbers: they are no words of ours.
        csv.Text(ticket.Number);
        csv.Text(ticket.Subject);
        csv.Word(Words.Of(ticket.Status));
        csv.Word(Words.Of(ticket.Priority));
        csv.Text(ticket.Category);
        csv.Word(Words.Of(ticket.Channel));
        csv.Text(ticket.Requester);
        csv.Text(ticket.Assignee);
        csv.Time(ticket.CreatedAt);
        csv.Time(ticket.FirstRespondedAt);
        csv.Time(ticket.ResolvedAt);
        csv.Time(ticket.ClosedAt);
        csv.Time(ticket.DueAt);
        csv.Time(ticket.EscalatedAt);
        csv.Word(ticket.Breached switch { true => "true", false => "false", null => "" });
        csv.Seconds(ticket.FirstRespondedAt - ticket.CreatedAt);
        csv.Seconds(ticket.ResolvedAt - ticket.CreatedAt);
        csv.EndRow();
    }
}
