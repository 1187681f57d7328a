using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.S3;
using HelpDesk.AspNetCore.Tests.Infrastructure;
using HelpDesk.Specification.Infrastructure;

namespace HelpDesk.AspNetCore.Tests.Attachments;

/// <summary>The sample host in a process of its own, whose memory is watched while a large file goes through it in both directions.</summary>
public sealed class LargeFileTests(ITestOutputHelper output)
{
    private const int MiB = 1024 * 1024;
    private const int Size = 200 * MiB;
    private const long MostGrowth = 32 * MiB;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("folder")]
    [InlineData("S3")]
    public async Task Two_hundred_megabytes_cost_less_than_thirty_two_of_memory(string store)
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("The peak of a process's memory is read from /proc.");
        var folder = Directory.CreateTempSubdirectory("helpdesk-large-");
        try
        {
            await using var host = await SampleProcess.StartAsync(await SettingsAsync(store, folder.FullName), Token);
            using var client = await SignInAsync(host.Address);
            await SendAndFetchAsync(client, MiB);

            var before = host.ResetPeak();
            await SendAndFetchAsync(client, Size);
            var growth = host.Peak() - before;

            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{store}: {before / MiB} MiB before, {growth / (double)MiB:0.0} MiB more at the peak."));
            Assert.InRange(growth, long.MinValue, MostGrowth - 1);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<Dictionary<string, string>> SettingsAsync(string store, string folder)
    {
        var settings = new Dictionary<string, string>
        {
            ["ConnectionStrings:HelpDesk"] = $"Data Source={Path.Combine(folder, "large.db")}",
            ["HelpDesk:Limits:AttachmentSize"] = $"{Size}",
            ["HelpDesk:Attachments:Path"] = Path.Combine(folder, "files"),
        };
        if (store == "folder")
            return settings;

        var server = await S3Server.GetAsync(Token);
        var bucket = S3Server.NewBucketName();
        var config = new AmazonS3Config { ServiceURL = server.Endpoint, ForcePathStyle = true, AuthenticationRegion = "us-east-1", RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED };
        using (var s3 = new AmazonS3Client(server.AccessKey, server.SecretKey, config))
            await s3.PutBucketAsync(bucket, Token);
        settings["HelpDesk:S3:ServiceUrl"] = server.Endpoint;
        settings["HelpDesk:S3:BucketName"] = bucket;
        settings["HelpDesk:S3:AccessKey"] = server.AccessKey;
        settings["HelpDesk:S3:SecretKey"] = server.SecretKey;
        return settings;
    }

    private static async Task<HttpClient> SignInAsync(Uri address)
    {
        var client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(5) };
        using var response = await client.PostAsJsonAsync("/identity/login", new { email = Users.Email(Users.Alice), password = Users.Password }, Token);
        response.EnsureSuccessStatusCode();
        var token = (await response.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("accessToken").GetString();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private static async Task SendAndFetchAsync(HttpClient client, int size)
    {
        using var form = new MultipartFormDataContent
        {
            { new PatternContent(size), "attachments", "large.bin" },
            { new StringContent("Large"), "subject" },
            { new StringContent("See the file."), "body" },
        };
        using var opened = await client.PostAsync("/helpdesk/tickets", form, Token);
        var text = await opened.Content.ReadAsStringAsync(Token);
        Assert.True(opened.StatusCode == HttpStatusCode.Created, text);
        var file = JsonElement.Parse(text).GetProperty("messages")[0].GetProperty("attachments")[0];
        Assert.Equal(size, file.GetProperty("size").GetInt64());

        await using var bytes = await client.GetStreamAsync(file.GetProperty("url").GetString(), Token);
        using var expected = new MemoryStream();
        Assert.Equal(PatternContent.Hash(size), Convert.ToHexString(await SHA256.HashDataAsync(bytes, Token)));
    }

    /// <summary>Bytes that are made while they are sent.</summary>
    private sealed class PatternContent(int size) : HttpContent
    {
        public static string Hash(int size)
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var piece in Pieces(size))
                hash.AppendData(piece.Span);
            return Convert.ToHexString(hash.GetHashAndReset());
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            foreach (var piece in Pieces(size))
                await stream.WriteAsync(piece);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = size;
            return true;
        }

        private static IEnumerable<ReadOnlyMemory<byte>> Pieces(int size)
        {
            var bytes = new byte[64 * 1024];
            new Random(size).NextBytes(bytes);
            for (var sent = 0; sent < size; sent += bytes.Length)
            {
                bytes[0]++;
                yield return bytes.AsMemory(0, Math.Min(bytes.Length, size - sent));
            }
        }
    }
}
