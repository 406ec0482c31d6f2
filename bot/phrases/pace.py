"""How the pace and its days are told."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.messages import Block, Choice, Paragraph, Quotation, Reply
from bot.domain.pace import DAYS_A_MONTH, Pace
from bot.phrases.times import told_in_full

FEW_DAYS, FEW_WEEKS = 14, 61  # days from which weeks, and then months, are said
_FEW_MONTHS = 2


def pace(found: Pace, quotes: Sequence[Quotation]) -> Reply:
    """What is done, where the pace leads, and what it must be."""
    lines = [_done(found), outlook(found)]
    if found.done and found.left and not found.over:
        lines.append(
            f"Until now a set took {_months(found.months_each)}; to finish in time each of the "
            f"{found.left} left may take {_months(found.months_allowed)} on average."
        )
    if found.done > found.achieved:
        lines.append("A set that is submitted counts here; it is done when it is approved.")
    blocks: list[Block] = [Paragraph(text=line) for line in lines]
    return Reply(blocks=(*blocks, *quotes), choices=_ways(found))


def outlook(found: Pace) -> str:
    """Where the pace leads, as one sentence."""
    if not found.left:
        return "Nothing is left to be submitted, so no pace is needed any more."
    ends = told_in_full(found.ends)
    if found.over:
        return (
            f"Your subscription ended on {ends}, {span(-found.days_left)} ago, with "
            f"{_sets(found.left)} still to be done: no pace makes up for that. Ask the staff what "
            "is possible now."
        )
    if not found.done:
        return (
            f"No set is done yet: until your subscription ends on {ends} each of the "
            f"{found.needed} may take {_months(found.months_allowed)} on average."
        )
    if late := found.first_late:
        day = told_in_full(found.date_of(late))
        return f"At this pace set {late} ends on {day}, {_after(found, late)}."
    last = found.dates[-1]
    spare = (found.ends - last).days
    when = f"{span(spare)} before your subscription does" if spare else "with your subscription"
    return f"At this pace the last set ends on {told_in_full(last)}, {when}."


def span(days: int) -> str:
    """A number of days as people say it: 9 days, 3 weeks, 5 months."""
    if days < FEW_DAYS:
        return "1 day" if days == 1 else f"{days} days"
    return f"{days // 7} weeks" if days < FEW_WEEKS else f"{round(days / DAYS_A_MONTH)} months"


def _done(found: Pace) -> str:
    on_way = found.done - found.achieved
    more = f", and {on_way} more {'is' if on_way == 1 else 'are'} submitted" if on_way else ""
    verb = "is" if found.achieved == 1 else "are"
    return (
        f"{found.achieved} of {found.needed} sets {verb} achieved{more}. You enrolled on "
        f"{told_in_full(found.enrolled_on)}."
    )


def _after(found: Pace, number: int) -> str:
    """How late that set is, and when the last one comes."""
    late = f"{span((found.date_of(number) - found.ends).days)} after your subscription does"
    if number == found.needed:
        return late
    return f"{late}, and set {found.needed}, the last, on {told_in_full(found.dates[-1])}"


def _months(count: float) -> str:
    """More than some weeks; less is said as people say it."""
    return f"{count:.1f} months" if count >= _FEW_MONTHS else span(round(count * DAYS_A_MONTH))


def _sets(count: int) -> str:
    return "1 set" if count == 1 else f"{count} sets"


def _ways(found: Pace) -> tuple[Choice, ...]:
    if not found.left:
        return ()
    ready = Choice(label="What is ready, what lacks", says="ready")
    staff = Choice(
        label="Ask the staff",
        says="ask staff: My subscription has ended. What is possible now?",
    )
    return (staff, ready) if found.over else (ready,)
