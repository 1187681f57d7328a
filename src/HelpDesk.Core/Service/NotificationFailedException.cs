namespace HelpDesk.Service;

/// <summary>A sender could not tell somebody yet; why, says the inner exception.</summary>
internal sealed class NotificationFailedException(Exception innerException) : Exception(innerException.Message, innerException);
