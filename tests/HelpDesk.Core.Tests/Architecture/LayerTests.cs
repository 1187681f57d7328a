using ArchUnitNET.Domain;
using ArchUnitNET.Loader;

namespace HelpDesk.Architecture;

public sealed class LayerTests
{
    private static readonly ArchUnitNET.Domain.Architecture Core = new ArchLoader().LoadAssemblies(typeof(HelpDeskOptions).Assembly).Build();

    [Fact]
    public void Only_service_and_persistence_touch_ef_core()
    {
        // Besides them the two that name the host's context: the builder, and the check at the start.
        var strangers = Types()
            .Where(type => !IsIn(type, "HelpDesk.Service") && !IsIn(type, "HelpDesk.Persistence"))
            .Where(type => type.FullName.Split('/', '+')[0] is not ("HelpDesk.HelpDeskBuilder" or "HelpDesk.CompositionCheck" or "HelpDesk.HelpDeskModelBuilderExtensions"))
            .Where(type => type.Dependencies.Any(dependency => dependency.Target.FullName.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal)))
            .Select(type => type.FullName);

        Assert.Empty(strangers);
    }

    [Fact]
    public void The_features_know_nothing_of_service_and_persistence()
    {
        string[] features = ["Tickets", "Numbering", "Assignment", "Sla", "People", "Events", "Attachments"];
        var upwards =
            from type in Types()
            where features.Any(feature => IsIn(type, "HelpDesk." + feature))
            from dependency in type.Dependencies
            where IsIn(dependency.Target, "HelpDesk.Service") || IsIn(dependency.Target, "HelpDesk.Persistence")
            select $"{type.FullName} -> {dependency.Target.FullName}";

        Assert.Empty(upwards.Distinct());
    }

    [Fact]
    public void Attachments_are_above_tickets_and_not_the_other_way_round()
    {
        var downwards =
            from type in Types()
            where IsIn(type, "HelpDesk.Tickets")
            from dependency in type.Dependencies
            where IsIn(dependency.Target, "HelpDesk.Attachments")
            select $"{type.FullName} -> {dependency.Target.FullName}";

        Assert.Empty(downwards.Distinct());
    }

    [Fact]
    public void No_ef_provider_and_no_web_framework_is_referenced() => Assert.DoesNotContain(
        typeof(HelpDeskOptions).Assembly.GetReferencedAssemblies().Select(reference => reference.Name!),
        name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || name.StartsWith("Npgsql", StringComparison.Ordinal)
            || name.Contains("Sqlite", StringComparison.OrdinalIgnoreCase) || name.Contains("SqlServer", StringComparison.Ordinal) || name.Contains("SqlClient", StringComparison.Ordinal));

    [Fact]
    public void Public_classes_that_are_no_entities_are_sealed()
    {
        var open = typeof(HelpDeskOptions).Assembly.GetExportedTypes()
            .Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false })
            .Where(type => type.GetConstructors(System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance).All(constructor => constructor.GetParameters().Length > 0));

        Assert.Empty(open);
    }

    private static IEnumerable<IType> Types() => Core.Types.Where(type => IsIn(type, "HelpDesk"));

    private static bool IsIn(IType type, string name)
    {
        var space = type.Namespace?.FullName ?? "";
        return space == name || space.StartsWith(name + ".", StringComparison.Ordinal);
    }
}
