namespace HelpDesk.Portal.Tests.Infrastructure;

/// <summary>What somebody may write who wants more than to be read.</summary>
public static class HostileTexts
{
    public static TheoryData<string> All =>
    [
        "<script>window.hit=1;alert(1)</script>",
        "<img src=x onerror=\"window.hit=1;alert(1)\">",
        "<svg onload=window.hit=1;alert(1)>",
        "<svg><script>window.hit=1</script></svg>",
        "\"><img src=x onerror=alert(1)>",
        "'><script>alert(1)</script>",
        "</textarea><script>alert(1)</script>",
        "</title><script>alert(1)</script>",
        "<iframe src=\"javascript:alert(1)\"></iframe>",
        "<iframe srcdoc=\"<script>parent.hit=1</script>\"></iframe>",
        "<a href=\"javascript:alert(1)\">press</a>",
        "javascript:alert(1)",
        "javascript://example.com/%0aalert(1)",
        "http://example.com/\" onmouseover=\"alert(1)",
        "https://example.com/<img src=x onerror=alert(1)>",
        "data:text/html,<script>alert(1)</script>",
        "<body onload=alert(1)>",
        "<details open ontoggle=alert(1)>",
        "<video><source onerror=alert(1)></video>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "<object data=\"data:text/html,<script>alert(1)</script>\"></object>",
        "<base href=//evil.example/>",
        "<link rel=stylesheet href=//evil.example/a.css>",
        "<style>*{background:url(//evil.example/)}</style>",
        "<meta http-equiv=refresh content=\"0;url=//evil.example/\">",
        "<form action=//evil.example/><input autofocus onfocus=alert(1)>",
        "{{constructor.constructor('alert(1)')()}}",
        "${alert(1)}",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "[press](javascript:alert(1))",
        "\u202Egnp.exe\u202C<b>bold</b>",
    ];

    /// <summary>What spreadsheets take for a formula, whatever is before its sign.</summary>
    public static IReadOnlyList<string> Formulas =>
    [
        "=1+1",
        "+1+1",
        "-1+1",
        "@SUM(1+1)",
        "=HYPERLINK(\"https://elsewhere.example\",\"press\")",
        "=cmd|' /C calc'!A0",
        "\"=1+1",
        "'=1+1",
        "\u200B=1+1",
        "\uFF1D1+1",
        "\uFF0B1+1",
        "\u22121+1",
        "plain;=1+1",
        "plain; \"+1+1",
    ];
}
