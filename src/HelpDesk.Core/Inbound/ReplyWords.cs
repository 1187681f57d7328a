namespace HelpDesk.Inbound;

/// <summary>The words that mail programs write around a mail, in the languages they speak.</summary>
/// <remarks>The lists of patterns are parts of regular expressions.</remarks>
internal static class ReplyWords
{
    /// <summary>What an attribution begins with: the letters of <c>On</c>.</summary>
    public static readonly string[] Openers =
    [
        "On", "At", "In message", "Le", "Am", "El", "Il", "Il giorno", "Em", "No dia", "A", "Op", "Den", "D\\.", "På", "Dnia", "W dniu", "Dňa", "Dne", "Dátum:",
        "În", "În data de", "La", "La data de", "Pe", "Pe data de",
        "На", "В", "Στις", "Στα", "Την", "Το", "Pada", "Tanggal", "Vào", "Vào lúc", "Lúc", "Dana", "U", "Kl\\.", "בתאריך", "ביום", "ב-", "בְּ", "في", "بتاريخ",
        "في تاريخ",
    ];

    /// <summary>The openers that no space follows.</summary>
    public static readonly string[] OpenersInOne = ["在", "於", "于"];

    /// <summary>What an attribution ends with: the letters of <c>wrote</c>.</summary>
    public static readonly string[] Verbs =
    [
        "wrote", "writes", "says", "said", "a écrit", "a ecrit", "écrit", "nous a dit", "schrieb", "schrieben Sie", "geschrieben", "escribió", "escribio",
        "escribe", "ha escrito", "escreveu", "escreve", "ha scritto", "scrive",
        "schreef", "schreef het volgende", "het volgende geschreven", "geschreven", "skrev", "skrev følgende", "skrev följande", "skreiv", "skrifaði",
        "kirjoitti", "kirjutas", "rašė", "rakstīja",
        "napisał", "napisała", "napisał\\(a\\)", "napisał/a", "pisze", "napsal", "napsala", "napsal\\(a\\)", "napsal/a", "píše", "napísal", "napísala",
        "napísal\\(a\\)", "napisao", "napisala", "je napisao", "je napisao/la", "je napisal", "je pisao/la",
        "írta", "ezt írta", "a következőt írta", "a scris", "a scris următoarele", "ha escrit", "va escriure", "написал", "написала", "написал\\(а\\)",
        "написали", "пишет", "писал", "писал\\(а\\)", "написав", "написав\\(ла\\)", "написав\\(-ла\\)", "пише", "написа",
        "έγραψε", "έγραψε τα εξής", "yazdı", "şunu yazdı", "şunları yazdı", "menulis", "menulis pesan", "đã viết", "viết", "כתב", "כתבה", "כתב/ה", "כתב\\(ה\\)",
        "مكتوب", "كتب", "كتبت", "كتب ما يلي",
    ];

    /// <summary>The verbs that may follow a name without a space.</summary>
    public static readonly string[] VerbsInOne = ["写道", "寫道", "写到", "書きました", "のメール", "のメッセージ", "からのメール", "작성", "작성함", "님이 씀", "썼습니다", "เขียนว่า", "เขียน"];

    /// <summary>The verbs that come before the name.</summary>
    public static readonly string[] VerbsBeforeNames =
    [
        "schreef", "schrieb", "skrev", "skreiv", "skrifaði", "escribió", "escreveu", "ha scritto", "kirjoitti", "napsal", "napsal\\(a\\)", "napísal",
        "napísal\\(a\\)", "napisał", "napisał\\(a\\)", "pisze", "написал", "написал\\(а\\)", "a scris", "írta",
    ];

    /// <summary>Who says of himself that he wrote.</summary>
    public static readonly string[] FirstPersons =
    [
        "I", "we", "We", "ich", "wir", "ik", "wij", "we", "jag", "jeg", "vi", "io", "yo", "eu", "ja", "já", "я", "мы", "ми", "εγώ", "ben",
    ];

