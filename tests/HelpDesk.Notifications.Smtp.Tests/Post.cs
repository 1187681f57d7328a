using System.Text;
using HelpDesk.Sla;
using HelpDesk.Specification.Infrastructure;
using HelpDesk.Tickets;
using MailKit.Net.Smtp;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using MimeKit;

namespace HelpDesk.Notifications.Smtp;

/// <summary>The mail sender of a host, as dependency injection makes it, and the notifications that it is given.</summary>
internal sealed class Post : IAsyncDisposable
{
    public const string Token = "abcdefghijklmnopqrstuvwxyz";

    private readonly ServiceProvider services;

    private Post(ServiceProvider services) => this.services = services;

    public static DateTimeOffset Now { get; } = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public FakeTimeProvider Clock => services.GetRequiredService<FakeTimeProvider>();

    public MailComposer Composer => services.GetRequiredService<MailComposer>();

    public SmtpConnections Connections => services.GetRequiredService<SmtpConnections>();

    public static Post To(MailServer server, Action<SmtpOptions>? configure = null, Action<SmtpClient>? prepare = null) => To(server.Port, configure, prepare);

    public static Post To(int port = 25, Action<SmtpOptions>? configure = null, Action<SmtpClient>? prepare = null, Action<HelpDeskOptions>? helpDesk = null)
    {
        var clock = new FakeTimeProvider(Now);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(clock);
        services.AddSingleton<TimeProvider>(clock);
        services.AddSingleton(provider => new SmtpConnections(provider.GetRequiredService<IOptions<SmtpOptions>>(), clock) { Prepare = prepare });
        services.AddHelpDesk(helpDesk).AddSmtpNotifications(options =>
        {
            options.Host = "127.0.0.1";
            options.Port = port;
            options.From = "Support <support@example.com>";
            configure?.Invoke(options);
        });
        return new Post(services.BuildServiceProvider());
    }

    public async Task SendAsync(Notification notification, CancellationToken? cancellationToken = null)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<SmtpSender>().SendAsync(notification, cancellationToken ?? TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();

    public static MimeMessage Parse(byte[] raw) => MimeMessage.Load(new MemoryStream(raw));

    public static string Text(MimeMessage mail) => mail.TextBody ?? "";

    public static string Html(MimeMessage mail) => mail.HtmlBody ?? "";

    /// <summary>The names of all headers of a mail that was parsed; the last two belong to its body.</summary>
    public static IEnumerable<string> HeadersOf(MimeMessage mail) => mail.Headers.Concat(mail.Body!.Headers).Select(header => header.Field).Order(StringComparer.Ordinal);

    public static byte[] Bytes(MimeMessage mail)
    {
        using var stream = new MemoryStream();
        var format = FormatOptions.Default.Clone();
        format.International = mail.To.Mailboxes.Any(mailbox => !Ascii.IsValid(mailbox.LocalPart));
        format.NewLineFormat = NewLineFormat.Dos;
        mail.WriteTo(format, stream);
        return stream.ToArray();
    }

    /// <summary>An ordinary notification of a kind.</summary>
    public static Notification Of(NotificationKind kind, string language = "en")
    {
        var isAgent = kind is not (NotificationKind.Received or NotificationKind.AgentReplied or NotificationKind.Resolved);
        return new Notification
        {
            Id = Guid.Parse("0d4c0d4c-0000-0000-0000-000000000001"),
            Kind = kind,
            Recipient = new NotificationRecipient
            {
                UserId = isAgent ? "ann" : "alice",
                Name = isAgent ? "Ann" : "Alice",
                Email = isAgent ? "ann@example.org" : "alice@example.org",
                IsAgent = isAgent,
                Language = language,
                ReplyToken = Token,
            },
            Ticket = new NotifiedTicket
            {
                Id = Guid.Parse("0d4c0d4c-0000-0000-0000-000000000002"),
                Number = "TKT-2026-000042",
                Subject = "The printer burns",
                Status = TicketStatus.Open,
                Priority = TicketPriority.High,
                Category = "Hardware",
                RequesterName = "Alice",
                AssigneeId = kind == NotificationKind.Opened ? null : "ann",
                AssigneeName = kind == NotificationKind.Opened ? null : "Ann",
            },
            Message = kind is NotificationKind.Assigned or NotificationKind.Warned or NotificationKind.Escalated
                ? null
                : new NotifiedMessage
                {
                    AuthorName = kind switch
                    {
                        NotificationKind.NoteAdded => "Ben",
                        NotificationKind.AgentReplied or NotificationKind.Resolved => "Ann",
                        _ => "Alice",
                    },
                    Body = "Please try water.\n\nDoes it help?",
                    IsPrivate = kind == NotificationKind.NoteAdded,
                    Files = kind switch
                    {
                        NotificationKind.AgentReplied => ["how-to.pdf"],
                        NotificationKind.NoteAdded => ["smoke.png", "fire & flames.png"],
                        _ => [],
                    },
                    CreatedAt = Now,
                },
            Targets = kind is NotificationKind.Warned or NotificationKind.Escalated
                ? [new NotifiedTarget { Kind = TargetKind.FirstResponse, DueAt = Now.AddMinutes(30) }, new NotifiedTarget { Kind = TargetKind.Resolution, DueAt = Now.AddHours(8) }]
                : [],
            Link = new Uri($"https://example.com/support/{(isAgent ? "agent/t" : "t")}/TKT-2026-000042"),
            IsAutomatic = kind is not (NotificationKind.AgentReplied or NotificationKind.Resolved),
            MessageId = "<1@example.com>",
        };
    }
}
