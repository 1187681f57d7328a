namespace HelpDesk.Persistence;

/// <summary>The last value that was given out in a scope.</summary>
public class Counter
{
    /// <summary>For EF Core and lazy-loading proxies.</summary>
    protected Counter()
    {
    }

    internal Counter(string scope, long value)
    {
        Scope = scope;
        Value = value;
    }

    /// <summary>The scope, as <c>TKT-2026</c>: the key.</summary>
    public string Scope { get; private set; } = "";

    /// <summary>The last value.</summary>
    public long Value { get; private set; }
}
