namespace HelpDesk.Inbound.Mailgun.Http;

/// <summary>The host has read the form before us. That is a mistake in its code, to be seen by whoever writes it.</summary>
internal sealed class FormIsGoneException()
    : InvalidOperationException("Something before MapMailgunInbound() has read the form, so the mail is gone. Leave these routes alone: no middleware may read their forms.");
