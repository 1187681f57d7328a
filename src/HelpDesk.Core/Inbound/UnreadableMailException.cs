namespace HelpDesk.Inbound;

/// <summary>A mail is beyond reading: no repetition helps, agents look at its raw bytes.</summary>
internal sealed class UnreadableMailException(string message, Exception? cause = null) : Exception(message, cause);
