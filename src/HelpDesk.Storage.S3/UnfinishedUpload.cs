namespace HelpDesk.Storage.S3;

/// <summary>An upload in parts that has not ended, named by a key as no object has one.</summary>
internal readonly record struct UnfinishedUpload(string Key, string UploadId)
{
    private const string Separator = "?uploadId=";

    public static UnfinishedUpload? Parse(string key) =>
        key.IndexOf(Separator, StringComparison.Ordinal) is >= 0 and var at ? new UnfinishedUpload(key[..at], key[(at + Separator.Length)..]) : null;

    public override string ToString() => $"{Key}{Separator}{UploadId}";
}
