using System.Globalization;

namespace HelpDesk.Notifications.Smtp;

internal static class Domain
{
    /// <summary>The domain as mail servers write it, bücher.example as xn--bcher-kva.example; null where it is none.</summary>
    public static string? ToAscii(string domain)
    {
        try
        {
            var ascii = new IdnMapping().GetAscii(domain);
            return Uri.CheckHostName(ascii) == UriHostNameType.Dns ? ascii : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
