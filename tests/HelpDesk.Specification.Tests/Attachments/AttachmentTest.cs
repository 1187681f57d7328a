using HelpDesk.Attachments;
using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Specification.Attachments;

/// <summary>A test on files, in the folder of its class, in a store that can be told to fail.</summary>
public abstract class AttachmentTest(HelpDeskFixture fixture) : DeskTest(fixture)
{
    protected FaultyStore Store => (FaultyStore)Desk.Services.GetRequiredService<IAttachmentStore>();

    protected override DeskSetup Setup => new() { HelpDesk = FaultyStore.Use };

    /// <summary>The tests of a class share a database, but each has a folder of its own: what others have left in the one must not be missed in the other.</summary>
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Desk.ReadAsync(async context => await context.Set<Upload>().ExecuteDeleteAsync(Token) + await context.Set<TicketAttachment>().ExecuteDeleteAsync(Token));
    }

    protected Task<TicketConversation> OpenWithAsync(Actor actor, params IReadOnlyList<Guid> uploads) => Desk.AskAsync(tickets =>
        tickets.OpenAsync(new OpenTicket { Actor = actor, Subject = "With files", Body = "See there.", Attachments = uploads }, Token));

    protected Task<MessageReceipt> ReplyWithAsync(Actor actor, TicketKey ticket, params IReadOnlyList<Guid> uploads) => Desk.AskAsync(tickets =>
        tickets.ReplyAsync(new ReplyToTicket { Actor = actor, Ticket = ticket, Body = "See there.", Attachments = uploads }, Token));

    protected Task<string?> ReadAsync(Actor actor, Guid attachment) => ReadAsync(Desk, actor, attachment);

    /// <summary>What somebody gets of a file, read to its end; null for nothing.</summary>
    protected internal static async Task<string?> ReadAsync(Desk desk, Actor actor, Guid attachment)
    {
        await using var scope = desk.NewScope();
        if (await scope.Tickets.GetAttachmentAsync(new GetAttachment { Actor = actor, Attachment = attachment }, Token) is not { } file)
            return null;
        using var reader = new StreamReader(file.OpenRead());
        return await reader.ReadToEndAsync(Token);
    }
}
