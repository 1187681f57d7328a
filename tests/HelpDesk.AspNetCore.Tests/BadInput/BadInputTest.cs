using HelpDesk.AspNetCore.Tests.Infrastructure;

namespace HelpDesk.AspNetCore.Tests.BadInput;

/// <summary>What is wrong is refused with a code and a clear error, and leaves nothing behind.</summary>
public abstract class BadInputTest(SharedHost shared) : HelpDeskTest(shared)
{
    private protected Answer Ticket { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Ticket = await Alice.OpenAsync();
    }

    /// <summary>Sends something and expects a refusal that stores nothing.</summary>
    private protected async Task<Answer> RefusedAsync(Func<Task<Answer>> send, int status, string code)
    {
        var before = await StoredAsync();
        var answer = await send();
        answer.Is(status, code);
        Assert.Equal(before, await StoredAsync());
        Assert.False(string.IsNullOrWhiteSpace(answer.Json.GetProperty("detail").GetString()));
        return answer;
    }

    private protected async Task<Answer> InvalidAsync(Func<Task<Answer>> send, string field)
    {
        var answer = await RefusedAsync(send, 400, "validation");
        var errors = answer.Json.GetProperty("errors");
        if (!errors.TryGetProperty(field, out var error) || string.IsNullOrWhiteSpace(error[0].GetString()))
            Assert.Fail($"Expected an error of the field {field}, got:\n{answer}");
        return answer;
    }

    private async Task<string> StoredAsync() =>
        await Host.CountRowsAsync() + (await Ann.GetAsync($"/tickets/{Ticket.Id}")).ETag;
}
