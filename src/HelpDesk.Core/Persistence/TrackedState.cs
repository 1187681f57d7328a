using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace HelpDesk.Persistence;

/// <summary>What the host's context tracked before a command, so that the command leaves the context as it found it.</summary>
internal sealed class TrackedState
{
    private readonly DbContext context;
    private readonly HashSet<object> before;
    private readonly HashSet<object> deletedBefore;

    public TrackedState(DbContext context)
    {
        this.context = context;
        var entries = Entries();
        before = new HashSet<object>(entries.Select(entry => entry.Entity), ReferenceEqualityComparer.Instance);
        deletedBefore = new HashSet<object>(entries.Where(entry => entry.State == EntityState.Deleted).Select(entry => entry.Entity), ReferenceEqualityComparer.Instance);
    }

    /// <summary>Whether the type of the row is one of the help desk's.</summary>
    public static bool IsOurs(EntityEntry entry) => entry.Metadata.ClrType.Assembly == typeof(TrackedState).Assembly;

    /// <summary>Whether the host tracked the entity already.</summary>
    public bool Knew(object entity) => before.Contains(entity);

    /// <summary>After a success: forgets what the command read and stored. The host's own entities stay.</summary>
    public void Forget()
    {
        foreach (var entry in Entries().Where(entry => !before.Contains(entry.Entity)))
            entry.State = EntityState.Detached;
    }

    /// <summary>After a failure: forgets likewise, and sets back what the command changed in tickets that the host tracks.</summary>
    public void Restore()
    {
        Forget();
        foreach (var entry in Entries().Where(IsOurs))
        {
            // A command that failed before its save has changed a ticket of which the context does not know yet.
            entry.DetectChanges();
            if (entry.State is not (EntityState.Modified or EntityState.Deleted) || deletedBefore.Contains(entry.Entity))
                continue;
            entry.CurrentValues.SetValues(entry.OriginalValues);
            entry.State = EntityState.Unchanged;
        }
    }

    // Looking must not make the context detect the host's own pending changes earlier than the host wants.
    private List<EntityEntry> Entries()
    {
        var detects = context.ChangeTracker.AutoDetectChangesEnabled;
        context.ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            return [.. context.ChangeTracker.Entries()];
        }
        finally
        {
            context.ChangeTracker.AutoDetectChangesEnabled = detects;
        }
    }
}
