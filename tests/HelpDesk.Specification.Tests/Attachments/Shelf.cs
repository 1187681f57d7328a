using HelpDesk.Attachments;
using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Specification.Attachments;

/// <summary>What the database of a desk knows of files, and what its store has.</summary>
internal sealed record Shelf(IReadOnlyCollection<string> Attachments, IReadOnlyCollection<string> Uploads, IReadOnlyCollection<string> Objects)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<Shelf> OfAsync(Desk desk)
    {
        await using var scope = desk.NewScope();
        return new Shelf(
            await scope.Context.Set<TicketAttachment>().Select(attachment => attachment.StorageKey).ToHashSetAsync(Token),
            await scope.Context.Set<Upload>().Select(upload => upload.StorageKey).ToHashSetAsync(Token),
            await scope.Services.GetRequiredService<IAttachmentStore>().ListAsync("attachments/", Token).Select(stored => stored.Key).ToHashSetAsync(cancellationToken: Token));
    }

    /// <summary>At any time: what a message shows is there.</summary>
    public Shelf HasEveryAttachment()
    {
        Assert.Empty(Attachments.Except(Objects));
        return this;
    }

    /// <summary>After the sweeps, once the time of all is over: nothing else is there.</summary>
    public void HasNothingElse()
    {
        HasEveryAttachment();
        Assert.Empty(Uploads);
        Assert.Empty(Objects.Except(Attachments));
    }

    /// <summary>Lets so much time pass that everything is over, sweeps, and looks.</summary>
    /// <remarks>The files of a real store are as old as the real clock says.</remarks>
    public static async Task SweepAndCheckAsync(Desk desk)
    {
        LetTimePass(desk);
        await desk.SweepFilesAsync();
        (await OfAsync(desk)).HasNothingElse();
    }

    /// <summary>So much that everything which waits has waited long enough, by the clock of the desk and by the real one, which says how old a file is.</summary>
    public static void LetTimePass(Desk desk)
    {
        var (desks, real) = (desk.Clock.GetUtcNow(), TimeProvider.System.GetUtcNow());
        desk.Clock.SetUtcNow((desks < real ? real : desks).AddDays(40));
    }
}
