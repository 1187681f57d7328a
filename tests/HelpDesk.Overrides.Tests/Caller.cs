using System.Net.Http.Json;
using System.Text.Json;

namespace HelpDesk.Overrides.Tests;

/// <summary>Somebody who calls the API.</summary>
internal sealed class Caller(HttpClient client)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public Task<JsonElement> OpenAsync(string? category = null) =>
        SendAsync(HttpMethod.Post, "/tickets", new { subject = "The printer burns", body = "Since this morning.", category });

    public Task<JsonElement> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body = null)
    {
        using var response = await TrySendAsync(method, path, body);
        var text = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.IsSuccessStatusCode, $"{method} {path}: {(int)response.StatusCode} {text}");
        return JsonElement.Parse(text);
    }

    public async Task<HttpResponseMessage> TrySendAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, "/helpdesk" + path) { Content = body is null ? null : JsonContent.Create(body) };
        return await client.SendAsync(request, Token);
    }

    /// <summary>The reasons that the history of a ticket gives for an action.</summary>
    public async Task<IReadOnlyList<string?>> ReasonsAsync(string ticket, string action)
    {
        var history = await GetAsync($"/tickets/{ticket}/history");
        return [.. history.GetProperty("data").EnumerateArray()
            .Where(entry => entry.GetProperty("action").GetString() == action)
            .Select(entry => entry.GetProperty("reason").GetString())];
    }
}
