using HelpDesk.Tickets;

namespace HelpDesk.Specification.Desks;

/// <summary>What is the same for requesters and agents, for tests that do not care which of them looks.</summary>
public static class TicketViewExtensions
{
    public static TicketView Ticket(this TicketConversation conversation) => conversation switch
    {
        AgentConversation agent => agent.Ticket,
        RequesterConversation requester => requester.Ticket,
        _ => throw new ArgumentOutOfRangeException(nameof(conversation)),
    };

    public static IReadOnlyList<MessageView> Messages(this TicketConversation conversation) => conversation switch
    {
        AgentConversation agent => agent.Messages,
        RequesterConversation requester => requester.Messages,
        _ => throw new ArgumentOutOfRangeException(nameof(conversation)),
    };

    public static IReadOnlyList<string> Texts(this TicketConversation conversation) => [.. conversation.Messages().Select(message => message.Body)];
}
