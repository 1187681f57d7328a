namespace HelpDesk.Events;

/// <summary>Says that a delivery cannot succeed however often it is tried, as to an address that does not exist. Thrown by handlers and senders.</summary>
/// <param name="message">What is wrong; stored with the delivery and shown to those who run the help desk.</param>
/// <param name="innerException">The cause.</param>
public sealed class PermanentFailureException(string message, Exception? innerException = null) : Exception(message, innerException);
