using Amazon.Runtime;
using Amazon.S3;
using HelpDesk.Attachments;
using HelpDesk.Specification.Desks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace HelpDesk.Storage.S3;

public sealed class StartTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("BucketName", null, "HelpDesk:S3:BucketName is missing")]
    [InlineData("BucketName", "s3://files", "HelpDesk:S3:BucketName is no name of a bucket")]
    [InlineData("BucketName", "my files", "HelpDesk:S3:BucketName is no name of a bucket")]
    [InlineData("BucketName", "files--euc1-az1--x-s3", "HelpDesk:S3:BucketName is a directory bucket")]
    [InlineData("ServiceUrl", null, "HelpDesk:S3:Region is missing")]
    [InlineData("ServiceUrl", "s3.example.com", "HelpDesk:S3:ServiceUrl is no address")]
    [InlineData("ServiceUrl", "ftp://s3.example.com", "HelpDesk:S3:ServiceUrl is no address")]
    [InlineData("ServiceUrl", "https://me:secret-42@s3.example.com", "HelpDesk:S3:ServiceUrl must have no user")]
    [InlineData("ServiceUrl", "https://s3.example.com?token=secret-42", "HelpDesk:S3:ServiceUrl must have no user, query")]
    [InlineData("Region", "Frankfurt am Main", "HelpDesk:S3:Region is no name of a region")]
    [InlineData("AccessKey", null, "HelpDesk:S3:AccessKey is missing")]
    [InlineData("SecretKey", null, "HelpDesk:S3:SecretKey is missing")]
    [InlineData("ServerSideEncryption", "AES512", "HelpDesk:S3:ServerSideEncryption 'AES512' is not known")]
    [InlineData("KmsKeyId", "alias/helpdesk", "HelpDesk:S3:KmsKeyId")]
    [InlineData("LinkLifetime", "00:00:05", "HelpDesk:S3:LinkLifetime")]
    [InlineData("LinkLifetime", "01:00:01", "HelpDesk:S3:LinkLifetime")]
    [InlineData("Timeout", "00:00:00", "HelpDesk:S3:Timeout")]
    [InlineData("Timeout", "00:05:01", "HelpDesk:S3:Timeout")]
    public async Task What_is_wrong_is_named_at_the_start(string key, string? value, string error)
    {
        using var host = Build(new Dictionary<string, string?> { [key] = value });

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token));
        Assert.Contains(error, failure.Message, StringComparison.Ordinal);
        Assert.Single(failure.Failures);
        Assert.DoesNotContain("secret-42", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_come_from_the_section_and_the_delegate_comes_after_it()
    {
        using var host = Build(
            new Dictionary<string, string?> { ["LinkLifetime"] = "00:01:00", ["Timeout"] = "00:00:10", ["ForcePathStyle"] = "false" },
            builder => builder.UseS3Attachments(options => options.LinkLifetime = TimeSpan.FromMinutes(2)).UseS3Attachments(options => options.Timeout = TimeSpan.FromSeconds(11)));
        await host.StartAsync(Token);

        var options = host.Services.GetRequiredService<IOptions<S3Options>>().Value;
        Assert.Equal(("files", TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(11), false), (options.BucketName, options.LinkLifetime, options.Timeout, options.ForcePathStyle));
        Assert.IsType<S3AttachmentStore>(Assert.Single(host.Services.GetServices<IAttachmentStore>()));
        await host.StopAsync(Token);
    }

    [Fact]
    public async Task The_client_is_our_own_waits_as_long_as_it_is_told_and_ends_with_the_host()
    {
        IAmazonS3 client;
        using (var host = Build(new Dictionary<string, string?> { ["Timeout"] = "00:00:10" }))
        {
            await host.StartAsync(Token);
            client = host.Services.GetRequiredService<S3Connection>().Client;
            Assert.Null(host.Services.GetService<IAmazonS3>());
            Assert.Equal((TimeSpan.FromSeconds(10), 2), (client.Config.Timeout, client.Config.MaxErrorRetry));
            Assert.Equal((RequestChecksumCalculation.WHEN_REQUIRED, ResponseChecksumValidation.WHEN_REQUIRED), (client.Config.RequestChecksumCalculation, client.Config.ResponseChecksumValidation));
            await host.StopAsync(Token);
        }

        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.GetObjectAsync("files", "x", Token));
    }

    [Fact]
    public void On_amazon_the_sdk_has_its_own_way_with_checksums()
    {
        using var host = Build(new Dictionary<string, string?> { ["ServiceUrl"] = null, ["Region"] = "eu-central-1" });

        var config = host.Services.GetRequiredService<S3Connection>().Client.Config;

        Assert.Equal((RequestChecksumCalculation.WHEN_SUPPORTED, ResponseChecksumValidation.WHEN_SUPPORTED), (config.RequestChecksumCalculation, config.ResponseChecksumValidation));
    }

    [Fact]
    public async Task A_client_of_the_hosts_is_used_where_no_service_is_set_and_stays_the_hosts()
    {
        using var lent = new AmazonS3Client("key", "secret", new AmazonS3Config { ServiceURL = "http://localhost:1", MaxErrorRetry = 0 });
        var settings = new Dictionary<string, string?> { ["ServiceUrl"] = null, ["AccessKey"] = null, ["SecretKey"] = null };
        using (var host = Build(settings, services: services => services.AddSingleton<IAmazonS3>(lent)))
        {
            await host.StartAsync(Token);
            Assert.Same(lent, host.Services.GetRequiredService<S3Connection>().Client);
            Assert.True(host.Services.GetRequiredService<S3Connection>().IsPlain);
            host.Services.GetRequiredService<S3Connection>().Dispose();
            await host.StopAsync(Token);
        }

        Assert.IsNotType<ObjectDisposedException>(await Record.ExceptionAsync(() => lent.GetObjectAsync("files", "x", Token)));
    }

    [Fact]
    public void A_client_of_the_hosts_is_left_alone_where_a_service_is_set()
    {
        using var other = new AmazonS3Client("key", "secret", new AmazonS3Config { ServiceURL = "http://localhost:1" });
        using var host = Build([], services: services => services.AddSingleton<IAmazonS3>(other));

        Assert.NotSame(other, host.Services.GetRequiredService<S3Connection>().Client);
    }

    private static IHost Build(Dictionary<string, string?> settings, Action<HelpDeskBuilder>? more = null, Action<IServiceCollection>? services = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["HelpDesk:S3:ServiceUrl"] = "https://s3.example.com",
            ["HelpDesk:S3:BucketName"] = "files",
            ["HelpDesk:S3:AccessKey"] = "key",
            ["HelpDesk:S3:SecretKey"] = "secret-42",
            ["HelpDesk:Outbox:RunsInBackground"] = "false",
            ["HelpDesk:Assignment:RunsInBackground"] = "false",
            ["HelpDesk:Attachments:RunsInBackground"] = "false",
        });
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(one => $"HelpDesk:S3:{one.Key}", one => one.Value));
        builder.Services.AddSingleton<DeskUsers>();
        builder.Services.AddDbContext<DeskContext>(options => options.UseSqlite("Data Source=:memory:"));
        services?.Invoke(builder.Services);
        var helpDesk = builder.Services.AddHelpDesk(builder.Configuration.GetSection("HelpDesk")).UseDbContext<DeskContext>().UseUserDirectory<InMemoryDirectory>();
        (more ?? (target => target.UseS3Attachments()))(helpDesk);
        return builder.Build();
    }
}
