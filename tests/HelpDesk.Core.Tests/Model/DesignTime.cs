using HelpDesk.Specification.Desks;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Model;

/// <summary>Contexts that know their provider and never connect.</summary>
internal static class DesignTime
{
    public static DeskContext Sqlite() => Context(options => options.UseSqlite("Data Source=:memory:"));

    public static DeskContext Postgres() => Context(options => options.UseNpgsql("Host=nowhere.invalid"));

    public static DeskContext SqlServer() => Context(options => options.UseSqlServer("Server=nowhere.invalid"));

    private static DeskContext Context(Action<DbContextOptionsBuilder<DeskContext>> provider)
    {
        var options = new DbContextOptionsBuilder<DeskContext>();
        provider(options);
        return new DeskContext(options.Options);
    }
}
