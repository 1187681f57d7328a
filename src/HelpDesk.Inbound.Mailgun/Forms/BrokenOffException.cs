namespace HelpDesk.Inbound.Mailgun.Forms;

/// <summary>The body did not arrive whole: the client has gone, was too slow, or sent what is no HTTP.</summary>
internal sealed class BrokenOffException(Exception cause) : IOException("The body did not arrive whole.", cause);
