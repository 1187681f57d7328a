using HelpDesk.Inbound;
using HelpDesk.Specification.Desks;
using HelpDesk.Specification.Infrastructure;
using HelpDesk.Tickets;

namespace HelpDesk.Specification.Inbound;

/// <summary>Real mail of others, odd as it is: all of it is stored, and an agent can read it.</summary>
public abstract class CorpusSpecification(HelpDeskFixture fixture, ITestOutputHelper output) : MailTest(fixture)
{
    [Fact]
    public async Task Every_mail_is_stored_and_readable_by_an_agent()
    {
        var files = Directory.GetFiles(Path.Combine(MailCorpus.Require(), "messages"), "*.eml").Order(StringComparer.Ordinal).ToList();
        var wrong = new List<string>();
        foreach (var file in files)
        {
            var receipt = await ReceiveAsync(Desk, await File.ReadAllBytesAsync(file, Token), sender: null);
            await ProcessAsync();
            var mail = await FindAsync(receipt.Id);
            var text = mail.State == InboundMailState.Processed && mail.TicketId is { } ticket ? await ReadAsync(ticket) : mail.Excerpt ?? "";
            output.WriteLine($"{Path.GetFileName(file),-50} {mail.State,-10} {mail.Reason} | {mail.Subject} | {text.ReplaceLineEndings(" ")[..Math.Min(text.Length, 60)]}");
            var isReadable = mail.State is InboundMailState.Processed or InboundMailState.Held && (text.Length > 0 || mail.MessageId is null);
            if (!isReadable || text.Contains('\0', StringComparison.Ordinal))
                wrong.Add($"{Path.GetFileName(file)}: {mail.State}, {mail.Reason}");
        }

        Assert.NotEmpty(files);
        Assert.Empty(wrong);
    }

    private async Task<string> ReadAsync(Guid ticket)
    {
        var message = (await Desk.ConversationAsync(Ann, ticket))!.Messages()[^1];
        foreach (var file in message.Attachments)
            Assert.NotNull(await Attachments.AttachmentTest.ReadAsync(Desk, Ann, file.Id));
        return $"{message.Body} {string.Join(' ', message.Attachments.Select(file => $"[{file.FileName}, {file.Size}]"))}";
    }
}
