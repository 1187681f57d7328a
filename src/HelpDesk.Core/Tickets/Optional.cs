namespace HelpDesk.Tickets;

/// <summary>A field of a change that may be left out: absent means unchanged, which null cannot say.</summary>
/// <typeparam name="T">The type of the field.</typeparam>
public readonly record struct Optional<T>
{
    /// <summary>A field that is present with this value, which may be null.</summary>
    public Optional(T value)
    {
        Value = value;
        IsPresent = true;
    }

    /// <summary>Whether the field is part of the change.</summary>
    public bool IsPresent { get; }

    /// <summary>The new value; meaningless where the field is absent.</summary>
    public T Value { get; }

    /// <summary>The new value, or what there was.</summary>
    public T Or(T unchanged) => IsPresent ? Value : unchanged;

    /// <summary>Makes a value a present field.</summary>
    /// <param name="value">The value.</param>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Usage", "CA2225", Justification = "The constructor is the alternative.")]
    public static implicit operator Optional<T>(T value) => new(value);
}
