namespace HelpDesk.Storage.S3;

/// <summary>The service has something else than it was sent.</summary>
internal sealed class OtherBytesException(string message) : IOException(message);
