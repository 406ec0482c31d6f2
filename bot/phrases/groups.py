"""What groups of people are called that staff write to."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.messages import Bullets, Paragraph, Reply
from bot.domain.notices.broadcast import Broadcast
from bot.domain.notices.groups import Group, Which, group_of
from bot.domain.program import Program
from bot.phrases.answering import short

NAME = "{name}"  # in the words of a broadcast, for the name of whoever gets it
_CALLED: Mapping[Which, str] = {
    Which.EVERYONE: "everyone",
    Which.CANDIDATES: "all candidates",
    Which.WAITING: "those who wait for a decision",
    Which.MORE_WANTED: "those of whom more is wanted",
    Which.ACHIEVED: "those who achieved a set",
    Which.CERTIFIED: "the certified",
    Which.REVIEWERS: "the reviewers",
    Which.MENTORS: "the mentors",
    Which.STAFF: "the staff",
    Which.PERSON: "one person",
}


def groups(counts: Mapping[Group, int], *, unknown: str, example: str) -> Reply:
    """Which groups there are; `unknown` is what was said for one, `example` the title of a set."""
    lead = f"I know no group \u201c{short(unknown)}\u201d. " if unknown else ""
    lines = tuple(f"{group.said}: {people(count)}" for group, count in counts.items())
    others = (
        f"{example}, or any other set: who chose it or began it",
        "ends within 30 days: whose subscription does",
        "SOMEBODY@EXAMPLE.ORG: one person",
    )
    return Reply(
        blocks=(
            Paragraph(text=f"{lead}Say: broadcast to GROUP: WORDS. The groups are:"),
            Bullets(items=(*lines, *others)),
            Paragraph(text=f"{NAME} in the words stands for each person's name."),
        )
    )


def told(program: Program, broadcast: Broadcast) -> str:
    """Its group as people call it."""
    group = group_of(broadcast.group)
    return called(program, group) if group else broadcast.group


def to_whom(program: Program, broadcast: Broadcast) -> str:
    """The same, and how many those are."""
    group = group_of(broadcast.group)
    one = group is not None and group.which is Which.PERSON
    name = told(program, broadcast)
    return name if one else f"{name} ({people(broadcast.total)})"


def called(program: Program, group: Group) -> str:
    """The group as people call it."""
    if group.which is Which.SET:
        titles = [one.title for one in program.sets if one.id == group.of]
        return f"those with {titles[0] if titles else group.of}"
    if group.which is Which.ENDING:
        return f"those whose subscription ends within {group.days} days"
    return _CALLED[group.which]


def people(count: int) -> str:
    """So many people in words."""
    return "1 person" if count == 1 else f"{count:,} people"
