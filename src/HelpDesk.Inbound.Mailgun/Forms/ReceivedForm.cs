using System.Text;

namespace HelpDesk.Inbound.Mailgun.Forms;

/// <summary>All fields of a form in their order, byte for byte, by their exact names.</summary>
internal sealed class ReceivedForm(FormLimits limits) : IAsyncDisposable
{
    private readonly Spool spool = new();
    private readonly List<FormField> fields = [];
    private readonly int[] counts = new int[KnownFields.Count];
    private readonly int[] first = new int[KnownFields.Count];
    private FormField current;

    public IReadOnlyList<FormField> Fields => fields;

    /// <exception cref="NotAcceptableException">There are too many fields.</exception>
    public async ValueTask BeginAsync(ReadOnlyMemory<byte> name, byte[]? fileName, byte[]? type, CancellationToken cancellationToken)
    {
        if (fields.Count == FormLimits.Fields)
            throw new NotAcceptableException($"The form has more than {FormLimits.Fields} fields.");

        current = new FormField
        {
            Known = KnownFields.Of(name.Span),
            At = spool.Length,
            NameLength = name.Length,
            FileNameLength = fileName?.Length ?? FormField.Absent,
            TypeLength = type?.Length ?? FormField.Absent,
        };
        await WriteAsync(name, cancellationToken);
        await WriteAsync(fileName, cancellationToken);
        await WriteAsync(type, cancellationToken);
    }

    /// <exception cref="NotAcceptableException">The fields are too large.</exception>
    public ValueTask AppendAsync(ReadOnlyMemory<byte> value, CancellationToken cancellationToken) => WriteAsync(value, cancellationToken);

    public void End()
    {
        current = current with { Length = spool.Length - current.ValueAt };
        if (counts[(int)current.Known]++ == 0)
            first[(int)current.Known] = fields.Count;
        fields.Add(current);
    }

    /// <summary>To be called after the last field, before anything is read.</summary>
    public Task CompleteAsync(CancellationToken cancellationToken) => spool.CompleteAsync(cancellationToken);

    public int CountOf(KnownField known) => counts[(int)known];

    /// <summary>The first of that name; null where there is none.</summary>
    public FormField? Find(KnownField known) => counts[(int)known] == 0 ? null : fields[first[(int)known]];

    public IEnumerable<FormField> All(KnownField known) => fields.Where(field => field.Known == known);

    public Stream OpenRead(FormField field) => spool.OpenRead(field.ValueAt, field.Length);

    public Task<byte[]> NameAsync(FormField field, CancellationToken cancellationToken) => spool.ToArrayAsync(field.At, field.NameLength, cancellationToken);

    public Task<byte[]> FileNameAsync(FormField field, CancellationToken cancellationToken) =>
        spool.ToArrayAsync(field.FileNameAt, Math.Max(0, field.FileNameLength), cancellationToken);

    public Task<byte[]> TypeAsync(FormField field, CancellationToken cancellationToken) => spool.ToArrayAsync(field.TypeAt, Math.Max(0, field.TypeLength), cancellationToken);

    public Task<byte[]> ValueAsync(FormField field, CancellationToken cancellationToken) => spool.ToArrayAsync(field.ValueAt, field.Length, cancellationToken);

    public async Task<string> TextAsync(FormField field, CancellationToken cancellationToken) => Encoding.UTF8.GetString(await ValueAsync(field, cancellationToken));

    public ValueTask DisposeAsync() => spool.DisposeAsync();

    private ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        spool.Length + bytes.Length <= limits.Bytes ? spool.WriteAsync(bytes, cancellationToken) : throw RequestBytes.TooLarge();
}
