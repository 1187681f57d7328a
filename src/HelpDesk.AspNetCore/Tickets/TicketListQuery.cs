using System.Globalization;
using HelpDesk.Tickets;
using Microsoft.AspNetCore.Http;

namespace HelpDesk.AspNetCore.Tickets;

/// <summary>Reads the query string of the list. Names that are not here are ignored; a value that is unknown is an error.</summary>
internal static class TicketListQuery
{
    public static SearchTickets Read(IQueryCollection query, Actor actor)
    {
        var (sort, descending) = Sort(Single(query, "sort"));
        return new SearchTickets
        {
            Actor = actor,
            Statuses = Many<TicketStatus>(query, "status"),
            Priorities = Many<TicketPriority>(query, "priority"),
            Category = Single(query, "category"),
            Assignee = Single(query, "assignee"),
            Requester = Single(query, "requester"),
            Overdue = Flag(query, "overdue"),
            Text = Single(query, "q"),
            Sort = sort,
            Descending = descending,
            Limit = Limit(Single(query, "limit")),
            Cursor = Single(query, "cursor"),
        };
    }

    /// <exception cref="ValidationException">The parameter is given more than once.</exception>
    public static string? Single(IQueryCollection query, string name)
    {
        var values = query[name];
        return values.Count switch
        {
            0 => null,
            1 => string.IsNullOrEmpty(values[0]) ? null : values[0],
            _ => throw new ValidationException(name, "Give this parameter once."),
        };
    }

    private static List<T> Many<T>(IQueryCollection query, string name)
        where T : struct, Enum =>
        [.. query[name]
            .Where(value => !string.IsNullOrEmpty(value))
            .Select(value => Words.Parse<T>(value) ?? throw new ValidationException(name, $"Use one of: {Words.All<T>()}."))
            .Distinct()
            .Order()];

    private static bool? Flag(IQueryCollection query, string name) => Single(query, name) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        _ => throw new ValidationException(name, "Use true or false."),
    };

    private static int Limit(string? value)
    {
        if (value is null)
            return 25;
        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            ? limit
            : throw new ValidationException("limit", "A page has 1 to 100 tickets.");
    }

    private static (TicketSort Sort, bool Descending) Sort(string? value)
    {
        if (value is null)
            return (TicketSort.UpdatedAt, true);

        var descending = value.StartsWith('-');
        var sort = Words.Parse<TicketSort>(descending ? value[1..] : value)
            ?? throw new ValidationException("sort", $"Use one of: {Words.All<TicketSort>()}; with - in front for descending.");
        return (sort, descending);
    }
}
