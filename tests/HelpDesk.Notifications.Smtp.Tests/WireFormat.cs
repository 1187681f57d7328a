using System.Text;
using MimeKit;

namespace HelpDesk.Notifications.Smtp;

/// <summary>What must hold of every mail's bytes.</summary>
internal static class WireFormat
{
    /// <summary>Seven bits, CRLF and nothing but CRLF, no line above 998 bytes; parts as they should be.</summary>
    public static void AssertPlain(byte[] raw, bool isUtf8 = false)
    {
        Assert.DoesNotContain(raw, value => value is 0 || (value > 127 && !isUtf8));
        var text = Encoding.Latin1.GetString(raw);
        Assert.EndsWith("\r\n", text, StringComparison.Ordinal);
        var lines = text.Split("\r\n");
        Assert.DoesNotContain(lines, line => line.Contains('\r', StringComparison.Ordinal) || line.Contains('\n', StringComparison.Ordinal));
        Assert.True(lines.Max(line => line.Length) <= 998, $"A line has {lines.Max(line => line.Length)} bytes.");

        var alternative = Assert.IsType<MultipartAlternative>(Post.Parse(raw).Body);
        Assert.Equal(["text/plain", "text/html"], alternative.Select(part => part.ContentType.MimeType));
        Assert.All(alternative, part => Assert.Equal("utf-8", part.ContentType.Charset));
    }
}
