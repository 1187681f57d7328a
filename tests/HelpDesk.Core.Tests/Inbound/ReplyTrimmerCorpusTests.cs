using System.Diagnostics;
using HelpDesk.Inbound;
using HelpDesk.Specification.Infrastructure;

namespace HelpDesk.Core.Inbound;

public sealed class ReplyTrimmerCorpusTests
{
    [Fact]
    public void At_least_nine_of_ten_labelled_replies_are_trimmed_exactly()
    {
        var folder = Path.Combine(MailCorpus.Require(), "replies");
        var names = Directory.GetFiles(folder, "*.visible.txt").Select(path => Path.GetFileName(path).Replace(".visible.txt", "", StringComparison.Ordinal)).Order().ToList();
        var failures = names.Where(name => Normalize(ReplyTrimmer.Trim(Read(folder, $"{name}.txt")).Visible) != Normalize(Read(folder, $"{name}.visible.txt"))).ToList();

        Assert.NotEmpty(names);
        var report = $"{names.Count - failures.Count} of {names.Count} replies are exact, these are not: {string.Join(", ", failures)}";
        TestContext.Current.SendDiagnosticMessage(report);
        Assert.True(failures.Count * 10 <= names.Count, report);
    }

    [Fact]
    public void Every_mail_of_the_corpus_is_put_together_from_its_pieces_and_never_vanishes()
    {
        var failures = new List<string>();
        foreach (var path in Directory.GetFiles(MailCorpus.Require(), "*", SearchOption.AllDirectories))
        {
            var text = File.ReadAllText(path);
            foreach (var variant in new[] { text, text.ReplaceLineEndings("\r\n"), text.ReplaceLineEndings("\r") })
            {
                var trimmed = ReplyTrimmer.Trim(variant);
                if (string.Concat(trimmed.Segments.Select(segment => segment.Text)) != variant || string.IsNullOrWhiteSpace(trimmed.Visible) != string.IsNullOrWhiteSpace(variant))
                    failures.Add(path);
            }
        }

        Assert.True(failures.Count == 0, string.Join(", ", failures));
    }

    [Theory]
    [InlineData("correct_sig", "this is an email with a correct -- signature.")]
    [InlineData("email_1_4", "Awesome! I haven't had another problem with it.")]
    [InlineData("email_1_6", "I get proper rendering as well.")]
    [InlineData("email_1_7", ":+1:")]
    [InlineData("email_2_1", "Outlook with a reply")]
    [InlineData("email_2_2", "Outlook with a reply directly above line")]
    [InlineData("email_2_3", "Outlook with a reply directly above line")]
    [InlineData("email_BlackBerry", "Here is another email")]
    [InlineData("email_iPhone", "Here is another email")]
    [InlineData("email_multi_word_sent_from_my_mobile_device", "Here is another email")]
    [InlineData("email_sent_from_my_not_signature", "Here is another email\n\nSent from my desk, is much easier then my mobile phone.")]
    [InlineData("email_one_is_not_on", "Thank, this is really helpful.\n\nOne outstanding question I had:\n\nLocally (on development), when I run...")]
    [InlineData("pathological", "I think you're onto something. I will try to fix the problem as soon as I\nget back to a computer.")]
    public void An_unlabelled_mail_shows(string name, string visible) => Assert.Equal(visible, Normalize(TrimUnlabelled(name).Visible));

    [Theory]
    [InlineData("email_1_5")]
    [InlineData("email_sig_delimiter_in_middle_of_line")]
    public void An_unlabelled_mail_without_marks_is_shown_as_it_is(string name) => Assert.False(TrimUnlabelled(name).IsTrimmed);

    [Theory]
    [InlineData("email_1_1", "I am currently using the Java HTTP API.", "riak-users mailing list")]
    [InlineData("email_1_2", "would do it.", "riak-users mailing list\nriak-users@lists.basho.com\nhttp://lists.basho.com/mailman/listinfo/riak-users_lists.basho.com\n\n\n\n\n___")]
    [InlineData("email_1_3", "Having the function would be great.", "Russell Brown wrote:")]
    [InlineData("email_1_8", "and under this.", "Hey there, this is my signature\n>")]
    [InlineData("email_bullets", "   - how about bullets\n   - and another", "Joe Smith")]
    [InlineData("email_long_quote", "I am currently using the Java HTTP API.", "riak-users mailing list")]
    [InlineData("greedy_on", "On your remote host you can run:\n\n     telnet 127.0.0.1 52698", "George Plymale wrote:")]
    public void An_unlabelled_mail_shows_and_hides(string name, string shown, string hidden)
    {
        var visible = Normalize(TrimUnlabelled(name).Visible);
        Assert.Contains(shown, visible, StringComparison.Ordinal);
        Assert.DoesNotContain(hidden, visible, StringComparison.Ordinal);
    }

    private static TrimmedReply TrimUnlabelled(string name) => ReplyTrimmer.Trim(Read(Path.Combine(MailCorpus.Require(), "replies-unlabelled"), $"{name}.txt"));

    [Fact]
    public void A_mail_that_is_slow_elsewhere_takes_time_in_proportion_to_its_length()
    {
        var text = Read(Path.Combine(MailCorpus.Require(), "replies-unlabelled"), "pathological.txt");
        ReplyTrimmer.Trim(text);
        var repeated = string.Concat(Enumerable.Repeat(text, 100));
        // The shortest of three: other tests run beside it.
        var shortest = Enumerable.Range(0, 3).Min(_ =>
        {
            var watch = Stopwatch.StartNew();
            ReplyTrimmer.Trim(repeated);
            return watch.Elapsed;
        });
        Assert.True(shortest < TimeSpan.FromSeconds(2), $"It took {shortest}.");
    }

    private static string Read(string folder, string name) => File.ReadAllText(Path.Combine(folder, name));

    private static string Normalize(string text) => text.ReplaceLineEndings("\n").Trim();
}
