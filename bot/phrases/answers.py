"""How answers and declines are worded."""

from __future__ import annotations

from datetime import UTC, tzinfo

from bot.domain.beyond import Beyond
from bot.domain.handover import Curated
from bot.domain.knowledge import Answer, Status
from bot.domain.messages import Block, Choice, Paragraph, Quotation, Reply
from bot.domain.program import Program
from bot.phrases.times import day_of

_BEYOND = {
    Beyond.WORK: "I answer questions and file evidence; I do not write, judge or send work.",
    Beyond.OPINION: "That asks for an opinion or a forecast, and I tell only what documents say.",
    Beyond.PRIVATE: "That is about a person; I tell nothing about people but yourself.",
}


def answer(program: Program | None, question: str, given: Answer, *, zone: tzinfo = UTC) -> Reply:
    """The reply to a question about a program, or about a folder of documents.

    `zone` is the asker's.
    """
    if given.status is Status.DECLINED:
        return _decline(program, question, given)
    if given.curated:
        return Reply(blocks=(_source(given.curated, zone), Paragraph(text=given.curated.answer)))
    lead = (Paragraph(text=given.lead),) if given.lead else ()
    return Reply(blocks=(*lead, *_quotations(given)))


def not_told(beyond: Beyond | None) -> str:
    """A decline in words."""
    return _BEYOND[beyond] if beyond else "The documents do not tell that, and I will not guess."


def by_staff(kept: Curated) -> str:
    """An answer of the staff in words; never passed off as a document's."""
    return f"{_source(kept, UTC).text}\n\n{kept.answer}"


def handed_over(number: int, *, new: bool = True, told: bool = False) -> Reply:
    """When a question was passed to staff; `told` says whether anybody heard of it just now."""
    if not new:
        text = f"The staff have that already, as question {number}. Their reply comes here."
    else:
        since = " They have been told, and their reply comes here." if told else ""
        text = f"Kept for the staff as question {number}.{since}"
    return Reply(blocks=(Paragraph(text=text),))


def _source(kept: Curated, zone: tzinfo) -> Paragraph:
    text = (
        f"Answered by {kept.owner} of the staff on {day_of(kept.at, zone)}, to the question "
        f"\u201c{kept.question}\u201d:"
    )
    return Paragraph(text=text)


def _decline(program: Program | None, question: str, given: Answer) -> Reply:
    offer = Choice(label="Pass this question to the staff", says=f"ask staff: {question}")
    said = (Paragraph(text=given.lead), *_quotations(given))
    return Reply(blocks=said, choices=(offer,) if program else ())


def _quotations(given: Answer) -> tuple[Block, ...]:
    """One block for each heading, its quotes in order; list items keep a line of their own."""
    places: dict[tuple[str, str, str], list[str]] = {}
    for cited in given.citations:
        place = (cited.document, cited.heading, cited.dated)
        places.setdefault(place, []).append(" ".join(cited.quote.split()))
    return tuple(
        Quotation(text="\n".join(quotes), document=document, heading=heading, dated=dated)
        for (document, heading, dated), quotes in places.items()
    )
