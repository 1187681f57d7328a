namespace HelpDesk.Inbound.Mailgun.Forms;

/// <summary>A delivery that would be no better on its next try. Its message is the answer: what is wrong, and how to mend it.</summary>
internal sealed class NotAcceptableException(string message) : Exception(message);
