using System.Text;
using HelpDesk.Events;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace HelpDesk.Notifications.Smtp;

/// <summary>The process's connections to the mail server: few, used again, and closed when there has been nothing to send for a while.</summary>
internal sealed class SmtpConnections(IOptions<SmtpOptions> options, TimeProvider clock) : IDisposable, IAsyncDisposable
{
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(2);

    private readonly SmtpOptions options = options.Value;
    private readonly SemaphoreSlim slots = new(options.Value.MostConnections);
    private readonly Lock gate = new();
    private readonly List<Connection> idle = [];
    private ITimer? timer;
    private bool isDisposed;

    /// <summary>What a new connection gets before it connects. For tests, whose server has a certificate of their own.</summary>
    internal Action<SmtpClient>? Prepare { get; init; }

    /// <summary>Sends a mail with one From and one To, which are the envelope too.</summary>
    /// <exception cref="SmtpCommandException">The server refused it.</exception>
    /// <exception cref="PermanentFailureException">The server does not know how to send to such an address.</exception>
    /// <exception cref="TimeoutException">It took longer than <see cref="SmtpOptions.Timeout"/>.</exception>
    public async Task SendAsync(MimeMessage mail, CancellationToken cancellationToken)
    {
        await slots.WaitAsync(cancellationToken);
        try
        {
            using var patience = new CancellationTokenSource(options.Timeout, clock);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
            try
            {
                await SendOverAnyAsync(mail, both.Token);
            }
            catch (Exception exception) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested && exception is OperationCanceledException or IOException)
            {
                throw new TimeoutException($"The mail server took longer than {options.Timeout.TotalSeconds:0} s.", exception);
            }
        }
        finally
        {
            slots.Release();
        }
    }

    public void Dispose()
    {
        foreach (var connection in TakeAll())
            connection.Dispose();
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(TakeAll().Select(CloseAsync));

    /// <summary>How a connection becomes a safe one.</summary>
    internal static SecureSocketOptions Security(SmtpOptions options) => options switch
    {
        { EffectivePort: 465 } => SecureSocketOptions.SslOnConnect,
        { HasUser: true } => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.StartTlsWhenAvailable,
    };

    private async Task SendOverAnyAsync(MimeMessage mail, CancellationToken cancellationToken)
    {
        // A domain can be written in ASCII, and is; what is before the @ cannot.
        var isAscii = Ascii.IsValid(mail.To.Mailboxes.Single().LocalPart);
        if (isAscii && TakeIdle() is { } known)
        {
            try
            {
                await SendOverAsync(known, mail, cancellationToken);
                return;
            }
            catch (Exception exception) when (!known.MayHaveSent && IsGone(exception))
            {
                // The server had closed it meanwhile, and nothing of the mail has left: a fresh one may do.
            }
        }

        await SendOverAsync(await ConnectAsync(isAscii, cancellationToken), mail, cancellationToken);
    }

    private async Task SendOverAsync(Connection connection, MimeMessage mail, CancellationToken cancellationToken)
    {
        var isKept = false;
        try
        {
            var (from, to) = (mail.From.Mailboxes.Single(), mail.To.Mailboxes.Single());
            var format = FormatOptions.Default.Clone();
            format.International = !connection.IsAscii;
            if (format.International && !connection.Capabilities.HasFlag(SmtpCapabilities.UTF8))
                throw new PermanentFailureException("The address has letters before the @ that the mail server cannot send to: it does not know SMTPUTF8.");

            connection.MayHaveSent = false;
            await connection.SendAsync(format, mail, from, [to], cancellationToken);
            isKept = true;
        }
        catch (SmtpCommandException exception) when (!IsGone(exception))
        {
            isKept = connection.IsConnected;
            throw;
        }
        finally
        {
            if (isKept && connection.IsAscii)
                Keep(connection);
            else
                connection.Dispose();
        }
    }

    private async Task<Connection> ConnectAsync(bool isAscii, CancellationToken cancellationToken)
    {
        var connection = new Connection { IsAscii = isAscii };
        try
        {
            Prepare?.Invoke(connection);
            await connection.ConnectAsync(options.Host!, options.EffectivePort, Security(options), cancellationToken);
            if (options.HasUser)
                await connection.AuthenticateAsync(options.UserName!, options.Password!, cancellationToken);
            // MailKit would else write other letters in domains as they are, which the next server on the way may not understand.
            if (isAscii)
                connection.Capabilities &= ~SmtpCapabilities.UTF8;
            return connection;
        }
        catch (NotSupportedException exception) when (!connection.IsEncrypted)
        {
            connection.Dispose();
            throw new InvalidOperationException(
                "The mail server offers no STARTTLS, and the password of HelpDesk:Smtp:UserName is not sent without TLS. Use a port where it offers TLS, as 587 or 465.", exception);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static bool IsGone(Exception exception) =>
        exception is IOException or ProtocolException or ServiceNotConnectedException or SmtpCommandException { StatusCode: SmtpStatusCode.ServiceNotAvailable };

    private Connection? TakeIdle()
    {
        lock (gate)
        {
            if (idle.Count == 0)
                return null;
            // The one that was used last: the others can then become old and be closed.
            var connection = idle[^1];
            idle.RemoveAt(idle.Count - 1);
            return connection;
        }
    }

    private void Keep(Connection connection)
    {
        lock (gate)
        {
            if (!isDisposed)
            {
                connection.IdleSince = clock.GetTimestamp();
                idle.Add(connection);
                timer ??= clock.CreateTimer(_ => CloseOld(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                if (idle.Count == 1)
                    timer.Change(IdleTime, Timeout.InfiniteTimeSpan);
                return;
            }
        }

        connection.Dispose();
    }

    private void CloseOld()
    {
        List<Connection> old;
        lock (gate)
        {
            old = idle.FindAll(connection => clock.GetElapsedTime(connection.IdleSince) >= IdleTime);
            idle.RemoveAll(old.Contains);
            if (idle.Count > 0 && !isDisposed)
                timer!.Change(IdleTime - clock.GetElapsedTime(idle.Min(connection => connection.IdleSince)), Timeout.InfiniteTimeSpan);
        }

        foreach (var connection in old)
            _ = CloseAsync(connection);
    }

    private List<Connection> TakeAll()
    {
        lock (gate)
        {
            isDisposed = true;
            timer?.Dispose();
            var all = idle.ToList();
            idle.Clear();
            return all;
        }
    }

    private async Task CloseAsync(Connection connection)
    {
        using (connection)
        using (var patience = new CancellationTokenSource(Goodbye, clock))
        {
            try
            {
                await connection.DisconnectAsync(quit: true, patience.Token);
            }
            catch (Exception exception) when (exception is IOException or ProtocolException or CommandException or OperationCanceledException)
            {
                // It is closed either way.
            }
        }
    }

    private sealed class Connection : SmtpClient
    {
        /// <summary>Whether it is for addresses in ASCII. One for others is used once: they are rare.</summary>
        public bool IsAscii { get; init; }

        /// <summary>Whether the server took the recipient: what follows is the mail itself.</summary>
        public bool MayHaveSent { get; set; }

        public long IdleSince { get; set; }

        protected override void OnRecipientAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response)
        {
            MayHaveSent = true;
            base.OnRecipientAccepted(message, mailbox, response);
        }
    }
}
