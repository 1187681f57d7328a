using System.Text;
using MimeKit;

namespace HelpDesk.Inbound;

/// <summary>Who is a machine, by the headers of real ones.</summary>
public sealed class MailClassifierTests
{
    [Theory]
    [InlineData("", "Human")]
    [InlineData("Auto-Submitted: no", "Human")]
    [InlineData("Auto-Submitted: NO (a person)", "Human")]
    [InlineData("Auto-Submitted:", "Human")]
    [InlineData("Auto-Submitted: auto-replied", "AutoReply")]
    [InlineData("Auto-Submitted: Auto-Replied; owner-email=\"a@example.com\"", "AutoReply")]
    [InlineData("Auto-Submitted: auto-generated", "AutoReply")]
    [InlineData("Auto-Submitted: auto-notified", "AutoReply")]
    [InlineData("Auto-Submitted: (comment) auto-replied", "AutoReply")]
    [InlineData("auto-submitted: auto-replied", "AutoReply")]
    [InlineData("Precedence: bulk", "AutoReply")]
    [InlineData("Precedence: junk", "AutoReply")]
    [InlineData("Precedence: auto_reply", "AutoReply")]
    [InlineData("Precedence: AUTO_REPLY", "AutoReply")]
    [InlineData("Precedence: list", "List")]
    [InlineData("Precedence: normal", "Human")]
    [InlineData("Precedence: first-class", "Human")]
    [InlineData("X-Autoreply: yes", "AutoReply")]
    [InlineData("X-Autoreply: no", "Human")]
    [InlineData("X-Autorespond: Re: your mail", "AutoReply")]
    [InlineData("X-Autoresponder: 1", "AutoReply")]
    [InlineData("X-AutoReply-From: a@example.com", "AutoReply")]
    [InlineData("X-Mail-Autoreply: true", "AutoReply")]
    [InlineData("X-POST-MessageClass: 9; Autoresponder", "AutoReply")]
    [InlineData("Delivered-To: Autoresponder", "AutoReply")]
    [InlineData("X-Auto-Response-Suppress: All", "Human")]
    [InlineData("X-Auto-Response-Suppress: OOF, AutoReply", "Human")]
    [InlineData("List-Id: News <news.example.com>", "List")]
    [InlineData("List-Unsubscribe: <mailto:off@example.com>", "List")]
    [InlineData("List-Post: NO", "List")]
    [InlineData("Feedback-ID: 1:2:3:mailer", "Human")]
    [InlineData("Precedence: bulk\r\nList-Id: <news.example.com>", "List")]
    [InlineData("Auto-Submitted: auto-generated\r\nList-Id: <news.example.com>", "AutoReply")]
    [InlineData("Return-Path: <>", "Bounce")]
    [InlineData("Return-Path: <>\r\nAuto-Submitted: auto-replied", "AutoReply")]
    [InlineData("Return-Path: <>\r\nX-Autoreply: yes", "AutoReply")]
    [InlineData("Return-Path: <a@example.com>", "Human")]
    [InlineData("From: MAILER-DAEMON@mx.example.com", "Bounce")]
    [InlineData("From: Postmaster@example.com", "Human")]
    [InlineData("X-Failed-Recipients: b@example.com", "Bounce")]
    [InlineData("Content-Type: multipart/report; report-type=delivery-status; boundary=b", "Bounce")]
    [InlineData("Content-Type: multipart/report; report-type=\"Delivery-Status\"; boundary=b", "Bounce")]
    [InlineData("Content-Type: multipart/report; report-type=feedback-report; boundary=b", "Bounce")]
    [InlineData("Content-Type: multipart/report; report-type=disposition-notification; boundary=b", "AutoReply")]
    [InlineData("Content-Type: multipart/report; boundary=b", "AutoReply")]
    [InlineData("Subject: Out of office", "Human")]
    [InlineData("Subject: Undeliverable", "Human")]
    [InlineData("X-Mailer: Autoreply", "Human")]
    [InlineData("From: noreply@shop.example.com", "Human")]
    public void A_mail_is_classed_by_its_headers(string headers, string expected)
    {
        var list = Load(headers);
        var type = list[HeaderId.ContentType] is { } value ? ContentType.Parse(value) : null;

        Assert.Equal(expected, MailClassifier.Classify(list, type, MailHead.Of(list).Sender?.Email, "").ToString());
    }

    [Theory]
    [InlineData("<>", "Bounce")]
    [InlineData("", "Human")]
    [InlineData("MAILER-DAEMON@example.com", "Bounce")]
    [InlineData("a@example.com", "Human")]
    public void The_envelope_counts_too(string envelope, string expected) =>
        Assert.Equal(expected, MailClassifier.Classify(Load(""), null, "a@example.com", envelope).ToString());

    [Theory]
    [InlineData("X-Auto-Response-Suppress: All", true)]
    [InlineData("X-Auto-Response-Suppress: DR, AutoReply", true)]
    [InlineData("X-Auto-Response-Suppress: None", false)]
    [InlineData("X-Other: All", false)]
    public void Who_forbids_answers_is_heard(string header, bool expected) =>
        Assert.Equal(expected, MailClassifier.ForbidsAnswers(Load(header)));

    private static HeaderList Load(string headers) =>
        HeaderList.Load(new MemoryStream(Encoding.ASCII.GetBytes($"{headers}\r\n\r\n")), TestContext.Current.CancellationToken);
}