    public static readonly string[] ForwardedLines =
    [
        "begin forwarded message", "début du message transféré", "début du message réexpédié", "anfang der weitergeleiteten (?:nachricht|e-mail|mail)",
        "inicio del mensaje reenviado", "inicio de mensaje reenviado", "inizio messaggio inoltrato", "inizio del messaggio inoltrato",
        "início da mensagem (?:re)?encaminhada", "begin doorgestuurd bericht", "start på videresendt (?:besked|melding|e-post|meddelelse)",
        "videresendt (?:besked|melding)", "vidarebefordrat (?:brev|mejl|meddelande)", "välitetty viesti(?: alkaa)?", "początek przekazywanej wiadomości",
        "začátek přeposílané zprávy", "začiatok preposlanej správy", "(?:a )?továbbított (?:levél|üzenet) kezdete", "începutul mesajului redirecționat",
        "начало (?:переадресованного|пересылаемого|перенаправленного) (?:сообщения|письма)",
        "початок (?:листа, що пересилається|пересланого повідомлення|переадресованого листа)",
        "начало на препратеното съобщение", "αρχή προωθημένου μηνύματος", "(?:başlangıçta )?iletilen (?:ileti|mesaj)(?: başlangıcı)?",
        "početak proslijeđene poruke", "inici del missatge reenviat", "転送されたメッセージ", "전달된 메시지", "下面是(?:被)?转发的邮件", "开始转发的邮件", "以下是(?:被)?轉寄的郵件", "開始轉寄郵件",
        "תחילת ההודעה שהועברה", "بداية الرسالة المعاد توجيهها", "mulai pesan terusan", "awal pesan yang diteruskan", "bắt đầu thư (?:được )?chuyển tiếp",
    ];

    /// <summary>What stands between dashes above a forwarded mail.</summary>
    public static readonly string[] ForwardedTitles =
    [
        "forwarded message", "forwarded by .+", "original message", "original appointment", "reply message", "begin forwarded message", "message transféré",
        "message transmis", "message d'origine", "message d’origine", "message original", "message initial",
        "ursprüngliche (?:nachricht|e-mail|mail)", "original[- ]?(?:nachricht|mail|e-mail)", "weitergeleitete (?:nachricht|e-mail|mail)",
        "mensaje (?:original|reenviado)", "messaggio (?:originale|inoltrato)", "messaggio di origine", "mensagem (?:original|encaminhada|reencaminhada)",
        "(?:oorspronkelijk|origineel|doorgestuurd) bericht", "(?:oprindelig|original|opprinnelig|videresendt) (?:meddelelse|besked|melding|e-post|e-mail)",
        "(?:ursprungligt|original|vidarebefordrat) ?(?:meddelande|mejl|brev)", "(?:alkuperäinen|välitetty|edelleenlähetetty) viesti",
        "wiadomość (?:oryginalna|przekazana|przesłana dalej)", "(?:treść )?(?:oryginalna|oryginalnej|przekazana|przesłana dalej) wiadomoś(?:ć|ci)",
        "(?:původní|přeposlaná|předaná) (?:zpráva|e-mail)", "(?:pôvodná|preposlaná) správa", "(?:eredeti|továbbított) (?:üzenet|levél)",
        "mesaj(?:ul)? (?:original|inițial|redirecționat)", "(?:исходное|пересылаемое|оригинальное|пересланное|перенаправленное) (?:сообщение|письмо)",
        "(?:вихідне|оригінальне|переслане|початкове) повідомлення", "(?:оригинално|препратено) съобщение", "(?:αρχικό|προωθημένο) μήνυμα",
        "(?:orijinal|özgün|iletilen|yönlendirilen|yönlendirilmiş) (?:mesaj|ileti)", "(?:izvorna|originalna|proslijeđena|prosleđena) poruka",
        "(?:izvorno|posredovano) sporočilo", "missatge (?:original|reenviat)", "原始邮件", "原始郵件", "原邮件", "转发(?:的)?邮件", "已转发邮件", "轉寄(?:的)?郵件", "转发邮件信息", "转发的消息",
        "元のメッセージ", "転送(?:された)?メッセージ", "오리지널 메시지", "원본 ?(?:메시지|메일)", "전달된 ?(?:메시지|메일)", "הודעה (?:מקורית|שהועברה|מועברת)", "الرسالة (?:الأصلية|المعاد توجيهها)",
        "رسالة (?:أصلية|معاد توجيهها|محولة)", "pesan (?:asli|terusan|yang diteruskan)", "(?:thư|tin nhắn) (?:gốc|đã chuyển tiếp|được chuyển tiếp|chuyển tiếp)",
        "ข้อความต้นฉบับ",
    ];

