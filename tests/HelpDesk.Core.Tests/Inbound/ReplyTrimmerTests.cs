using System.Diagnostics;
using System.Text;
using HelpDesk.Inbound;

namespace HelpDesk.Core.Inbound;

public sealed class ReplyTrimmerTests
{
    private const string Attribution = "On Tue, Mar 3, 2026 at 9:15 AM Alice Jones <alice@example.com> wrote:";

    private static readonly string[] Pieces =
    [
        "\n", "\r\n", "\r", " ", "\t", ">", "> ", "-- \n", "---", "___\n", "\n```\n", "Hello", "On ", "Am ", "5 May 2026, 10:15", " wrote:",
        " schrieb ", ":", "a@b.example", "<a@b.example>", "<", "From: ", "Subject: ", "Date: 5\n", "Sent from my ", "iPhone", "Unsubscribe: a@b\n",
        "-----BEGIN PGP SIGNED MESSAGE-----\n", "-----BEGIN PGP SIGNATURE-----\n", "-----END PGP SIGNATURE-----\n", "-----Original Message-----\n",
        ">>>>\n", "<<<<\n", ">>> Bob >>>\n", "<<< Bob <<<\n", "|", "\0", "\u200B", "\u200F", "\u00A0", "é", "e\u0301", "\uD83D", "\uDE00", "\u2028",
        "写道：", "*", ".", "\n\n",
    ];

    [Fact]
    public void The_pieces_of_any_text_are_the_text()
    {
        var random = new Random(20260303);
        for (var run = 0; run < 3000; run++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => Pieces[random.Next(Pieces.Length)]));
            var trimmed = ReplyTrimmer.Trim(text);

