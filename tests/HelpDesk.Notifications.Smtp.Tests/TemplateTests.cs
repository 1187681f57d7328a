using Microsoft.Extensions.Options;

namespace HelpDesk.Notifications.Smtp;

public sealed class TemplateTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("helpdesk-templates-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_file_of_the_same_name_replaces_a_shipped_one_and_no_other()
    {
        Write("AgentReplied.en.liquid", "About {{ ticket.number }}: {{ ticket.subject | upcase }}\n\nAhoy.\n\nLook & see.\n");
        await using var post = Post.To(configure: options => options.TemplateFolder = folder);
        using var mail = await post.Composer.ComposeAsync(Post.Of(NotificationKind.AgentReplied));
        using var german = await post.Composer.ComposeAsync(Post.Of(NotificationKind.AgentReplied, "de"));
        using var other = await post.Composer.ComposeAsync(Post.Of(NotificationKind.Received));

        Assert.Equal("About TKT-2026-000042: THE PRINTER BURNS", mail.Subject);
        Assert.Contains("Hello Alice,\n\nAhoy.\n\nLook & see.\n\nAnn wrote:", Post.Text(mail), StringComparison.Ordinal);
        Assert.Contains("<p style=\"margin:0 0 16px\">Look &amp; see.</p>", Post.Html(mail), StringComparison.Ordinal);
        Assert.Contains("gibt es eine Antwort", Post.Text(german), StringComparison.Ordinal);
        Assert.Contains("We have received your request", Post.Text(other), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_of_a_new_language_add_it()
    {
        Write("AgentReplied.fr.liquid", "[{{ ticket.number }}] {{ ticket.subject }}\n\nVous avez reçu une réponse.\n");
        Write("Layout.fr.text.liquid", "Bonjour,\n\n{% for paragraph in sentences %}{{ paragraph }}\n{% endfor %}{{ message.author }} : {{ message.body }}\n");
        Write("Layout.fr.html.liquid", "<p>{{ sentences.first }}</p><p>{{ message.author }}</p>\n");
        await using var post = Post.To(configure: options => options.TemplateFolder = folder);
        using var mail = await post.Composer.ComposeAsync(Post.Of(NotificationKind.AgentReplied, "fr-CA"));
        using var other = await post.Composer.ComposeAsync(Post.Of(NotificationKind.Received, "fr-CA"));

        Assert.StartsWith("Bonjour,\n\nVous avez reçu une réponse.\nAnn : Please try water.", Post.Text(mail), StringComparison.Ordinal);
        Assert.StartsWith("<p>Vous avez reçu une réponse.</p>", Post.Html(mail), StringComparison.Ordinal);
        Assert.StartsWith("Hello Alice", Post.Text(other), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("de", "en", "Guten Tag")]
    [InlineData("DE", "en", "Guten Tag")]
    [InlineData("de-AT", "en", "Guten Tag")]
    [InlineData("fr", "de", "Guten Tag")]
    [InlineData("fr", "de-CH", "Guten Tag")]
    [InlineData("fr", "fr", "Hello")]
    [InlineData("", "de", "Guten Tag")]
    [InlineData("../../etc", "en", "Hello")]
    public async Task The_language_is_the_wanted_one_or_the_default_one_or_english(string wanted, string byDefault, string hello)
    {
        await using var post = Post.To(helpDesk: options => options.Notifications.Language = byDefault);
        using var mail = await post.Composer.ComposeAsync(Post.Of(NotificationKind.Received, wanted));

        Assert.StartsWith(hello, Post.Text(mail), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AgentReplied.en.liquid", "Hello\n\n{{ ticket.number\nmore", "AgentReplied.en.liquid: .*\\(\\d+:\\d+\\)")]
    [InlineData("AgentReplied.en.liquid", "Hello\n\n{% if link %}never ends", "AgentReplied.en.liquid: .*\\(\\d+:\\d+\\)")]
    [InlineData("AgentReplied.en.liquid", "Hello\n\n\n{{ ticket.numbr }}", "AgentReplied.en.liquid: line 4: there is no variable 'ticket.numbr'.")]
    [InlineData("AgentReplied.en.liquid", "{{ tickets }}", "AgentReplied.en.liquid: line 1: there is no variable 'tickets'.")]
    [InlineData("AgentReplied.en.liquid", "{% if ticket.owner == nil %}a{% endif %}", "there is no variable 'ticket.owner'.")]
    [InlineData("AgentReplied.en.liquid", "{% for line in message.rows %}{{ line }}{% endfor %}", "there is no variable 'message.rows'.")]
    [InlineData("AgentReplied.en.liquid", "{% case ticket.state %}{% when 'open' %}a{% endcase %}", "there is no variable 'ticket.state'.")]
    [InlineData("AgentReplied.en.liquid", "a\n{{ ticket.subject | shout }}", "line 2: there is no filter 'shout'.")]
    [InlineData("AgentReplied.en.liquid", "a\n{% include 'other' %}", "line 2: templates cannot use other files, so there is no tag 'include'.")]
    [InlineData("AgentReplyed.en.liquid", "Hello", "AgentReplyed.en.liquid: no template has such a name.")]
    [InlineData("Layout.en.liquid", "Hello", "Layout.en.liquid: no template has such a name.")]
    [InlineData("AgentReplied.fr.liquid", "Bonjour", "AgentReplied.fr.liquid: it needs Layout.fr.text.liquid too, which is not there.")]
    public async Task A_wrong_file_is_an_error_at_the_start_that_says_where(string name, string text, string pattern)
    {
        Write(name, text);
        await using var post = Post.To(configure: options => options.TemplateFolder = folder);

        var failure = Assert.Throws<OptionsValidationException>(() => post.Composer);
        Assert.Matches(pattern, failure.Message);
    }

    [Fact]
    public async Task A_template_may_name_what_it_makes_itself()
    {
        Write(
            "AgentReplied.en.liquid",
            "{% assign name = recipient.name | downcase %}{{ name }}\n\n{% capture all %}{% for target in targets %}{{ forloop.index }}{{ target.kind }}{% endfor %}{% endcapture %}{{ all | default: 'none' }} of {{ targets.size }} at {{ 'now' | date: '%Y-%m-%d %H:%M' }}");
        await using var post = Post.To(configure: options => options.TemplateFolder = folder);
        using var mail = await post.Composer.ComposeAsync(Post.Of(NotificationKind.AgentReplied));

        Assert.Equal("alice", mail.Subject);
        Assert.Contains("none of 0 at 2026-03-02 09:00", Post.Text(mail), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_an_error_at_the_start()
    {
        await using var post = Post.To(configure: options => options.TemplateFolder = Path.Combine(folder, "missing"));

        Assert.Contains("HelpDesk:Smtp:TemplateFolder", Assert.Throws<OptionsValidationException>(() => post.Composer).Message, StringComparison.Ordinal);
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(folder, name), text);
}