    public static readonly string[] DateHeaders =
    [
        "sent", "date", "sent on", "envoyé", "envoyé le", "le", "gesendet", "gesendet am", "datum", "enviado", "enviado el", "enviado em", "enviada",
        "enviada em", "fecha", "data", "data de envio", "inviato", "verzonden", "verzonden op", "sendt", "dato", "skickat", "lähetetty", "päivämäärä",
        "päiväys", "pvm",
        "wysłano", "wysłane", "odesláno", "odoslané", "dátum", "elküldve", "küldve", "trimis", "trimis la", "отправлено", "дата", "дата отправки", "надіслано",
        "відправлено", "изпратено", "στάλθηκε", "εστάλη", "ημερομηνία", "αποστολή", "gönderildi", "gönderme tarihi", "gönderilme tarihi", "tarih",
        "poslano", "poslato", "saadetud", "kuupäev", "enviat", "dikirim", "tanggal", "terkirim", "đã gửi", "gửi", "ngày", "thời gian", "发送时间", "发送日期", "日期",
        "时间", "寄件日期", "傳送時間", "傳送日期", "已傳送", "時間", "送信日時", "送信日", "日時", "日付", "보낸 날짜", "보낸 시간", "날짜", "נשלח", "תאריך", "تاريخ الإرسال", "التاريخ", "تم الإرسال",
        "أرسلت", "ส่ง", "วันที่",
    ];

    public static readonly string[] SubjectHeaders =
    [
        "subject", "objet", "sujet", "betreff", "asunto", "assunto", "oggetto", "onderwerp", "emne", "ämne", "aihe", "temat", "předmět", "predmet", "tárgy",
        "subiect", "subiectul", "тема", "относно", "θέμα", "konu", "zadeva", "teema", "assumpte", "subjek", "perihal", "chủ đề", "tiêu đề", "主题", "主旨", "主題",
        "件名", "제목", "נושא", "الموضوع", "موضوع", "เรื่อง",
    ];

    public static readonly string[] TextHeaders =
    [
        "from", "to", "cc", "bcc", "reply-to", "reply to", "attachments", "importance", "de", "expéditeur", "à", "destinataire", "répondre à", "copie à", "von",
        "an", "kopie", "antwort an", "antworten an", "para", "responder a", "da", "a", "risposta", "rispondi a", "van", "aan", "beantwoorden - aan",
        "antwoord aan",
        "fra", "til", "kopi", "svar til", "från", "till", "kopia", "svara till", "lähettäjä", "vastaanottaja", "kopio", "keneltä", "kenelle", "vastaus", "od",
        "do", "dw", "komu", "kopia do", "kopie pro", "kópia", "feladó", "címzett", "másolat", "másolatot kap", "válaszcím", "de la", "către", "catre", "от",
        "от кого", "кому", "до", "копия", "ответить", "від", "від кого", "копія",
        "από", "προς", "κοιν", "κοιν.", "κοινοποίηση", "kimden", "gönderen", "kime", "alıcı", "bilgi", "za", "prima", "saatja", "adressaat", "per a", "dari",
        "kepada", "ke", "untuk", "tembusan", "từ", "đến", "tới", "người gửi", "发件人", "收件人", "抄送", "回复", "寄件者", "寄件人", "收件者", "副本", "差出人", "送信者", "宛先", "보낸 사람",
        "보낸사람", "받는 사람", "받는사람", "참조",
        "מאת", "אל", "עותק", "השב אל", "من", "إلى", "نسخة", "نسخة إلى", "จาก", "ถึง", "สำเนา",
    ];

