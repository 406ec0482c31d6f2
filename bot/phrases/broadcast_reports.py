"""How far a message of staff's to many is, and whom it did not reach."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from bot.domain.messages import Address, Block, Bullets, Choice, Download, Paragraph, Reply
from bot.domain.notices.broadcast import Broadcast, BroadcastState
from bot.domain.notices.progress import NotReached, Progress
from bot.domain.notices.reach import Unsaid
from bot.domain.program import Program
from bot.phrases.answering import short
from bot.phrases.groups import people, told
from bot.phrases.linking import name_of
from bot.phrases.talk import plain
from bot.phrases.times import moment

FEW = 10  # people of a report in a message
WITHDRAWN = "the broadcast was cancelled"
WAS_NOT = "was not reached when it was sent"
BROKEN = "what is kept of them cannot be read; carrel doctor tells more"
UNSAID: Mapping[Unsaid, str] = {
    Unsaid.DECLINED: "wants no broadcasts",
    Unsaid.AVOIDED: "messages come back from there",
}
_STATES: Mapping[BroadcastState, str] = {
    BroadcastState.DRAFT: "a draft",
    BroadcastState.SENDING: "being sent",
    BroadcastState.CANCELLED: "cancelled",
    BroadcastState.REPLACED: "replaced by a newer draft",
    BroadcastState.SENT: "sent",
}


def cancelled(
    program: Program, one: Broadcast, withdrawn: int, *, instead: Broadcast | None = None
) -> Reply:
    """After it was stopped; a draft that was replaced goes on as the one that is there instead."""
    if instead:
        return _goes_on(one, instead)
    if one.state is BroadcastState.REPLACED:
        return plain(not_a_draft(one))
    if not one.queued:
        return plain(f"Broadcast {one.id} is cancelled. Nobody was sent anything.")
    spared = withdrawn + one.total - one.queued
    text = f"Broadcast {one.id} to {told(program, one)} is cancelled."
    if spared:
        does = "does" if spared == 1 else "do"
        text += f" {people(spared)} who would still have got it {does} not."
    text += f" What was sent stays. Say: broadcast {one.id}, for how many those are."
    return plain(text)


def _goes_on(one: Broadcast, instead: Broadcast) -> Reply:
    """To whoever cancels a draft whose place another one took."""
    text = f"Broadcast {instead.id} took the place of broadcast {one.id}, and "
    if instead.state is not BroadcastState.DRAFT:
        return plain(f"{text}is {_STATES[instead.state]}; nothing was changed now.")
    text += f"can still be sent. To cancel that one, say: cancel broadcast {instead.id}."
    return Reply(blocks=(Paragraph(text=text),), choices=(stop(instead.id),))


def stopped_by(program: Program, one: Broadcast, name: str) -> Reply:
    """To whoever drafted what somebody else stopped."""
    see = Choice(label="How far it was", says=f"broadcast {one.id}")
    text = f"{name} cancelled your broadcast {one.id} to {told(program, one)}."
    return Reply(blocks=(Paragraph(text=text),), choices=(see,))


def ended(program: Program, progress: Progress) -> Reply:
    """To whoever drafted it, when everybody was told or cannot be."""
    one = progress.broadcast
    see = Choice(label="Who was not reached", says=f"broadcast {one.id}")
    text = f"Broadcast {one.id} to {told(program, one)} is done. {counts(progress)}"
    missed = progress.failed + progress.left_out
    return Reply(blocks=(Paragraph(text=text),), choices=(see,) if missed else ())


def report(
    program: Program,
    progress: Progress,
    unreached: Sequence[NotReached],
    table: Download | None = None,
    *,
    zone: ZoneInfo | None = None,
) -> Reply:
    """How far it is, and whom it did not reach; all of those are in the `table` if there is one."""
    one = progress.broadcast
    when = f", drafted by {progress.by or 'somebody'}"
    when += f" on {moment(one.made_at, zone)}" if zone else ""
    head = f"Broadcast {one.id} to {told(program, one)}{when}: {_state(progress)}."
    blocks: list[Block] = [
        Paragraph(text=head),
        Paragraph(text=f"\u201c{short(one.text, 300)}\u201d"),
        Paragraph(text=counts(progress)),
    ]
    if unreached:
        blocks.append(Paragraph(text="Not reached:"))
        blocks.append(Bullets(items=tuple(_line(each) for each in unreached[:FEW])))
    if table:
        blocks += [Paragraph(text="All of them are in this table:"), table]
    return Reply(blocks=tuple(blocks), choices=_choices(progress))


def broadcasts(program: Program, found: Sequence[Progress]) -> Reply:
    """The newest ones."""
    if not found:
        return plain("Nothing was written to many yet. Say: broadcast to GROUP: WORDS.")
    lines = tuple(_in_list(program, each) for each in found)
    lead = Paragraph(text="The newest broadcasts:")
    choices = tuple(
        Choice(label=f"Broadcast {one.broadcast.id}", says=f"broadcast {one.broadcast.id}")
        for one in found[:3]
    )
    return Reply(blocks=(lead, Bullets(items=lines)), choices=choices)


def place(address: Address, *, avoided: bool, wanted: bool) -> str:
    """One of somebody's places, and whether anything arrives there."""
    name = name_of(address.channel)
    where = f"{name} {address.value}" if address.channel == "email" else name
    if avoided:
        return f"{where} (messages come back)"
    return where if wanted else f"{where} (wants no broadcasts there)"


