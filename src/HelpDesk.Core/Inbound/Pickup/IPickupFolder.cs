namespace HelpDesk.Inbound.Pickup;

/// <summary>The folder of raw mail: each file <c>*.eml</c> is one message, and is deleted once it is received. Call it; do not implement it.</summary>
/// <remarks>
/// Whoever writes there must write under another name first, and rename when the file is whole. The envelope's recipient is what the first of the headers <c>Delivered-To</c>,
/// <c>X-Original-To</c>, <c>Envelope-To</c> or <c>X-Envelope-To</c> says, which the mail server writes; its sender stands in <c>Return-Path</c>. Scoped. Safe on several nodes that share the folder.
/// </remarks>
public interface IPickupFolder
{
    /// <summary>Receives what lies in the folder. What cannot be received now stays; what never can is moved to the folder <c>rejected</c> in it.</summary>
    /// <returns>How many were received.</returns>
    Task<int> CollectAsync(CancellationToken cancellationToken = default);
}
