using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace HelpDesk.Persistence;

/// <summary>Sets what a host's own conventions (255 characters for every string, enumerations as numbers, …) would otherwise change.</summary>
internal static class ColumnTypes
{
    // PostgreSQL keeps microseconds, and takes only UTC; SQLite can neither compare nor sort a DateTimeOffset.
    private static readonly ValueConverter<DateTimeOffset, DateTime> Utc = new(
        time => time.UtcDateTime,
        time => new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)));

    public static void Fix(IMutableEntityType entity)
    {
        foreach (var property in entity.GetProperties().Where(property => property.PropertyInfo is not null))
        {
            var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
            property.SetColumnType(null);
            property.SetProviderClrType(null);
            property.SetValueComparer((ValueComparer?)null);
            property.SetProviderValueComparer((ValueComparer?)null);
            if (type == typeof(string))
                FixString(property);
            else if (type == typeof(DateTimeOffset))
                FixTime(property);
            else if (type.IsEnum)
                FixEnum(property, type);
            else
                property.SetValueConverter((ValueConverter?)null);
        }
    }

    private static void FixString(IMutableProperty property)
    {
        if (property.GetMaxLength() is null)
            throw new InvalidOperationException($"{property.DeclaringType.DisplayName()}.{property.Name} has no length.");
        property.SetIsUnicode(true);
        property.SetIsFixedLength(false);
        property.SetValueConverter((ValueConverter?)null);
    }

    private static void FixTime(IMutableProperty property)
    {
        property.SetValueConverter(Utc);
        property.SetPrecision(6);
    }

    // A status is readable as a word; a priority must sort as a number.
    private static void FixEnum(IMutableProperty property, Type type)
    {
        if (type == typeof(Tickets.TicketPriority))
        {
            property.SetValueConverter(new EnumToNumberConverter<Tickets.TicketPriority, int>());
            return;
        }

        property.SetValueConverter((ValueConverter)Activator.CreateInstance(typeof(WordConverter<>).MakeGenericType(type))!);
        property.SetMaxLength(Tickets.TicketLimits.WordLength);
        property.SetIsUnicode(false);
    }

    private sealed class WordConverter<T>() : ValueConverter<T, string>(value => Words.Of(value), word => Words.Parse<T>(word)!.Value)
        where T : struct, Enum;
}
