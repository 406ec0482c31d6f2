"""What somebody set and chose about being told things, for the page of an exported record."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.notices.wishes import Cadence, Quiet, Wishes
from bot.usecases.export_record import Export
from storage.archive.html import Element, instant, node, row, table


def notices_part(export: Export) -> tuple[Element, ...]:
    """The wishes and the open reminders; nothing when there are none."""
    lines = tuple(_wishes(export))
    wishes = (node("ul", *(node("li", line) for line in lines)),) if lines else ()
    if not export.reminders:
        return wishes
    rows = (
        row(str(one.number), one.text, one.section, instant(one.at), one.zone)
        for one in export.reminders
    )
    columns = ("Number", "Words", "About", "At", "Set in")
    return (*wishes, table("Reminders, by time", columns, rows))


def _wishes(export: Export) -> Iterator[str]:
    wishes, kinds = export.wishes, export.program.notices.kinds
    if wishes.quiet:
        yield _hours(wishes.quiet)
    if wishes.cadence is not Cadence.AT_ONCE:
        yield f"What can wait: {wishes.cadence}."
    for kind, cadence in sorted(wishes.cadences.items()):
        yield f"{kinds[kind].title if kind in kinds else kind}: {cadence}."
    if wishes.channel:
        yield f"First by {wishes.channel}."
    yield from _hushed(wishes)


def _hours(quiet: Quiet) -> str:
    if quiet.begins == quiet.ends:
        return "No quiet hours."
    return f"Quiet hours: {quiet.begins:%H:%M} to {quiet.ends:%H:%M}."


def _hushed(wishes: Wishes) -> Iterator[str]:
    for one in wishes.hushed:
        if one.until:
            yield f"Snoozed until {one.until:%Y-%m-%d %H:%M} UTC: {one.matter}."
        else:
            yield f"Done with: {one.matter}."
