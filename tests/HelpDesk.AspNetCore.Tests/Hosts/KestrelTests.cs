using System.Net.Sockets;
using System.Text;
using HelpDesk.AspNetCore.Tests.Infrastructure;

namespace HelpDesk.AspNetCore.Tests.Hosts;

/// <summary>What only the real server does: empty headers, which the test server leaves out, and bodies that break off.</summary>
public sealed class KestrelTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Empty_headers_and_broken_bodies_are_refused()
    {
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup { OnKestrel = true });
        var token = await host.SignInAsync(Users.Alice);
        const string body = """{"subject":"Text","body":"Text"}""";

        Assert.Contains("201 Created", await SendAsync("", body), StringComparison.Ordinal);
        Assert.Contains("\"idempotencyKey\"", await SendAsync("Idempotency-Key:\r\n", body), StringComparison.Ordinal);
        Assert.Contains("\"idempotencyKey\"", await SendAsync("Idempotency-Key: \r\n", body), StringComparison.Ordinal);
        Assert.Contains("cross_site", await SendAsync("Sec-Fetch-Site:\r\n", body), StringComparison.Ordinal);
        Assert.Contains("cross_site", await SendAsync("Origin:\r\n", body), StringComparison.Ordinal);
        Assert.Contains("\"ifMatch\"", await SendAsync("If-Match:\r\n", """{"body":"Text"}""", "/tickets/none/messages"), StringComparison.Ordinal);
        Assert.Contains("malformed", await SendAsync("", "", chunks: "zz\r\n"), StringComparison.Ordinal);
        Assert.Contains("201 Created", await SendAsync("", "", chunks: $"{body.Length:x}\r\n{body}\r\n0\r\n\r\n"), StringComparison.Ordinal);
        Assert.Contains("malformed", await SendAsync("", "", chunks: "0\r\n\r\n"), StringComparison.Ordinal);
        Assert.Contains("malformed", await SendAsync("", ""), StringComparison.Ordinal);

        async Task<string> SendAsync(string headers, string content, string path = "/tickets", string? chunks = null)
        {
            using var client = new TcpClient();
            await client.ConnectAsync(host.Address!.Host, host.Address.Port, Token);
            await using var stream = client.GetStream();
            var length = chunks is null ? $"Content-Length: {content.Length}" : "Transfer-Encoding: chunked";
            var request = $"POST /helpdesk{path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n{headers}{length}\r\nConnection: close\r\n\r\n{chunks ?? content}";
            await stream.WriteAsync(Encoding.ASCII.GetBytes(request), Token);
            using var reader = new StreamReader(stream);
            return await reader.ReadToEndAsync(Token);
        }
    }
}
