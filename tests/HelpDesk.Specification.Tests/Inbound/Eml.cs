using System.Text;

namespace HelpDesk.Specification.Inbound;

/// <summary>A mail as somebody's program would send it.</summary>
public sealed record Eml
{
    private static int count;

    public string? From { get; init; } = "Zoe <zoe@example.net>";

    public string To { get; init; } = "support@desk.example";

    public string? Subject { get; init; } = "The printer burns";

    public string Body { get; init; } = "Since this morning.";

    public string? MessageId { get; init; } = $"<mail-{Interlocked.Increment(ref count)}-{Guid.NewGuid():N}@example.net>";

    public string? InReplyTo { get; init; }

    public string ContentType { get; init; } = "text/plain; charset=utf-8";

    /// <summary>Further headers, as <c>Precedence: bulk</c>.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];

    public byte[] ToBytes()
    {
        var lines = new List<string> { "Received: from mail.example.net by mx.desk.example; Mon, 2 Mar 2026 09:00:00 +0000" };
        lines.AddRange(Headers);
        Add("From", From);
        Add("To", To);
        Add("Subject", Subject);
        Add("Message-ID", MessageId);
        Add("In-Reply-To", InReplyTo);
        Add("Date", "Mon, 2 Mar 2026 09:00:00 +0000");
        Add("MIME-Version", "1.0");
        Add("Content-Type", ContentType);
        return Encoding.UTF8.GetBytes($"{string.Join("\r\n", lines)}\r\n\r\n{Body.ReplaceLineEndings("\r\n")}\r\n");

        void Add(string name, string? value)
        {
            if (value is not null)
                lines.Add($"{name}: {value}");
        }
    }
}
