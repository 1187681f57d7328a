namespace HelpDesk.Sla;

/// <summary>Names targets in the reasons that agents read.</summary>
internal static class TargetWords
{
    public static string Of(TicketTarget target) => target.Kind switch
    {
        TargetKind.FirstResponse => "The first response",
        TargetKind.NextResponse => "The next response",
        TargetKind.Resolution => "The resolution",
        _ => throw new ArgumentOutOfRangeException(nameof(target), target.Kind, null),
    };
}
