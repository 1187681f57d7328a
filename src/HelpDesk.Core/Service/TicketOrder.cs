using System.Globalization;
using System.Linq.Expressions;
using HelpDesk.Tickets;

namespace HelpDesk.Service;

/// <summary>An order of tickets by columns that an index has, and the pages along it.</summary>
/// <remarks>
/// A page after a position is read as one range for each column: the rows that tie with the position in all columns before and lie beyond it in this one.
/// Each is a seek of the index that stops after a page. One condition over all columns would scan everything that ties in the first: all tickets of a
/// priority, or all that are never due.
/// </remarks>
internal sealed class TicketOrder
{
    private readonly Column[] columns;
    private readonly bool descending;

    private TicketOrder(bool descending, params Column[] columns)
    {
        this.descending = descending;
        this.columns = [.. columns, Column.Of(ticket => ticket.Id, id => id.ToString("N"), text => Guid.ParseExact(text, "N"))];
    }

    public static TicketOrder Of(TicketSort sort, bool descending, bool isAgent) => sort switch
    {
        TicketSort.UpdatedAt when isAgent => new TicketOrder(descending, Time(ticket => ticket.UpdatedAt)),
        TicketSort.UpdatedAt => new TicketOrder(descending, Time(ticket => ticket.PublicUpdatedAt)),
        TicketSort.CreatedAt => new TicketOrder(descending, Time(ticket => ticket.CreatedAt)),
        TicketSort.DueAt => new TicketOrder(descending, Time(ticket => ticket.DueSort)),
        TicketSort.Priority => new TicketOrder(
            descending,
            Column.Of(
                ticket => ticket.Priority,
                priority => ((int)priority).ToString(CultureInfo.InvariantCulture),
                text => (TicketPriority)int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture)),
            Time(ticket => ticket.CreatedAt)),
        _ => throw new ArgumentOutOfRangeException(nameof(sort), sort, null),
    };

    public IQueryable<Ticket> First(IQueryable<Ticket> tickets, int count) => Sorted(tickets).Take(count);

    /// <exception cref="InvalidCursorException">The text is no position in this order.</exception>
    public IQueryable<Ticket> After(IQueryable<Ticket> tickets, string position, int count)
    {
        var values = Parse(position);
        var ranges = Enumerable.Range(0, columns.Length).Reverse()
            .Select(beyond => First(tickets.Where(Range(values, beyond)), count));
        return First(ranges.Aggregate((all, range) => all.Concat(range)), count);
    }

    public string PositionOf(Ticket ticket) => string.Join('|', columns.Select(column => column.Write(ticket)));

    private Expression<Func<Ticket, bool>> Range(object[] values, int beyond)
    {
        var ticket = Expression.Parameter(typeof(Ticket), "ticket");
        Expression condition = columns[beyond].Beyond(ticket, values[beyond], descending);
        for (var tied = beyond - 1; tied >= 0; tied--)
            condition = Expression.AndAlso(columns[tied].Tied(ticket, values[tied]), condition);
        return Expression.Lambda<Func<Ticket, bool>>(condition, ticket);
    }

    private IQueryable<Ticket> Sorted(IQueryable<Ticket> tickets)
    {
        var sorted = columns[0].OrderBy(tickets, descending);
        return columns.Skip(1).Aggregate(sorted, (query, column) => column.ThenBy(query, descending));
    }

    private object[] Parse(string position)
    {
        var parts = position.Split('|');
        if (parts.Length != columns.Length)
            throw new InvalidCursorException();
        try
        {
            return [.. columns.Zip(parts, (column, part) => column.Read(part))];
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or ArgumentException)
        {
            throw new InvalidCursorException();
        }
    }

    private static Column Time(Expression<Func<Ticket, DateTimeOffset>> key) => Column.Of(
        key,
        time => time.UtcTicks.ToString(CultureInfo.InvariantCulture),
        text => new DateTimeOffset(long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture), TimeSpan.Zero));

    private abstract class Column
    {
        public static Column Of<T>(Expression<Func<Ticket, T>> key, Func<T, string> write, Func<string, T> read)
            where T : struct => new Typed<T>(key, write, read);

        public abstract string Write(Ticket ticket);

        public abstract object Read(string text);

        public abstract Expression Tied(ParameterExpression ticket, object value);

        public abstract Expression Beyond(ParameterExpression ticket, object value, bool descending);

        public abstract IOrderedQueryable<Ticket> OrderBy(IQueryable<Ticket> tickets, bool descending);

        public abstract IOrderedQueryable<Ticket> ThenBy(IOrderedQueryable<Ticket> tickets, bool descending);

        private sealed class Typed<T>(Expression<Func<Ticket, T>> key, Func<T, string> write, Func<string, T> read) : Column
            where T : struct
        {
            private readonly Func<Ticket, T> get = key.Compile();

            public override string Write(Ticket ticket) => write(get(ticket));

            public override object Read(string text) => read(text);

            public override Expression Tied(ParameterExpression ticket, object value) => Expression.Equal(Key(ticket), Parameter(value));

            public override Expression Beyond(ParameterExpression ticket, object value, bool descending)
            {
                var (left, right) = (Key(ticket), Parameter(value));
                if (typeof(T).IsEnum)
                    (left, right) = (Expression.Convert(left, typeof(int)), Expression.Convert(right, typeof(int)));
                return descending ? Expression.LessThan(left, right) : Expression.GreaterThan(left, right);
            }

            public override IOrderedQueryable<Ticket> OrderBy(IQueryable<Ticket> tickets, bool descending) =>
                descending ? tickets.OrderByDescending(key) : tickets.OrderBy(key);

            public override IOrderedQueryable<Ticket> ThenBy(IOrderedQueryable<Ticket> tickets, bool descending) =>
                descending ? tickets.ThenByDescending(key) : tickets.ThenBy(key);

            private Expression Key(ParameterExpression ticket) => Expression.Property(ticket, ((MemberExpression)key.Body).Member.Name);

            // A member of an object: EF Core sends it as a parameter.
            private static Expression Parameter(object value) => Expression.Field(Expression.Constant(new Box((T)value)), nameof(Box.Value));

            private sealed class Box(T value)
            {
                public readonly T Value = value;
            }
        }
    }
}
