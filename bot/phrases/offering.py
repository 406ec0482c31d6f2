"""How offered files are told: to whoever sent them, and to the candidate they are for."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.domain.filing import Decision
from bot.domain.messages import Bullets, Choice, Download, Paragraph, Reply
from bot.domain.people import Person
from bot.domain.portfolio import Evidence
from bot.domain.program import Program
from bot.domain.sharing import MOST_FROM_ONE, MOST_OFFERS, Offer, OfferState
from bot.phrases.filing import size, where
from bot.phrases.sections import full_name, label
from bot.phrases.talk import plain
from bot.phrases.times import moment

_DONE = {OfferState.ACCEPTED: "accepted", OfferState.DECLINED: "declined"}


def sent(address: str, names: Sequence[str]) -> Reply:
    """To the sender; the same words whoever has that address, so that they tell nobody's secret."""
    what = ", ".join(names)
    return Reply(
        blocks=(
            Paragraph(
                text=f"If {address} is a candidate here, they are asked whether to take {what}. "
                "Until they do, it is in nobody's record. You hear from me when they have decided."
            ),
            Paragraph(
                text=f"At most {MOST_FROM_ONE} files of one sender, and {MOST_OFFERS} in all, wait "
                "for a candidate. What comes beyond that is not kept: then wait for an answer, or "
                "hand it to them yourself."
            ),
        )
    )


def told_offered(program: Program, kept: Sequence[tuple[Offer, Decision]]) -> Reply:
    """To the candidate: what was sent for them, by whom, and what can be done with it."""
    if len(kept) > 1:
        return offers(program, [offer for offer, _ in kept])
    ((offer, decision),) = kept
    lines = [_offer(offer), _said(offer), _guess(program, offer), _how(offer)]
    return _reply([line for line in lines if line], _choices(program, offer, decision))


def offers(program: Program, waiting: Sequence[Offer]) -> Reply:
    """What waits for the candidate's word."""
    if not waiting:
        return plain("Nothing that others sent waits for you.")
    lead = Paragraph(text="Sent for you by others, and in no record until you accept it:")
    lines = tuple(f"{_line(offer)}{_seems(program, offer)}" for offer in waiting)
    how = Paragraph(text="Say: offer NUMBER, accept offer NUMBER, or decline offer NUMBER.")
    shows = tuple(Choice(label=f"Show offer {o.id}", says=f"offer {o.id}") for o in waiting[:5])
    return Reply(blocks=(lead, Bullets(items=lines), how), choices=shows)


def shown(program: Program, offer: Offer, zone: ZoneInfo) -> Reply:
    """One offer with the file itself."""
    file = Download(
        name=offer.name, media_type=offer.media_type, size=offer.size, sha256=offer.sha256
    )
    if offer.state is not OfferState.WAITING:
        return Reply(blocks=(Paragraph(text=settled_before(offer, zone)), file))
    came = f"It came on {moment(offer.at, zone)}."
    lines = [f"{_offer(offer)} {came}", _said(offer), _how(offer)]
    reply = _reply([line for line in lines if line], (_accept(program, offer),))
    return Reply(blocks=(*reply.blocks, file), choices=reply.choices)


def accepted(
    program: Program, evidence: Evidence, offer: Offer, *, known: bool, step: int
) -> Reply:
    """An accepted offer: where the file stands now. `step` is what an undo takes back, or 0."""
    came = f"Accepted {offer.name} of {offer.from_name}, who is told."
    if known:
        came += " The same bytes were in your record already, so nothing was stored twice."
    lines = [came, where(program, evidence)]
    undo = (Choice(label="Undo", says=f"undo step {step}"),) if step else ()
    return _reply(lines, undo)


def declined(offer: Offer) -> Reply:
    """A declined offer."""
    return plain(
        f"Declined {offer.name} of {offer.from_name}, who is told. Nothing of it is in your record."
    )


def told_settled(offer: Offer, state: OfferState, *, owner: Person) -> Reply:
    """To the sender: what became of the file."""
    return plain(f"{owner.name} has {_DONE[state]} {offer.name}, which you sent for them.")


def settled_before(offer: Offer, zone: ZoneInfo) -> str:
    """Why an offer cannot be settled again."""
    when = f" on {moment(offer.settled_at, zone)}" if offer.settled_at else ""
    return (
        f"Offer {offer.id}, {offer.name} of {offer.from_name}, was {offer.state.value}{when}; "
        "nothing was changed."
    )


def _offer(offer: Offer) -> str:
    return (
        f"{offer.from_name} sent a file for you: {offer.name} ({size(offer.size)}). It is offer "
        f"{offer.id} and in no record until you accept it."
    )


def _line(offer: Offer) -> str:
    return f"Offer {offer.id}: {offer.name} ({size(offer.size)}) of {offer.from_name}"


def _seems(program: Program, offer: Offer) -> str:
    return f", perhaps for {full_name(program, offer.section)}" if offer.section else ""


def _said(offer: Offer) -> str:
    return f"With it came: \u201c{offer.words}\u201d" if offer.words else ""


def _guess(program: Program, offer: Offer) -> str:
    if offer.section:
        return f"It seems to belong to {full_name(program, offer.section)}."
    return "I am not sure where it belongs."


def _how(offer: Offer) -> str:
    number = offer.id
    return (
        f"Look at it with: offer {number}. Say: accept offer {number}, accept offer {number} to "
        f"SECTION, or decline offer {number}."
    )


def _choices(program: Program, offer: Offer, decision: Decision) -> tuple[Choice, ...]:
    if offer.section:
        return (_accept(program, offer),)
    likely = tuple(
        Choice(
            label=f"Accept into {label(program, a.section)}",
            says=f"accept offer {offer.id} to {a.section}",
        )
        for a in decision.alternatives[:2]
    )
    return (*likely, _accept(program, offer))


def _accept(program: Program, offer: Offer) -> Choice:
    says = f"accept offer {offer.id}"
    if not offer.section:
        return Choice(label="Accept, and choose its section later", says=says)
    return Choice(label=f"Accept into {label(program, offer.section)}", says=says)


def _reply(lines: Sequence[str], choices: tuple[Choice, ...]) -> Reply:
    return Reply(blocks=tuple(Paragraph(text=line) for line in lines), choices=choices)
