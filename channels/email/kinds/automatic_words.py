"""How the subjects of automatic answers begin, in many languages, in lower case."""

from __future__ import annotations

# With a colon or a word that no person begins with: these say it alone.
CERTAIN = (
    "automatic reply", "risposta non al computer", "auto reply:", "auto-reply:", "autoreply:",
    "automatic response:", "auto response:", "auto-response:", "autoresponse:",
    "automated reply:", "automated response:", "automated reply from", "out of office autoreply",
    "out of office auto-reply", "out of office reply:", "out-of-office reply:", "out of office:",
    "out of the office:", "out-of-office:", "away from my mail", "vacation reply:",
    "vacation message:", "vacation reply", "autosvar:", "automatische antwort:",
    "automatische antwort auf", "automatische rückantwort", "abwesenheitsnotiz",
    "abwesenheitsnachricht", "abwesenheitsmeldung", "réponse automatique", "reponse automatique",
    "message d'absence", "absence du bureau :", "absence du bureau:", "notification d'absence",
    "respuesta automática", "respuesta automatica", "autorespuesta",
    "respuesta de fuera de la oficina", "fuera de la oficina:", "resposta automática",
    "resposta automatica", "ausência temporária", "ausente do escritório:", "risposta automatica",
    "fuori ufficio:", "fuori sede:", "automatisch antwoord", "afwezigheidsbericht",
    "automatische beantwoording", "automatiskt svar", "autosvar", "frånvaromeddelande",
    "automatisk svar", "fraværsbesked", "fraværsmelding", "fraværsassistent",
    "automaattinen vastaus", "poissaoloviesti", "automatyczna odpowiedź", "autoodpowiedź",
    "odpowiedź automatyczna", "automatická odpověď", "automatická odpoveď", "automatikus válasz",
    "házon kívül:", "răspuns automat", "raspuns automat", "автоматический ответ", "автоответ",
    "автоматична відповідь", "автоматичен отговор", "αυτόματη απάντηση", "otomatik yan",
    "otomatik cevap", "samodejni odgovor", "automatski odgovor", "automaatvastus",
    "automatinis atsakymas", "automātiska atbilde", "자동 응답", "자동 회신", "부재 중",
    "自動応答", "自動返信", "不在通知", "自动答复", "自动回复", "自動回覆", "自動回復",
    "外出时的自动答复", "รายงานการตอบกลับอัตโนมัติ", "ตอบกลับอัตโนมัติ", "trả lời tự động",
    "balasan otomatis", "رد تلقائي", "الرد التلقائي", "תשובה אוטומטית", "مענה אוטומטי",
    "پاسخ خودکار", "स्वचालित उत्तर", "auto generated]", "auto]", "auto-generated]", "auto-reply]",
    "autoreply]", "autoreply)", "auto reply]", "arpus biroja atra", "ārpus biroja atra",
    "automatiska atbilde",
)  # fmt: skip
# What a person may begin with as well ("Out of office next week: may I file late?").
LIKELY = (
    "out of office", "out of the office", "out-of-office", "vacation", "on vacation", "holiday",
    "on holiday", "away", "absence", "absent", "i am away", "i'm away", "i am out", "on leave",
    "annual leave", "maternity leave", "parental leave", "abwesen", "nicht im büro", "urlaub",
    "im urlaub", "außer haus", "en vacances", "congés", "en congés", "hors du bureau", "fuera de",
    "ausente", "vacaciones", "de vacaciones", "férias", "de férias", "ausência",
    "fora do escritório", "assenza", "fuori", "in ferie", "assente", "afwezig", "vakantie",
    "op vakantie", "niet aanwezig", "frånvaro", "semester", "på semester", "ferie", "fravær",
    "loma", "poissa", "lomalla", "urlop", "nieobecność", "poza biurem", "mimo kancelář",
    "dovolená", "szabadság", "concediu", "отпуск", "нет на месте", "отсутствую", "відпустка",
    "izinde", "不在", "休暇", "休假", "外出", "부재", "휴가", "atvaļinājum", "puhkus", "atostog",
    "godišnji", "dopust",
)  # fmt: skip
