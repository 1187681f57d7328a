using HelpDesk.Overrides.Company;
using HelpDesk.Tickets;

namespace HelpDesk.Overrides.Tests;

/// <summary>The users and customers of tests that need no host.</summary>
internal static class Known
{
    /// <summary>Monday.</summary>
    public static DateTimeOffset Now { get; } = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public static AppUsers Users { get; } = new(
    [
        Requester("alice", "acme", "en"),
        Requester("haruto", "acme", "ja"),
        Requester("bruno", "globex", "de"),
        Requester("greta", "initrode", "de"),
        Requester("pierre", "soylent", "fr"),
        Requester("aino", "initech", "fi"),
        Agent("ann", "billing", "en", "de"),
        Agent("ben", "hardware", "en", "de"),
        Agent("yuki", "hardware", "ja", "en"),
    ]);

    /// <summary>A ticket; without a requester it came by mail from somebody who is not known.</summary>
    public static TicketSummary Ticket(string? requester, string? category = null) => new()
    {
        Id = Guid.Parse("11111111-2222-3333-4444-555555555555"),
        RequesterId = requester,
        Subject = "The printer burns",
        Priority = TicketPriority.Normal,
        Category = category,
        Channel = requester is null ? TicketChannel.Email : TicketChannel.Web,
        CreatedAt = Now,
    };

    private static AppUser Requester(string id, string customer, string language) => new() { Id = id, Name = id, Customer = customer, Languages = [language] };

    private static AppUser Agent(string id, string skill, params string[] languages) =>
        new() { Id = id, Name = id, Roles = HelpDeskRoles.Support, Languages = languages, Skills = [skill] };
}
