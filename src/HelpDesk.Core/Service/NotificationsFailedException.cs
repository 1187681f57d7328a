namespace HelpDesk.Service;

/// <summary>Some people of an event could not be told yet. The message may name addresses.</summary>
internal sealed class NotificationsFailedException(string message, Exception innerException) : Exception(message, innerException);
