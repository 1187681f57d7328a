namespace HelpDesk.Inbound.Mailgun.Signatures;

/// <summary>Nothing shows that it comes from Mailgun. The message is the answer, and holds nothing of what was sent.</summary>
internal sealed class UnverifiedException(string message) : Exception(message);
