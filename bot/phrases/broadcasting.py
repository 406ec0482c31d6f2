"""Messages of staff's to many: as people get them, and as staff see them."""

from __future__ import annotations

import re
from collections import Counter

from bot.domain.messages import Address, Choice, Paragraph, Reply
from bot.domain.notices.broadcast import Broadcast, BroadcastState
from bot.domain.notices.groups import Group
from bot.domain.notices.happenings import BROADCASTS
from bot.domain.notices.progress import Progress
from bot.domain.notices.reach import Reach
from bot.domain.program import Program
from bot.phrases.answering import TO_STAFF
from bot.phrases.broadcast_reports import report, stop
from bot.phrases.groups import NAME, called, people, to_whom
from bot.phrases.linking import name_of
from bot.phrases.talk import plain

TO_MANY = {  # what staff can say, as the guide has it
    "broadcasts": (
        "broadcast to GROUP: WORDS, to write to many; broadcast, for the groups there are.",
        "test broadcast 3; change broadcast 3: WORDS; send broadcast 3; cancel broadcast 3.",
        "broadcasts; broadcast 3: how far it is, and who was not reached.",
        "What waits for the staff, as they hear it on working days, you see with staff digest.",
    ),
}


def message(program: Program, text: str, name: str, *, declinable: bool) -> Reply:
    """What somebody of that name gets; what they reply to it goes to the staff."""
    words = text.replace(NAME, name or "candidate")
    parts = (part.strip() for part in re.split(r"\n\s*\n", words))
    foot = f"This is from the staff of {program.short_name}. To write back, say: ask staff: WORDS."
    says = f"unsubscribe {BROADCASTS}"
    if declinable:  # a button or a number is soon out of reach, above all that is said later
        foot += f" To get no more of these here, say: {says}."
    return Reply(
        blocks=(*(Paragraph(text=part) for part in parts if part), Paragraph(text=foot)),
        choices=(Choice(label="No more of these", says=f"notices {BROADCASTS} off"),)
        if declinable
        else (),
        heads=TO_STAFF,
    )


def preview(
    program: Program, broadcast: Broadcast, reach: Reach, shown: Reply, *, rate: int, instead: str
) -> Reply:
    """The message as they will get it (`shown`), and to whom it goes; nothing is sent yet.

    `instead` are words about the draft whose place it takes, empty where there is none.
    """
    number = broadcast.id
    lead = [f"Broadcast {number}, to {to_whom(program, broadcast)}. Nothing is sent yet."]
    if instead:
        lead.insert(0, instead)
    tail = [_reached(reach, broadcast.total), _how_long(reach.reached, rate)]
    return Reply(
        blocks=(
            Paragraph(text=f"{' '.join(lead)} They will read:"),
            *shown.blocks,
            Paragraph(text=f"Here it ends. {' '.join(tail)}"),
        ),
        choices=_of_draft(
            number, f"Send to {people(reach.reached)}" if reach.reached > 1 else "Send it"
        ),
        heads=heads(number),
    )


def in_place_of(number: int, why: str) -> str:
    """About the draft of that number, and what changed since; empty for none."""
    if not number:
        return ""
    return f"This takes the place of broadcast {number}, which was not sent{why}."


def why_anew(new: Broadcast, old_one: Broadcast, *, old: bool) -> str:
    """Why a draft is shown once more: it is for other people now, or `old`."""
    if new.total != old_one.total:
        return f": it is {people(new.total)} now, where it was {old_one.total:,}"
    if old:
        return ": it was drafted more than a day ago"
    return ": its group has other people now, though as many"


def _of_draft(number: int, send: str = "Send it") -> tuple[Choice, ...]:
    """What can be done with it, where `send` is the label for sending it."""
    return (
        Choice(label="Send a test to me", says=f"test broadcast {number}"),
        Choice(label=send, says=f"send broadcast {number}"),
        Choice(label="Change it", says=f"change broadcast {number}"),
        stop(number),
    )


def heads(number: int) -> str:
    """What a reply to a preview is said behind: words that take the place of the draft's."""
    return f"change broadcast {number}: "


def what_instead(number: int) -> Reply:
    """To whoever wants to change a draft and has not said how."""
    text = f"What should broadcast {number} say? Say: {heads(number)}WORDS."
    return Reply(blocks=(Paragraph(text=text),), heads=heads(number), awaits=True)


def what(program: Program, group: Group, said: str) -> Reply:
    """To whoever names a group and no words."""
    begin = f"broadcast to {said}: "
    text = f"What should {called(program, group)} be told? Say: {begin}WORDS."
    return Reply(blocks=(Paragraph(text=text),), heads=begin, awaits=True)


def tested(one: Broadcast, to: Address) -> Reply:
    """After a test; a draft can still be sent or changed."""
    text = f"It is on its way to you, by {name_of(to.channel)}, as the others will get it."
    if one.state is not BroadcastState.DRAFT:
        return plain(text)
    return Reply(blocks=(Paragraph(text=text),), choices=_of_draft(one.id), heads=heads(one.id))


def no_words(number: int) -> Reply:
    """To whoever replies to a preview with a yes, which would else be its new words."""
    text = f"Nothing was changed or sent. To send broadcast {number}, say: send broadcast {number}."
    return Reply(blocks=(Paragraph(text=text),), choices=_of_draft(number), heads=heads(number))


def begun(program: Program, progress: Progress, *, rate: int) -> Reply:
    """After it was confirmed, and to whoever confirms it again."""
    one = progress.broadcast
    if one.state is not BroadcastState.SENDING:
        return report(program, progress, ())
    text = (
        f"Broadcast {one.id} goes to {to_whom(program, one)}. "
        f"{_how_long(one.total, rate)} I tell you when it is done."
    )
    see = Choice(label="How far it is", says=f"broadcast {one.id}")
    return Reply(blocks=(Paragraph(text=text),), choices=(see, stop(one.id)))


def nobody(group: str) -> str:
    """To whoever writes to a group in which nobody is."""
    return f"At the moment {group} are nobody, so nothing was drafted. Say: broadcast, for groups."


def unknown_placeholder(found: str) -> str:
    """To whoever writes another placeholder than there is."""
    return (
        f"I cannot fill in {found}; nothing was drafted. Only {NAME} can stand in a broadcast, for "
        "each person's name."
    )


def somebody_elses(one: Broadcast) -> str:
    """To whoever wants to send what somebody else drafted."""
    return (
        f"Broadcast {one.id} was drafted by somebody else: they send it, or an admin does. Nothing "
        "was sent."
    )


def _reached(reach: Reach, total: int) -> str:
    ways = Counter[str]()  # every terminal is a channel of its own
    for channel, count in sorted(reach.channels.items()):
        ways[name_of(channel)] += count
    by = [f"{count:,} by {way}" for way, count in ways.items()]
    lines = [f"Of {people(total)} I reach {reach.reached:,}{': ' if by else ''}{', '.join(by)}."]
    if reach.declined:
        lines.append(f"{people(reach.declined)} declined broadcasts.")
    if reach.avoided:
        lines.append(f"From {people(reach.avoided)} messages come back; they are not tried.")
    return " ".join(lines)


def _how_long(count: int, rate: int) -> str:
    seconds = -(-count // rate)
    much = f"{seconds} seconds" if seconds < 90 else f"{round(seconds / 60):,} minutes"
    return (
        f"At {rate} messages a second that takes about {much if seconds > 1 else 'a second'}; "
        "whoever has quiet hours gets it when they end."
    )
