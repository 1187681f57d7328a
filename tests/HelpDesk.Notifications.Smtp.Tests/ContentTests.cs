using HelpDesk.Specification.Infrastructure;

namespace HelpDesk.Notifications.Smtp;

public sealed class ContentTests
{
    public static TheoryData<NotificationKind, string> KindsAndLanguages
    {
        get
        {
            var all = new TheoryData<NotificationKind, string>();
            foreach (var kind in Enum.GetValues<NotificationKind>())
            {
                all.Add(kind, "en");
                all.Add(kind, "de");
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(KindsAndLanguages))]
    public async Task Every_kind_reads_well_in_every_language(NotificationKind kind, string language)
    {
        await using var post = Post.To(configure: options => options.ReplyDomain = "reply.example.com");
        using var mail = await post.Composer.ComposeAsync(Post.Of(kind, language));

        Snapshot.Match($"Subject: {mail.Subject}\n\n{Post.Text(mail)}", $"Snapshots/{kind}.{language}", "txt");
    }

    [Theory]
    [InlineData(NotificationKind.AgentReplied, "en")]
    [InlineData(NotificationKind.NoteAdded, "de")]
    [InlineData(NotificationKind.Escalated, "en")]
    [InlineData(NotificationKind.Warned, "de")]
    public async Task The_page_says_what_the_text_says(NotificationKind kind, string language)
    {
        await using var post = Post.To(configure: options => options.ReplyDomain = "reply.example.com");
        using var mail = await post.Composer.ComposeAsync(Post.Of(kind, language));

        Snapshot.Match(Post.Html(mail), $"Snapshots/{kind}.{language}", "html");
    }

    [Theory]
    [MemberData(nameof(KindsAndLanguages))]
    public async Task Nothing_that_people_write_becomes_markup(NotificationKind kind, string language)
    {
        const string evil = "<script>alert('1')</script>\"><img src=x onerror=y>{{ ticket.number }}&amp;";
        var notification = Post.Of(kind, language);
        await using var post = Post.To();
        using var mail = await post.Composer.ComposeAsync(notification with
        {
            Recipient = notification.Recipient with { Name = evil },
            Ticket = notification.Ticket with { Subject = evil, Category = evil, RequesterName = evil, AssigneeName = evil },
            Message = new NotifiedMessage { AuthorName = evil, Body = $"before\n{evil}\nafter", IsPrivate = false, Files = [evil], CreatedAt = Post.Now },
            Link = new Uri("https://example.com/support/t/\"><script>"),
        });

        Assert.DoesNotContain("<script", Post.Html(mail), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", Post.Html(mail), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;alert(&#x27;1&#x27;)&lt;/script&gt;", Post.Html(mail), StringComparison.Ordinal);
        Assert.Contains("{{ ticket.number }}&amp;amp;", Post.Html(mail), StringComparison.Ordinal);
        Assert.Contains(evil, Post.Text(mail), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_address_of_the_portal_there_is_no_link()
    {
        await using var post = Post.To();
        using var mail = await post.Composer.ComposeAsync(Post.Of(NotificationKind.AgentReplied) with { Link = null });

        Assert.DoesNotContain("http", Post.Text(mail), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("http", Post.Html(mail), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<a ", Post.Html(mail), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Open the ticket", Post.Text(mail), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_only_link_is_that_of_the_notification()
    {
        var notification = Post.Of(NotificationKind.AgentReplied);
        await using var post = Post.To();
        using var mail = await post.Composer.ComposeAsync(notification with { Message = notification.Message! with { Body = "See https://evil.example/ or www.evil.example" } });

        Assert.Equal(2, Post.Html(mail).Split("href=").Length);
        Assert.Contains("href=\"https://example.com/support/t/TKT-2026-000042\"", Post.Html(mail), StringComparison.Ordinal);
        Assert.Contains("Open the ticket: https://example.com/support/t/TKT-2026-000042", Post.Text(mail), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_agents_see_the_facts()
    {
        await using var post = Post.To();
        using var toRequester = await post.Composer.ComposeAsync(Post.Of(NotificationKind.AgentReplied));
        using var toAgent = await post.Composer.ComposeAsync(Post.Of(NotificationKind.Assigned));

        Assert.DoesNotContain("Priority", Post.Text(toRequester) + Post.Html(toRequester), StringComparison.Ordinal);
        Assert.Contains("Priority: high\nCategory: Hardware\nRequester: Alice", Post.Text(toAgent), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_missing_leaves_no_gap()
    {
        var notification = Post.Of(NotificationKind.RequesterReplied);
        await using var post = Post.To(configure: options => options.From = "support@example.com");
        using var mail = await post.Composer.ComposeAsync(notification with
        {
            Recipient = notification.Recipient with { Name = "" },
            Ticket = notification.Ticket with { Category = null },
            Message = notification.Message! with { AuthorName = "" },
            Link = null,
        });

        Snapshot.Match(Post.Text(mail), "Snapshots/Missing.en", "txt");
    }
}
