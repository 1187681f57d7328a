using System.Linq.Expressions;
using HelpDesk.Tickets;

namespace HelpDesk.Service;

/// <summary>Builds the condition that a word occurs in a ticket, whatever its letter case.</summary>
/// <remarks>
/// The databases' own functions differ: Contains heeds letter case on PostgreSQL and SQLite, and lower() of SQLite knows ASCII only. So the text is
/// lowered, and each other letter of the word is folded by a replacement of its own. EF Core escapes % and _ in a parameter.
/// </remarks>
internal static class SearchText
{
    // One letter with two small forms: the second stands at the end of a word only.
    private const char Sigma = '\u03c3';
    private const char FinalSigma = '\u03c2';

    public static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    public static Expression<Func<Ticket, bool>> Mentions(string word, IQueryable<TicketMessage> messages)
    {
        var lower = word.ToLowerInvariant().Replace(FinalSigma, Sigma);
        var ticket = Expression.Parameter(typeof(Ticket), "ticket");
        var message = Expression.Parameter(typeof(TicketMessage), "message");
        var inMessage = Expression.Lambda<Func<TicketMessage, bool>>(
            Expression.AndAlso(
                Expression.Equal(Expression.Property(message, nameof(TicketMessage.TicketId)), Expression.Property(ticket, nameof(Ticket.Id))),
                Contains(Expression.Property(message, nameof(TicketMessage.Body)), lower)),
            message);
        var anyMessage = Expression.Call(typeof(Queryable), nameof(Queryable.Any), [typeof(TicketMessage)], messages.Expression, Expression.Quote(inMessage));
        var condition = Expression.OrElse(
            Expression.OrElse(Contains(Expression.Property(ticket, nameof(Ticket.Number)), lower), Contains(Expression.Property(ticket, nameof(Ticket.Subject)), lower)),
            anyMessage);
        return Expression.Lambda<Func<Ticket, bool>>(condition, ticket);
    }

    private static MethodCallExpression Contains(Expression text, string lower)
    {
        Expression folded = Expression.Call(text, nameof(string.ToLower), Type.EmptyTypes);
        foreach (var letter in lower.Where(c => !char.IsAscii(c) && char.ToUpperInvariant(c) != c).Distinct())
            folded = Replace(folded, char.ToUpperInvariant(letter), letter);
        if (lower.Contains(Sigma, StringComparison.Ordinal))
            folded = Replace(folded, FinalSigma, Sigma);

        return Expression.Call(folded, nameof(string.Contains), Type.EmptyTypes, Parameter(lower));
    }

    private static MethodCallExpression Replace(Expression text, char old, char replacement) =>
        Expression.Call(text, nameof(string.Replace), Type.EmptyTypes, Parameter(old.ToString()), Parameter(replacement.ToString()));

    /// <summary>A value that EF Core sends as a parameter, so that one compiled query serves all words.</summary>
    private static MemberExpression Parameter(string value) => Expression.Field(Expression.Constant(new Box(value)), nameof(Box.Value));

    private sealed class Box(string value)
    {
        public readonly string Value = value;
    }
}