            Assert.Equal(text, string.Concat(trimmed.Segments.Select(segment => segment.Text)));
            Assert.Equal(string.IsNullOrWhiteSpace(text), trimmed.Visible.Length == 0);
            Assert.DoesNotContain(trimmed.Segments, segment => segment.Text.Length == 0);
            Assert.Equal(trimmed.Segments.Any(segment => !segment.IsVisible && !string.IsNullOrWhiteSpace(segment.Text)), trimmed.IsTrimmed);
        }
    }

    [Fact]
    public void Line_endings_of_every_kind_stay_where_they_are()
    {
        var trimmed = ReplyTrimmer.Trim($"\r\n  Thanks!\r\rIt works.\n\r\n{Attribution}\r\n> Try again.\r> Please.\n");

        Assert.Equal("  Thanks!\r\rIt works.", trimmed.Visible);
        Assert.Equal([("\r\n  Thanks!\r\rIt works.\n", true), ($"\r\n{Attribution}\r\n> Try again.\r> Please.\n", false)], trimmed.Segments.Select(segment => (segment.Text, segment.IsVisible)));
    }

    [Theory]
    [InlineData("> Only a quote.\n> Of two lines.")]
    [InlineData(Attribution + "\n\n> Only a quote.\n> Of two lines.")]
    [InlineData("Sent from my iPhone")]
    [InlineData("-- \nAlice Jones\nExample Ltd.")]
    [InlineData("> Only a quote.\n\nSent from my iPhone")]
    [InlineData("Begin forwarded message:\n\n> From: Alice <alice@example.com>\n> Subject: Printer\n>\n> It is broken.")]
    [InlineData("From: Alice <alice@example.com>\nSubject: Printer\n\n> It is broken.")]
    public void A_mail_without_own_words_is_shown_as_a_whole(string text)
    {
        var trimmed = ReplyTrimmer.Trim(text);

        Assert.Equal(text, trimmed.Visible);
        Assert.False(trimmed.IsTrimmed);
    }

    [Theory]
    [InlineData("---------- Forwarded message ----------\nFrom: Alice <alice@example.com>\nDate: Tue, Mar 3, 2026\nSubject: Printer\nTo: help@example.com\n\nIt is broken.", "It is broken.")]
    [InlineData("Please look at this.\n\n-----Original Message-----\nFrom: Alice <alice@example.com>\nSent: Tuesday, 3 March 2026\nSubject: Printer\n\nIt is broken.", "Please look at this.")]
    public void A_forwarded_mail_is_shown_where_there_are_no_other_words(string text, string visible) => Assert.Equal(visible, ReplyTrimmer.Trim(text).Visible);

    [Theory]
    [InlineData("On Wed, 4 Feb 2026 at 10:11, Alice Jones <\nalice@example.com> wrote:")]
    [InlineData("On Feb 4, 2026, at 10:11 AM, Alice Jones <alice.jones.of.somewhere@example.com\n> wrote:")]
    [InlineData("In message <12345@example.com>, Alice Jones writes:")]
    [InlineData("---- On Wed, 04 Feb 2026 10:11:36 +0530 Alice wrote ----")]
    [InlineData("alice via Example Forum wrote:")]
    [InlineData("Am 04.02.2026 um 10:11 schrieb Alice Jones <alice@example.com>:")]
    [InlineData("Alice Jones <alice@example.com> schrieb am Mi., 4. Feb. 2026 um 10:11 Uhr:")]
    [InlineData("Le mer. 4 févr. 2026 à 10:11, \"Alice Jones\"\n<alice@example.com>\na écrit :")]
    [InlineData("El mié, 4 feb 2026 a las 10:11, Alice (<alice@example.com>) escribió:")]
    [InlineData("Em qua, 4 de fev de 2026 10:11, Alice <alice@example.com> escreveu:")]
    [InlineData("Il giorno mer 4 feb 2026 alle ore 10:11 Alice <alice@example.com> ha\nscritto:")]
    [InlineData("Op wo 4 feb. 2026 om 10:11 schreef \"Alice\" <alice@example.com>:")]
    [InlineData("Op 4 feb. 2026 om 10:11 heeft Alice <alice@example.com> het\nvolgende geschreven:")]
    [InlineData("ons. 4. feb. 2026 kl. 10.11 skrev Alice <alice@example.com>:")]
    [InlineData("ke 4. helmik. 2026 klo 10.11 Alice (alice@example.com) kirjoitti:")]
    [InlineData("śr., 4 lut 2026 o 10:11 Alice <alice@example.com> napisał(a):")]
    [InlineData("Dne st 4. 2. 2026 10:11 uživatel Alice <alice@example.com> napsal:")]
    [InlineData("Alice <alice@example.com> ezt írta (időpont: 2026. febr. 4., Sze, 10:11):")]
    [InlineData("În data de mie., 4 feb. 2026 la 10:11, Alice <alice@example.com> a scris:")]
    [InlineData("ср, 4 февр. 2026 г. в 10:11, Alice <alice@example.com>:")]
    [InlineData("ср, 4 лют. 2026 р. о 10:11 Alice <alice@example.com> пише:")]
    [InlineData("Στις Τετ, 4 Φεβ 2026 στις 10:11 π.μ., ο χρήστης Alice <alice@example.com> έγραψε:")]
    [InlineData("Alice <alice@example.com>, 4 Şub 2026 Çar, 10:11 tarihinde şunu yazdı:")]
    [InlineData("在 2026年2月4日 星期三，上午10:11，Alice <alice@example.com> 写道：")]
    [InlineData("2026年2月4日(水) 10:11 Alice <alice@example.com>:")]
    [InlineData("2026년 2월 4일 (수) 오전 10:11, Alice <alice@example.com>님이 작성:")]
    [InlineData("\u202Bבתאריך יום ד׳, 4 בפבר׳ 2026 ב-10:11 מאת Alice \u200F<alice@example.com>:\u200F")]
    [InlineData("Pada Rab, 4 Feb 2026 10:11, Alice <alice@example.com> menulis:")]
    [InlineData("Vào Th 4, 4 thg 2, 2026 vào lúc 10:11 Alice <alice@example.com> đã viết:")]
    [InlineData("2026-02-04 10:11 GMT+01:00 Alice Jones")]
    [InlineData("Posted by alice on 02/04/2026")]
    [InlineData("-------- Weitergeleitete Nachricht --------")]
    [InlineData("*-----Messaggio originale-----*")]
    [InlineData("------------------ 原始邮件 ------------------")]
    [InlineData("De\u0301but du message transfe\u0301re\u0301 :")]
    public void What_follows_an_attribution_in_any_language_is_hidden(string attribution) =>
        Assert.Equal("Thanks!", ReplyTrimmer.Trim($"Thanks!\n\n{attribution}\n\nDid it help?\nYours").Visible);

    [Theory]
    [InlineData("From: Alice <alice@example.com>", "Sent: Wednesday, 4 February 2026 10:11", "To: Bob", "Subject: RE: Printer")]
    [InlineData("*From:* Alice <alice@example.com>", "*Sent:* Wednesday, 4 February 2026 10:11", "*To:* Bob;\n Carol", "*Subject:* RE: Printer and\nall the rest")]
    [InlineData("From: Alice <alice@example.com>\n", "Sent: Wednesday, 4 February 2026 10:11\n", "To: Bob\n", "Subject: RE: Printer\n")]
    [InlineData("Von: Alice <alice@example.com>", "Gesendet: Mittwoch, 4. Februar 2026 10:11", "An: Bob", "Betreff: AW: Drucker")]
    [InlineData("De\u00A0: Alice <alice@example.com>", "Envoyé\u00A0: mercredi 4 février 2026 10:11", "À\u00A0: Bob", "Objet\u00A0: RE: Imprimante")]
    [InlineData("Od: Alice <alice@example.com>", "Wysłano: środa, 4 lutego 2026 10:11", "Do: Bob", "Temat: RE: Drukarka")]
    [InlineData("От: Alice <alice@example.com>", "Отправлено: 4 февраля 2026 г. 10:11", "Кому: Bob", "Тема: RE: Принтер")]
    [InlineData("差出人: Alice <alice@example.com>", "送信日時: 2026年2月4日 10:11", "宛先: Bob", "件名: RE: プリンター")]
    public void What_follows_a_block_of_headers_is_hidden(params string[] headers) =>
        Assert.Equal("Thanks!", ReplyTrimmer.Trim($"Thanks!\n\n{string.Join('\n', headers)}\n\nDid it help?").Visible);

    [Theory]
    [InlineData("Sent from my iPhone")]
    [InlineData("Sent from my cell, please excuse any typos.")]
    [InlineData("(sent from a phone)")]
    [InlineData("Get [Outlook for Android](https://example.com)")]
    [InlineData("Envoyé depuis mon iPhone")]
    [InlineData("Von meinem iPhone gesendet")]
    [InlineData("Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.")]
    [InlineData("Verstuurd vanaf mijn iPhone")]
    [InlineData("Enviado do meu iPhone")]
    [InlineData("Enviado desde mi iPhone")]
    [InlineData("Inviato da iPhone")]
    [InlineData("Wysłane z iPhone'a")]
    [InlineData("Отправлено с iPhone")]
    [InlineData("iPhone'umdan gönderildi")]
    [InlineData("從我的 iPhone 傳送")]
    [InlineData("iPhoneから送信")]
    [InlineData("나의 iPhone에서 보냄")]
    [InlineData("-- \nAlice Jones\nExample Ltd.")]
    [InlineData("______________\na mailing list\nhttps://example.com")]
    [InlineData("Unsubscribe: list@example.com")]
    [InlineData("-----BEGIN PGP SIGNATURE-----\nabc=\n-----END PGP SIGNATURE-----")]
    public void A_signature_is_hidden(string signature) => Assert.Equal("Thanks!", ReplyTrimmer.Trim($"Thanks!\n\n{signature}\n").Visible);

    [Theory]
    [InlineData("On Monday I wrote: the printer is broken.")]
    [InlineData("On Monday I wrote:")]
    [InlineData("On 3 March 2026 I wrote:")]
    [InlineData("On the other hand, what he\nwrote: nothing.")]
    [InlineData("In the 1999 report he wrote:")]
    [InlineData("Am 03.03.2026 schrieb ich Ihnen folgendes:")]
    [InlineData("My address is <alice@example.com>")]
    [InlineData("From: Berlin\nTo: Hamburg\nDate: 3 March")]
    [InlineData("Subject: a word about it")]
    [InlineData("Sent from my point of view, this is a bug.")]
    [InlineData("Sent from my desk, is much easier.")]
    [InlineData("Sent from Berlin by train, the parcel\narrived broken.")]
    [InlineData("From my mobile I cannot log in.")]
    [InlineData("- one\n- two\n* three")]
    [InlineData("-\nlonely bullet")]
    [InlineData("if (a > b)\n    x->y();\nvar list = new List<string>();")]
    [InlineData("mysql> select 1;")]
    [InlineData("| a | b |\n|---|---|\n| 1 | 2 |")]
    [InlineData("Second printer\n==============")]
    [InlineData("```\n---\n> in code\nOn 3 March 2026, 10:15, Alice wrote:\n```")]
    [InlineData("A fix -- no signature.")]
    public void Words_that_only_resemble_a_mark_are_kept(string text) => Assert.False(ReplyTrimmer.Trim($"Hello,\n\n{text}\n\nThat is all\nI know.").IsTrimmed);

    [Fact]
    public void Answers_between_quotes_are_shown_with_the_quotes_they_answer()
    {
        var text = $"{Attribution}\n> Does it print?\n\nNo.\n\n> Is it on?\n\nYes.\n\n> Thanks.\n";

        Assert.Equal("> Does it print?\n\nNo.\n\n> Is it on?\n\nYes.", ReplyTrimmer.Trim(text).Visible);
    }

    [Fact]
    public void An_answer_below_the_whole_quote_is_shown_alone() =>
        Assert.Equal("It is on.", ReplyTrimmer.Trim($"{Attribution}\n\n> Is it on?\n>\n> Thanks.\n\nIt is on.").Visible);

    [Fact]
    public void An_answer_below_a_quote_after_a_greeting_is_shown() =>
        Assert.Equal("Hello Alice,\n\n> Is it on?\n\nIt is on.", ReplyTrimmer.Trim($"Hello Alice,\n\n{Attribution}\n> Is it on?\n\nIt is on.").Visible);

    [Fact]
    public void A_line_of_underscores_inside_a_reply_is_kept_if_the_quoted_mail_comes_later() =>
        Assert.Equal("First part.\n\n______\n\nSecond part.", ReplyTrimmer.Trim($"First part.\n\n______\n\nSecond part.\n\n{Attribution}\n> Is it on?").Visible);

    [Fact]
    public void A_quote_with_initials_or_bars_is_a_quote() => Assert.Equal("Thanks!", ReplyTrimmer.Trim("Thanks!\n\nAJ> Is it on?\n| Does it print?\n").Visible);

    [Fact]
    public void A_sentence_above_that_begins_like_an_attribution_is_kept() =>
        Assert.Equal("On your side please run test 12", ReplyTrimmer.Trim($"On your side please run test 12\n{Attribution}\n\n> Which?").Visible);

    [Fact]
    public void A_long_line_is_no_mark() => Assert.False(ReplyTrimmer.Trim($"Hello\n\nOn 3 March 2026, 10:15, {new string('x', 2000)} wrote:\n\nBye").IsTrimmed);
}
