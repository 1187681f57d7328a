using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace HelpDesk.AspNetCore.Tests.Infrastructure;

/// <summary>Somebody who calls a host below its prefix.</summary>
internal sealed class Caller(HttpClient client, string prefix, string? token)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync("GET", path, null, headers);

    public Task<Answer> PostAsync(string path, object? body = null, params (string Name, string Value)[] headers) => SendAsync("POST", path, body, headers);

    public Task<Answer> PutAsync(string path, object? body, params (string Name, string Value)[] headers) => SendAsync("PUT", path, body, headers);

    public Task<Answer> PatchAsync(string path, object? body, params (string Name, string Value)[] headers) => SendAsync("PATCH", path, body, headers);

    /// <summary>Sends a text as the JSON that it is, an <see cref="HttpContent"/> as it is, and any other object as JSON.</summary>
    public async Task<Answer> SendAsync(string method, string path, object? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), prefix + path) { Content = Content(body) };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        // A stream of events does not end by itself.
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        return await Answer.ReadAsync(response, Token);
    }

    /// <summary>Opens a ticket, which must succeed.</summary>
    public async Task<Answer> OpenAsync(string subject = "The printer burns", string body = "Since this morning.") =>
        (await PostAsync("/tickets", new { subject, body })).Is(201);

    /// <summary>Replies, which must succeed.</summary>
    public async Task<Answer> ReplyAsync(Guid ticket, string body = "An answer.") => (await PostAsync($"/tickets/{ticket}/messages", new { body })).Is(201);

    /// <summary>Writes a note, which must succeed.</summary>
    public async Task<Answer> NoteAsync(Guid ticket, string body) =>
        (await PostAsync($"/tickets/{ticket}/messages", new { body, isPrivate = true })).Is(201);

    private static HttpContent? Content(object? body) => body switch
    {
        null => null,
        HttpContent content => content,
        string json => new StringContent(json, Encoding.UTF8, "application/json"),
        _ => new StringContent(JsonSerializer.Serialize(body, JsonSerializerOptions.Web), Encoding.UTF8, "application/json"),
    };
}
