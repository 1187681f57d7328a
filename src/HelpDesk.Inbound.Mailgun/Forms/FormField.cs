namespace HelpDesk.Inbound.Mailgun.Forms;

/// <summary>Where a field lies in the spool: its name, the file name and type that its part gave, its value.</summary>
internal readonly record struct FormField
{
    /// <summary>For a length: there was none.</summary>
    public const int Absent = -1;

    public required KnownField Known { get; init; }

    public required long At { get; init; }

    public required int NameLength { get; init; }

    /// <summary><see cref="Absent"/> for what is no file.</summary>
    public required int FileNameLength { get; init; }

    public required int TypeLength { get; init; }

    public long Length { get; init; }

    public bool IsFile => FileNameLength != Absent;

    public long FileNameAt => At + NameLength;

    public long TypeAt => FileNameAt + Math.Max(0, FileNameLength);

    public long ValueAt => TypeAt + Math.Max(0, TypeLength);
}
