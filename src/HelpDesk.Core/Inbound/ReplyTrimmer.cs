namespace HelpDesk.Inbound;
internal static class ReplyTrimmer { public static TrimmedReply Trim(string text) => new([new ReplySegment(text, true)]); }
internal sealed record TrimmedReply(IReadOnlyList<ReplySegment> Segments) { public string Visible => string.Concat(Segments.Where(s => s.IsVisible).Select(s => s.Text)).Trim(); public bool IsTrimmed => Segments.Any(s => !s.IsVisible); }
internal sealed record ReplySegment(string Text, bool IsVisible);
