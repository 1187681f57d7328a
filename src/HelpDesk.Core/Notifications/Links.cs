namespace HelpDesk.Notifications;

/// <summary>Where people find a ticket in the portal.</summary>
internal static class Links
{
    public static Uri? Of(Uri? portal, string number, bool isAgent) =>
        portal is null ? null : new Uri($"{portal.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{(isAgent ? "agent/t" : "t")}/{Uri.EscapeDataString(number)}");
}
