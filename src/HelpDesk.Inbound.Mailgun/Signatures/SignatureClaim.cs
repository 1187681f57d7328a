namespace HelpDesk.Inbound.Mailgun.Signatures;

/// <summary>What a delivery says of its signature, byte for byte.</summary>
internal sealed record SignatureClaim(byte[] Timestamp, byte[] Token, byte[] Signature);