def not_a_draft(one: Broadcast) -> str:
    """To whoever takes for a draft what is none any more."""
    if one.state is BroadcastState.REPLACED:
        return (
            f"A newer draft took the place of broadcast {one.id}; nothing was sent. Say: "
            "broadcasts, for the newest ones."
        )
    if one.state is BroadcastState.CANCELLED:
        return f"Broadcast {one.id} was cancelled; nothing was sent now."
    return f"Broadcast {one.id} is {_STATES[one.state]} already; nothing was changed."


def nothing_to_stop(one: Broadcast) -> str:
    """To whoever cancels what has arrived."""
    return f"Broadcast {one.id} was sent to all; nothing is left to stop."


def counts(progress: Progress) -> str:
    """How many of its people are where."""
    parts = [f"{progress.sent:,} sent"]
    for count, called in (
        (progress.to_come, "to come"),
        (progress.waiting, "waiting in the outbox"),
        (progress.failed, "failed"),
        (progress.left_out, "not reached or declined"),
        (progress.unsent + progress.spared, "not sent any more"),
    ):
        parts += [f"{count:,} {called}"] if count else []
    return f"Of {people(progress.broadcast.total)}: {', '.join(parts)}."


def _line(one: NotReached) -> str:
    known = f" Known: {'; '.join(one.places)}." if one.places else ""
    return f"{one.name}: {one.why.rstrip('.')}.{known}"


def _in_list(program: Program, one: Progress) -> str:
    found = one.broadcast
    return (
        f"{found.id}, {_state(one)}, to {told(program, found)}: "
        f"\u201c{short(found.text)}\u201d. {counts(one)}"
    )


def _choices(progress: Progress) -> tuple[Choice, ...]:
    one = progress.broadcast
    if one.state is BroadcastState.DRAFT:
        return (
            Choice(
                label="Send it",
                says=f"send broadcast {one.id}",
            ),
            stop(one.id),
        )
    live = one.state in {BroadcastState.SENDING, BroadcastState.SENT}
    left = progress.to_come or progress.waiting
    return (stop(one.id),) if live and left else ()


def _state(progress: Progress) -> str:
    state = progress.broadcast.state
    if state is BroadcastState.SENT and progress.waiting:
        waits = "waits" if progress.waiting == 1 else "wait"
        return f"all are on their way, {progress.waiting:,} still {waits}"
    return _STATES[state]


def stop(number: int) -> Choice:
    """The choice that stops it."""
    return Choice(label="Cancel it", says=f"cancel broadcast {number}")
