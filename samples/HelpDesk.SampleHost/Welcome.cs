using HelpDesk.SampleHost.Data;
using HelpDesk.SampleHost.Demo;
using HelpDesk.Storage.S3;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HelpDesk.SampleHost;

internal static class Welcome
{
    /// <summary>Says, once the host listens, where everything is.</summary>
    public static void PrintWelcome(this WebApplication app) =>
        app.Lifetime.ApplicationStarted.Register(() => app.Logger.LogInformation("{Welcome}", string.Join(Environment.NewLine, Lines(app))));

    private static IEnumerable<string> Lines(WebApplication app)
    {
        var address = app.Urls.Select(Reachable).FirstOrDefault();
        yield return $"The HelpDesk sample host is ready ({app.Environment.EnvironmentName}).";
        yield return "";
        yield return $"  Portal    {address}/support";
        yield return $"  API       {address}/helpdesk";
        yield return $"  Sign in   {address}/sign-in";
        yield return $"  OpenAPI   {address}/openapi/v1.json";
        yield return $"  Health    {address}/health/live and {address}/health/ready";
        foreach (var other in app.Urls.Skip(1))
            yield return $"  Also at   {Reachable(other)}";
        yield return $"  Database  {Database(app.Services)}";
        yield return $"  Files     {Files(app)}";
        yield return $"  Mail      {Mail(app.Configuration)}";
        yield return $"  Mail in   {MailIn(app.Configuration, address)}";
        yield return "";
        if (!app.Environment.IsDevelopment())
            yield break;

        yield return $"  Demo accounts, all with the password {DemoAccounts.Password}";
        foreach (var account in DemoAccounts.All)
            yield return $"    {account.Email,-20}{account.Kind}{(account.Category is null ? "" : $" for {account.Category}")}";
        yield return "";
    }

    // What listens everywhere is shown by a name that a browser can open.
    private static string Reachable(string url) =>
        url.Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal);

    /// <summary>Whether the configuration names a mail server.</summary>
    public static bool HasMailServer(this IConfiguration configuration) => !string.IsNullOrWhiteSpace(configuration["HelpDesk:Smtp:Host"]);

    /// <summary>Whether the configuration says anything of S3: half of it is an error at start, and not a folder in its place.</summary>
    public static bool HasS3(this IConfiguration configuration) =>
        configuration.GetSection("HelpDesk:S3").GetChildren().Any(setting => !string.IsNullOrWhiteSpace(setting.Value));

    /// <summary>Whether the configuration names a folder from which raw mail is taken.</summary>
    public static bool HasPickupFolder(this IConfiguration configuration) => !string.IsNullOrWhiteSpace(configuration["HelpDesk:Inbound:Pickup:Path"]);

    /// <summary>Whether the configuration says anything of Mailgun: a setting without a key is an error at start.</summary>
    public static bool HasMailgun(this IConfiguration configuration) =>
        configuration.GetSection("HelpDesk:Mailgun").AsEnumerable().Any(setting => !string.IsNullOrWhiteSpace(setting.Value));

    private static string Files(WebApplication app)
    {
        if (!app.Configuration.HasS3())
            return $"in {Path.GetFullPath(app.Services.GetRequiredService<IOptions<HelpDeskOptions>>().Value.Attachments.Path, app.Environment.ContentRootPath)}: HelpDesk:S3 is not set";

        var s3 = app.Services.GetRequiredService<IOptions<S3Options>>().Value;
        var service = new[] { s3.ServiceUrl, s3.Region, "Amazon" }.First(name => !string.IsNullOrWhiteSpace(name));
        return $"S3, the bucket {s3.BucketName} at {service}";
    }

    private static string Mail(IConfiguration configuration) =>
        configuration.HasMailServer() ? $"by {configuration["HelpDesk:Smtp:Host"]}" : "none is sent: HelpDesk:Smtp:Host is not set";

    private static string MailIn(IConfiguration configuration, string? address)
    {
        string[] ways =
        [
            .. configuration.HasMailgun() ? [$"Mailgun posts to {address}/hooks/mailgun, /mime and /events below it"] : Array.Empty<string>(),
            .. configuration.HasPickupFolder() ? [$"files *.eml are taken from {configuration["HelpDesk:Inbound:Pickup:Path"]}"] : Array.Empty<string>(),
        ];
        return ways.Length > 0 ? string.Join("; ", ways) : "none is taken: neither HelpDesk:Mailgun:SigningKey nor HelpDesk:Inbound:Pickup:Path is set";
    }

    private static string Database(IServiceProvider services)
    {
        using var scope = services.CreateScope();
        var connection = scope.ServiceProvider.GetRequiredService<AppDbContext>().Database.GetDbConnection();
        return services.GetRequiredService<DatabaseSettings>().Kind switch
        {
            DatabaseKind.Postgres => $"PostgreSQL, {connection.Database} on {connection.DataSource}",
            DatabaseKind.SqlServer => $"SQL Server, {connection.Database} on {connection.DataSource}",
            _ => $"SQLite, {connection.DataSource}",
        };
    }
}
