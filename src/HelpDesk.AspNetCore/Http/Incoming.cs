using HelpDesk.Tickets;

namespace HelpDesk.AspNetCore.Http;

/// <summary>What a request asks for: its fields, and the files that came with them.</summary>
internal sealed class Incoming<T>(T body, StagedFiles? files) : IAsyncDisposable
    where T : class
{
    public T Body => body;

    /// <summary>The uploads for the command, in the order in which they came.</summary>
    public IReadOnlyList<Guid> Files => files?.Ids ?? [];

    /// <summary>The command has answered: what stands in its answer stays.</summary>
    public void Done(params IEnumerable<MessageView> messages) => files?.Took(messages.SelectMany(message => message.Attachments).Select(file => file.Id));

    public ValueTask DisposeAsync() => files?.DisposeAsync() ?? ValueTask.CompletedTask;
}