    /// <summary>The beginnings of lines like <c>Sent from my iPhone</c>, which are also words that people write.</summary>
    public static readonly string[] Signatures =
    [
        "sent (?:from|via|with|by|using|through)", "from my", "envoyé (?:depuis|de|à partir de|avec|via|par|du)", "envoyée? (?:depuis|de)",
        "gesendet (?:von|mit|aus|über|via|vom)", "inviato (?:da|dal|dall'|dall’|con|tramite|via)",
        "enviado (?:do|da|de|del|desde|con|com|a partir d[aeo]|através|pelo|pela|por|via|mediante)", "enviada? (?:do|de|desde)",
        "verzonden (?:met|vanaf|via|vanuit|van)", "verstuurd (?:met|vanaf|via|vanuit|van)", "sendt (?:fra|via|med)", "skickat (?:från|med|via)",
        "skickades från", "från min", "lähetetty", "wysłan[eoay] (?:z|ze|przy|za pomocą|przez)", "odesláno (?:z|ze|prostřednictvím|pomocí)",
        "odoslané (?:z|zo|prostredníctvom|pomocou)", "elküldve", "trimis (?:de pe|de la|din|prin|cu)",
        "отправлено (?:с|со|из|через|от|при помощи)", "надіслано (?:з|із|зі|через|за допомогою)", "відправлено (?:з|із|зі|через|за допомогою)",
        "изпратено (?:от|с|чрез)", "στάλθηκε (?:από|με|μέσω)", "εστάλη (?:από|με)", "dikirim (?:dari|melalui|menggunakan)", "terkirim dari",
        "(?:đã |được )?gửi từ", "posla(?:no|to) (?:s|sa|iz|z|putem)", "saadetud", "enviat (?:des de|amb)", "נשלח מ", "(?:أُ?رسلت|مرسل|تم الإرسال) من",
    ];

    /// <summary>Lines that no one else writes.</summary>
    public static readonly string[] CertainSignatures =
    [
        "\\w+ from mobile\\W*$", "(?:get|download) (?:outlook|typeapp|bluemail|spark) for ", "von meine[mr] .+ (?:gesendet|verschickt|geschrieben)\\W*$",
        "von (?:unterwegs|windows mail|outlook|yahoo .*|iphone|ipad|handy|mobil\\w*) gesendet\\W*$",
        "(?:diese|dieses) (?:nachricht|mail|e-mail) wurde (?:von|mit) .+ (?:gesendet|verschickt|geschrieben)", "holen sie sich outlook für ",
        "laden sie outlook für ", "outlook für .+ (?:beziehen|herunterladen)", "mit .+ für .+ gesendet\\W*$",
        "(?:télécharger|télécharge|téléchargez|obtenir|obtenez) outlook (?:pour|for) ", "(?:obtener|obtenga|descargar|descarga) outlook para ",
        "(?:scarica|ottieni) outlook per ", "(?:obter|obtenha|baixe|baixar|transferir) (?:o )?outlook (?:para|for) ", "outlook voor .+ (?:downloaden|ophalen)",
        "(?:download|haal) outlook voor ", "(?:hent|få) outlook (?:til|for) ", "skaff deg outlook for ", "(?:hämta|skaffa) outlook för ", "hanki outlook ",
        "(?:pobierz|uzyskaj) (?:program |aplikację )?outlook ", "(?:získejte|stáhnout|stáhněte|získať|získajte) (?:si )?outlook ",
        "(?:скачать|скачайте|получить|загрузить) outlook ", "(?:отримати|завантажити) outlook ", "(?:obțineți|obțineţi|descărcați) outlook ",
        "az outlook (?:letöltése|beszerzése)", "outlook .+ edinin", "(?:获取|下载) ?outlook ", "(?:取得|下載) ?outlook ", "outlook (?:for|の) .+ を(?:入手|取得)",
        ".+용 outlook ?(?:다운로드|받기)", "(?:dapatkan|unduh) outlook ", "(?:tải|nhận) outlook ", "קבל את outlook ", "(?:احصل على|الحصول على) outlook ",
        ".+(?:készülékemről|készülékről|telefonomról|iphone-omról|ipademről|-ról|-ről) küldve\\W*$",
        "(?:iphone|ipad|.+ telefonum|.+ cihazım|.+ım)['’]?(?:den|dan|umdan|imden|ımdan|mdan|mden) gönderildi\\W*$",
        "(?:从|發自|发自|從|傳自|来自|來自|通过|使用|用)(?:我的|我).*(?:发送|傳送|寄出|发出)?\\W*$", "(?:发自|發自|發送自|传自|傳自|寄自) ?.+$", ".+(?:发自|从).+(?:iphone|ipad|手机)$",
        ".+から送信(?:されました)?\\W*$", ".+에서 (?:보냄|전송됨|보낸 메일|보냈습니다)\\W*$", "ส่งจาก ?.+",
    ];
}
