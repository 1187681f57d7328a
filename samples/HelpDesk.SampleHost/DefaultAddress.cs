namespace HelpDesk.SampleHost;

internal static class DefaultAddress
{
    /// <summary>Listens on an address unless one is given: by <c>--urls</c>, <c>ASPNETCORE_URLS</c>, <c>ASPNETCORE_HTTP_PORTS</c> or <c>Kestrel:Endpoints</c>.</summary>
    /// <remarks>Neither a launch profile nor appsettings.json can say this: both would win against <c>ASPNETCORE_URLS</c>.</remarks>
    public static void ListenByDefaultOn(this WebApplicationBuilder builder, string url)
    {
        string[] given = [WebHostDefaults.ServerUrlsKey, WebHostDefaults.HttpPortsKey, WebHostDefaults.HttpsPortsKey];
        if (given.All(key => string.IsNullOrEmpty(builder.Configuration[key])) && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
            builder.WebHost.UseUrls(url);
    }
}
