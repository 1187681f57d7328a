using System.Data.Common;
using System.Net;
using System.Net.Sockets;
using HelpDesk.Tickets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace HelpDesk.Inbound.Mailgun;

public sealed class AnswerTests
{
    public static TheoryData<Type> Outages { get; } = [typeof(StorageUnavailableException), typeof(DbException), typeof(DbUpdateException), typeof(TimeoutException), typeof(SocketException)];

    [Theory]
    [MemberData(nameof(Outages))]
    public async Task What_cannot_be_stored_now_is_to_be_delivered_again(Type outage)
    {
        await using var webhook = await Webhook.StartAsync();
        webhook.Processor.Failure = new InvalidOperationException("Around it.", Outage(outage));
        var form = SignedForm.Mail().Sign(Webhook.Start);

        foreach (var (content, route) in new[] { (form.UrlEncoded(), ""), (SignedForm.RawMail([1]).Sign(Webhook.Start).Multipart(), "/mime") })
        {
            using var response = await webhook.Client.PostAsync(new Uri("/hooks/mailgun" + route, UriKind.Relative), content, Webhook.Token);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.Equal(60, response.Headers.RetryAfter?.Delta?.TotalSeconds);
        }

        Assert.All(webhook.Logs.Ours, line => Assert.Equal((5002, LogLevel.Error), (line.Id, line.Level)));
        // After a failure the same token counts.
        webhook.Processor.Failure = null;
        Assert.Equal("Accepted.\n", await webhook.ExpectAsync(HttpStatusCode.OK, form.UrlEncoded()));
    }

    [Fact]
    public async Task What_is_too_large_for_the_processor_is_refused_for_good()
    {
        await using var webhook = await Webhook.StartAsync();
        webhook.Processor.Failure = new TooLargeException("The mail is too large.");

        Assert.Equal("The mail is too large.\n", await webhook.ExpectAsync(HttpStatusCode.NotAcceptable, SignedForm.Mail().Sign(Webhook.Start).UrlEncoded()));
    }

    [Fact]
    public async Task An_error_of_ours_is_in_the_log_and_mailgun_comes_again()
    {
        await using var webhook = await Webhook.StartAsync();
        webhook.Processor.Failure = new InvalidCastException();

        using var response = await webhook.Client.PostAsync(new Uri("/hooks/mailgun", UriKind.Relative), SignedForm.Mail().Sign(Webhook.Start).UrlEncoded(), Webhook.Token);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains(webhook.Logs.Ours, line => line.Id == 5002);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json")]
    [InlineData("multipart/form-data")]
    public async Task Another_type_is_refused_for_good(string type)
    {
        await using var webhook = await Webhook.StartAsync();

        foreach (var route in new[] { "", "/mime" })
            await webhook.ExpectAsync(HttpStatusCode.NotAcceptable, SignedForm.Content([1], type), route);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_breaks_off_is_no_error(bool isWhileStoring)
    {
        await using var webhook = await Webhook.StartAsync(onKestrel: true);
        var (isBegun, isOver) = (new TaskCompletionSource(), new TaskCompletionSource());
        webhook.Processor.Before = async cancellationToken =>
        {
            isBegun.SetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            finally
            {
                isOver.SetResult();
            }
        };
        var body = FormBytes.UrlEncode(SignedForm.Mail().Sign(Webhook.Start).Fields);
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(webhook.Client.BaseAddress!.Host, webhook.Client.BaseAddress.Port, Webhook.Token);
            var stream = client.GetStream();
            await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"POST /hooks/mailgun HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {body.Length}\r\n\r\n"), Webhook.Token);
            await stream.WriteAsync(body.AsMemory(0, isWhileStoring ? body.Length : 100), Webhook.Token);
            if (isWhileStoring)
                await isBegun.Task.WaitAsync(TimeSpan.FromMinutes(2), Webhook.Token);
        }

        if (isWhileStoring)
            await isOver.Task.WaitAsync(TimeSpan.FromMinutes(2), Webhook.Token);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!webhook.Logs.Ours.Any(line => line.Id == 5005))
            await Task.Delay(10, patience.Token);
        Assert.Equal(LogLevel.Debug, Assert.Single(webhook.Logs.Ours).Level);
        Assert.DoesNotContain(webhook.Logs.All, line => line.Level >= LogLevel.Warning);
        Assert.Empty(webhook.Processor.Received);
    }

    private static Exception Outage(Type type) => type == typeof(DbException) ? new SqliteException("locked", 5)
        : type == typeof(StorageUnavailableException) ? new StorageUnavailableException(new IOException())
        : (Exception)Activator.CreateInstance(type)!;
}
