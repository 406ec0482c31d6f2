"""How questions are passed between their askers and the staff."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.handover import Curated, HandedOver
from bot.domain.messages import Block, Bullets, Choice, Paragraph, Quotation, Reply
from bot.phrases.talk import plain
from bot.phrases.times import day_of, moment

FEW = 2  # questions of a list with buttons of their own
SHOWN = 10  # additions of an asker that are shown, the newest
LINE = 90  # characters of a question in a list
TO_STAFF = "ask staff: "  # what a question to the staff is said behind


def asked(number: int, name: str, question: str, words: str, *, unknown: str = "") -> Reply:
    """To staff: a new question; of somebody unknown with what there is to say of that."""
    first = Paragraph(text=f"Question {number} from {name}: \u201c{question}\u201d")
    more = (Paragraph(text=f"They add: {words}"),) if words else ()
    doubt = (Paragraph(text=unknown),) if unknown else ()
    how = Paragraph(text=f"Say: take {number}, or: {_answer(number)}")
    return Reply(
        blocks=(first, *more, *doubt, how),
        choices=(_take(number), _show(number), _reply(number)),
        heads=heads(number),
    )


def more_words(handed: HandedOver, words: str) -> Reply:
    """To staff: what the asker added."""
    number = handed.number
    text = f"Added to question {number} (\u201c{short(handed.question)}\u201d): {words}"
    how = Paragraph(text=f"Say: {_answer(number)}")
    return Reply(blocks=(Paragraph(text=text), how), heads=heads(number))


def taken(number: int, name: str) -> Reply:
    """To the asker: a person is on it."""
    return plain(
        f"{name} of the staff has taken your question {number}. What you write here goes to them "
        "until they reply; commands and files still come to me. Say: bot, to ask me instead."
    )


def took(handed: HandedOver) -> Reply:
    """To whoever took it."""
    number = handed.number
    text = (
        f"You have question {number}, \u201c{short(handed.question)}\u201d What its asker writes "
        f"meanwhile comes to you. Say: {_answer(number)}"
    )
    return Reply(blocks=(Paragraph(text=text),), choices=(_reply(number),), heads=heads(number))


def passed_on(handed: HandedOver) -> Reply:
    """To the asker: words went to the person who is on their question."""
    return plain(f"Passed on to {handed.taken_name}; say: bot, to ask me instead.")


def added(number: int) -> Reply:
    """To the asker: a follow-up that the documents do not answer went to the staff too."""
    return plain(f"The documents do not tell that either; I added it to your question {number}.")


def resumed(handed: HandedOver | None) -> Reply:
    """To the asker: the bot answers again."""
    if handed is None:
        return plain("You are talking to me already. Ask away.")
    return plain(
        f"I answer again. {handed.taken_name} keeps question {handed.number}, and the reply comes "
        "here. For more words to the staff, say: ask staff: YOUR WORDS."
    )


def staff_reply(handed: HandedOver) -> Reply:
    """To the asker: the reply of a person, and what is replied to it goes to the staff again."""
    head = (
        f"{handed.answered_name} of the staff replies to your question {handed.number}, "
        f"\u201c{short(handed.question)}\u201d:"
    )
    again = Choice(
        label="That did not help: ask the staff again", says=f"ask staff: {handed.question}"
    )
    return Reply(
        blocks=(Paragraph(text=head), Paragraph(text=handed.answer)),
        choices=(again,),
        heads=TO_STAFF,
    )


def done_by_other(handed: HandedOver) -> Reply:
    """To whoever took a question that somebody else then answered."""
    return plain(f"{handed.answered_name} has answered question {handed.number}, which you took.")


def replied(handed: HandedOver, name: str) -> Reply:
    """To whoever replied."""
    number = handed.number
    return plain(
        f"Your reply to question {number} goes to {name}. To make it the answer for everyone who "
        f"asks this, say: curate {number}, or: curate {number}: THE QUESTION IN BETTER WORDS."
    )


def questions(handed: Sequence[HandedOver], *, most: int, now: datetime) -> Reply:
    """The questions that wait, oldest first."""
    if not handed:
        return plain("No question waits for a reply.")
    lines = tuple(_line(one, now) for one in handed[:most])
    more = (Paragraph(text="More wait after these."),) if len(handed) > most else ()
    few = (one.number for one in handed[:FEW])
    choices = tuple(choice for number in few for choice in (_show(number), _reply(number)))
    lead = Paragraph(text="These wait for a reply, oldest first:")
    return Reply(blocks=(lead, Bullets(items=lines), *more), choices=choices)


def shown(
    handed: HandedOver, name: str, *, told: Sequence[Block], zone: ZoneInfo, now: datetime
) -> Reply:
    """One question: what was asked, what the bot had said (`told`), and what came since."""
    blocks: list[Block] = [
        Paragraph(text=f"Question {handed.number} from {name} on {moment(handed.at, zone)}:"),
        Paragraph(text=f"\u201c{handed.question}\u201d"),
        *told,
    ]
    if handed.more:
        hidden = len(handed.more) - SHOWN
        note = f" (the last {SHOWN} of {len(handed.more)})" if hidden > 0 else ""
        blocks += [Paragraph(text=f"Added since{note}:"), Bullets(items=handed.more[-SHOWN:])]
    if handed.answered_at:
        when = moment(handed.answered_at, zone)
        head = f"{handed.answered_name} replied on {when}: {handed.answer}"
        return Reply(blocks=(*blocks, Paragraph(text=head)))
    on_it = f"{handed.taken_name} has it" if handed.taken_by else "Nobody has taken it"
    waits = f"{on_it}; asked {age(handed.at, now)} ago. Say: {_answer(handed.number)}"
    take = () if handed.taken_by else (_take(handed.number),)
    choices = (*take, _reply(handed.number))
    return Reply(
        blocks=(*blocks, Paragraph(text=waits)), choices=choices, heads=heads(handed.number)
    )


def said_nothing() -> Paragraph:
    """When the bot itself was never asked."""
    return Paragraph(text="It was not put to me before.")


def had_declined() -> Paragraph:
    """When the bot did not know."""
    return Paragraph(text="I had found no answer in the documents.")


def had_answered(quotations: Sequence[Quotation]) -> tuple[Block, ...]:
    """What the bot had answered from."""
    if not quotations:
        return (Paragraph(text="I had answered it, not from a document's words."),)
    return (Paragraph(text="I had answered from:"), *quotations)


def curated_made(kept: Curated, zone: ZoneInfo) -> Reply:
    """To staff: a reply became the answer for everyone."""
    text = (
        f"From now on this is curated answer {kept.id}. Everyone who asks "
        f"\u201c{kept.question}\u201d gets it before anything from documents, with these words of "
        f"the question, and as {kept.owner}'s of {day_of(kept.at, zone)}: {kept.answer}"
    )
    far = Paragraph(
        text="The asker's own words are too far from that question to get it. If they should, "
        f"say also: curate {kept.handover}."
    )
    withdraw = Choice(label="Withdraw it", says=f"retire {kept.id}")
    blocks = (Paragraph(text=text),) if kept.covers else (Paragraph(text=text), far)
    return Reply(blocks=blocks, choices=(withdraw,))


def curated_list(kept: Sequence[Curated], zone: ZoneInfo) -> Reply:
    """Every curated answer in force."""
    if not kept:
        return plain("There are no curated answers. Say: curate 5, once question 5 has a reply.")
    lines = tuple(
        f"{one.id}: \u201c{short(one.question)}\u201d \u2014 {short(one.answer)} "
        f"({one.owner}, {day_of(one.at, zone)}, question {one.handover})"
        for one in kept
    )
    lead = Paragraph(text="Curated answers in force; say: retire 3, to withdraw one.")
    return Reply(blocks=(lead, Bullets(items=lines)))


def retired(number: int) -> Reply:
    """To staff: a curated answer was withdrawn."""
    return plain(f"Curated answer {number} is withdrawn; documents answer that question again.")


def age(since: datetime, now: datetime) -> str:
    """How long ago, in the largest unit that fits."""
    gone = max(now - since, timedelta())
    for unit, seconds in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        count = int(gone.total_seconds()) // seconds
        if count:
            return f"{count} {unit}{'' if count == 1 else 's'}"
    return "a moment"


def short(text: str, most: int = LINE) -> str:
    """The text on one line, cut at a word when it is long."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rsplit(" ", 1)[0] + "\u2026"


def _line(handed: HandedOver, now: datetime) -> str:
    on_it = f"{handed.taken_name} has it" if handed.taken_by else "nobody has taken it"
    return f"{handed.number}: {short(handed.question)} ({age(handed.at, now)} ago; {on_it})"


def heads(number: int) -> str:
    """What a reply to that question is said behind."""
    return f"answer {number}: "


def _answer(number: int) -> str:
    return f"{heads(number)}YOUR REPLY."


def _take(number: int) -> Choice:
    return Choice(label=f"Take question {number}", says=f"take {number}")


def _reply(number: int) -> Choice:
    return Choice(label=f"Answer question {number}", says=f"answer {number}")


def _show(number: int) -> Choice:
    return Choice(label=f"Show question {number}", says=f"question {number}")
