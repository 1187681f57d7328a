using HelpDesk.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace HelpDesk.Specification.Hosts;

public class PrefixContext(DbContextOptions<PrefixContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.ApplyHelpDesk(new HelpDeskModelOptions { TablePrefix = "acme_'\"_" });
}

public class SchemaContext(DbContextOptions<SchemaContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.ApplyHelpDesk(new HelpDeskModelOptions { Schema = "support" });
}

public class SnakeCaseContext(DbContextOptions<SnakeCaseContext> options) : DbContext(options)
{
    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder.UseSnakeCaseNamingConvention();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.ApplyHelpDesk();
}

public class ConventionsContext(DbContextOptions<ConventionsContext> options) : DbContext(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<string>().HaveMaxLength(20).AreUnicode(false).HaveColumnType("varchar(20)").HaveConversion<Upper>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(3);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<string>().HaveMaxLength(10);
        configurationBuilder.Properties<Guid>().HaveConversion<string>();
        configurationBuilder.Properties<bool>().HaveConversion<int>();
        configurationBuilder.Properties<long>().HaveConversion<string>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.ApplyHelpDesk();

    private sealed class Upper() : ValueConverter<string, string>(text => text.ToUpperInvariant(), text => text);
}

public class ComparersContext(DbContextOptions<ComparersContext> options) : DbContext(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<string>().HaveConversion<Same, IgnoresCase>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.ApplyHelpDesk();

    private sealed class Same() : ValueConverter<string, string>(text => text, text => text);

    private sealed class IgnoresCase() : ValueComparer<string>(
        (left, right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase), text => StringComparer.OrdinalIgnoreCase.GetHashCode(text), text => text);
}
