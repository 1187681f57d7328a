using HelpDesk.Specification.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace HelpDesk.Model;

/// <summary>A change of the schema is seen in a review, and tells hosts to add a migration.</summary>
public sealed class SchemaTests
{
    // What SQL Server allows.
    private const int MostClusteredBytes = 900;
    private const int MostIndexBytes = 1700;

    [Fact]
    public void The_schema_on_sqlite_is_the_checked_in_one()
    {
        using var context = DesignTime.Sqlite();
        Snapshot.Match(context.Database.GenerateCreateScript(), "Schema.Sqlite", "sql");
    }

    [Fact]
    public void The_schema_on_postgres_is_the_checked_in_one()
    {
        using var context = DesignTime.Postgres();
        Snapshot.Match(context.Database.GenerateCreateScript(), "Schema.Postgres", "sql");
    }

    [Fact]
    public void The_schema_on_sql_server_is_the_checked_in_one_and_can_be_parsed()
    {
        using var context = DesignTime.SqlServer();
        var script = context.Database.GenerateCreateScript();

        TSql.AssertParses(script);
        Snapshot.Match(script, "Schema.SqlServer", "sql");
    }

    [Fact]
    public void A_deletion_cascades_along_one_path_only()
    {
        using var context = DesignTime.SqlServer();
        foreach (var root in context.Model.GetEntityTypes())
        {
            var reached = new HashSet<IEntityType>();
            var waiting = new Queue<IEntityType>([root]);
            while (waiting.TryDequeue(out var principal))
            {
                foreach (var key in principal.GetReferencingForeignKeys().Where(key => key.DeleteBehavior is DeleteBehavior.Cascade or DeleteBehavior.SetNull))
                {
                    Assert.True(
                        key.DeclaringEntityType != root && reached.Add(key.DeclaringEntityType),
                        $"A deletion of {root.DisplayName()} reaches {key.DeclaringEntityType.DisplayName()} twice, which SQL Server refuses.");
                    waiting.Enqueue(key.DeclaringEntityType);
                }
            }
        }
    }

    [Fact]
    public void Keys_and_indexes_are_short_enough_for_sql_server()
    {
        using var context = DesignTime.SqlServer();
        var model = context.GetService<IDesignTimeModel>().Model;
        foreach (var entity in model.GetEntityTypes())
        {
            foreach (var key in entity.GetKeys())
                AssertShort(entity, key.Properties, key.IsPrimaryKey() ? MostClusteredBytes : MostIndexBytes);
            foreach (var index in entity.GetIndexes())
                AssertShort(entity, index.Properties, MostIndexBytes);
        }
    }

    [Fact]
    public void Every_text_has_a_length_and_every_time_a_precision()
    {
        using var context = DesignTime.SqlServer();
        var own = context.Model.GetEntityTypes().Where(entity => entity.ClrType.Assembly == typeof(HelpDeskOptions).Assembly).ToList();

        Assert.NotEmpty(own);
        Assert.All(own.SelectMany(entity => entity.GetProperties()), property =>
        {
            Assert.False(property.IsShadowProperty(), $"{property.DeclaringType.DisplayName()}.{property.Name} is a column that no class has.");
            if (property.ClrType == typeof(string))
                Assert.NotNull(property.GetMaxLength());
            if ((Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType) == typeof(DateTimeOffset))
                Assert.Equal("datetime2(6)", property.GetColumnType());
        });
    }

    private static void AssertShort(IEntityType entity, IReadOnlyList<IProperty> properties, int most)
    {
        var bytes = properties.Sum(Bytes);
        Assert.True(bytes <= most, $"{entity.DisplayName()} ({string.Join(", ", properties.Select(property => property.Name))}): {bytes} of {most} bytes");
    }

    private static int Bytes(IProperty property)
    {
        var type = property.GetColumnType();
        return type switch
        {
            "uniqueidentifier" => 16,
            "bigint" or "datetime2(6)" => 8,
            "int" => 4,
            "bit" => 1,
            _ when type.StartsWith("nvarchar(", StringComparison.Ordinal) => 2 * (property.GetMaxLength() ?? int.MaxValue / 2),
            _ when type.StartsWith("varchar(", StringComparison.Ordinal) => property.GetMaxLength() ?? int.MaxValue,
            _ => throw new NotSupportedException($"{property.DeclaringType.DisplayName()}.{property.Name} is {type}"),
        };
    }
}
