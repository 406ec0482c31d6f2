"""What notices.yaml must satisfy beyond its shape: leads in order, words that can be filled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from zoneinfo import available_timezones

from bot.domain.notices.days import is_quiet_at
from bot.domain.notices.happenings import HAPPENINGS
from bot.domain.notices.kinds import ONCE_CERTIFIED, RENEWAL, Audience, Moment
from bot.domain.notices.moments.own import REMINDER
from bot.domain.notices.placeholders import allowed
from bot.domain.notices.wishes import Quiet
from bot.knowledge.documents import Fault
from bot.knowledge.lines import line_of
from bot.knowledge.notices_schema import KindModel, NoticesModel
from bot.knowledge.placeholders import told, wrong_placeholder

NOTICES = "notices.yaml"
# What lies in the past when it is first told; a lead on the day might come before it.
BEFORE = frozenset(
    {Moment.SET_TOUCHED, Moment.SET_COVERED, Moment.SUBMITTED, Moment.REQUESTED, Moment.CERTIFIED}
)
# Days whose entries in calendars a pack may word; entries of others tell what they are of.
IN_CALENDARS = frozenset({*RENEWAL, Moment.SUBSCRIPTION_ENDS, Moment.TIME_LIMIT})
FOR_STAFF = frozenset({Moment.SUBMITTED, Moment.REQUESTED})
HAPPENS = frozenset({"id", "moment", "title", "mandatory", "waits"})

Path = tuple[int | str, ...]
Wrong = Iterator[tuple[Path, str]]


def check_notices(notices: NoticesModel, text: str) -> Iterator[Fault]:
    """Faults of the notices by themselves; `text` is the YAML they come from."""
    for path, what in (
        *_wrong_times(notices),
        *_wrong_zones(notices),
        *_wrong_ids(notices),
        *_wrong_reminders(notices),
        *_wrong_own(notices),
        *(
            wrong
            for place, kind in enumerate(notices.kinds)
            for wrong in _wrong(notices, kind, place)
        ),
    ):
        told_at = ".".join(map(str, path))
        yield Fault(file=NOTICES, line=line_of(text, path), what=f"{told_at}: {what}")


def _wrong_times(notices: NoticesModel) -> Wrong:
    if notices.quiet is None:
        return
    quiet = Quiet(begins=notices.quiet.begins, ends=notices.quiet.ends)
    if quiet.begins == quiet.ends:
        yield ("quiet", "ends"), "it ends when it begins: leave quiet out, or write another time"
    elif is_quiet_at(notices.at, quiet):
        yield ("at",), f"{notices.at:%H:%M} lies in quiet hours: write a time outside of them"


def _wrong_zones(notices: NoticesModel) -> Wrong:
    zones: list[tuple[Path, str]] = [(("office", "time_zone"), notices.office.time_zone)]
    zones += [
        (("events", place, "time_zone"), event.time_zone)
        for place, event in enumerate(notices.events)
    ]
    known = available_timezones()
    for path, zone in zones:
        if zone not in known:
            yield path, f"{zone!r} is no time zone: use a name like Europe/Paris"


def _wrong_ids(notices: NoticesModel) -> Wrong:
    for name, ids in (
        ("kinds", [kind.id for kind in notices.kinds]),
        ("events", [event.id for event in notices.events]),
    ):
        counts = Counter(ids)
        for place, id in enumerate(ids):
            if counts[id] > 1:
                yield (name, place, "id"), f"{id} is used {counts[id]} times: give each its own id"


def _wrong_reminders(notices: NoticesModel) -> Wrong:
    """What makes a submission overdue is said once, by the leads of one kind."""
    found = [
        place
        for place, kind in enumerate(notices.kinds)
        if (kind.to, kind.moment) == (Audience.STAFF, Moment.SUBMITTED)
    ]
    for place in found[1:]:
        first = notices.kinds[found[0]].id
        yield ("kinds", place, "moment"), f"{first} reminds the staff already: add its leads there"


def _wrong_own(notices: NoticesModel) -> Wrong:
    """What people set themselves is always said, once: no pack leaves it out or doubles it."""
    first = ""
    for place, kind in enumerate(notices.kinds):
        path = ("kinds", place)
        if kind.moment is not Moment.OWN:
            if kind.id == REMINDER.id:
                yield (*path, "moment"), "it is what people set themselves: write moment: own"
            continue
        if first:
            yield (*path, "moment"), f"{first} says what people set themselves already: keep one"
        if not kind.mandatory:
            yield path, "people set it themselves and count on it: write mandatory: true"
        first = first or kind.id


def _wrong(notices: NoticesModel, kind: KindModel, place: int) -> Wrong:
    path = ("kinds", place)
    if kind.moment is Moment.HAPPENS:
        yield from _wrong_happening(kind, path)
        return
    if kind.id in HAPPENINGS:
        yield (*path, "moment"), f"{kind.id} is told when it happens: write moment: happens"
    if kind.title is None:
        yield path, "title is missing: add it"
    if kind.text:
        yield (*path, "text"), "only what happens has it: give each of the leads its text"
    yield from _wrong_calendar(kind, path)
    yield from _wrong_audience(kind, path)
    yield from _wrong_needs(notices, kind, path)
    yield from _wrong_leads(kind, path)


def _wrong_happening(kind: KindModel, path: Path) -> Wrong:
    if kind.id not in HAPPENINGS:
        yield (*path, "id"), f"{kind.id} never happens: use one of {', '.join(HAPPENINGS)}"
    for name in sorted(kind.model_fields_set - HAPPENS - {"text"}):
        yield (*path, name), f"what happens is told at once: remove {name}"
    if "text" in kind.model_fields_set:
        yield (*path, "text"), "what happens is not said in words of a pack: remove text"


def _wrong_audience(kind: KindModel, path: Path) -> Wrong:
    if kind.to is Audience.STAFF and kind.moment not in FOR_STAFF:
        moments = " or ".join(sorted(FOR_STAFF))
        yield (*path, "to"), f"staff are told of {moments} alone: write to: candidate"


def _wrong_needs(notices: NoticesModel, kind: KindModel, path: Path) -> Wrong:
    """Rules that a moment counts by."""
    if kind.moment in RENEWAL and notices.renewal is None:
        yield (*path, "moment"), "nothing is known of a renewal: add renewal, or remove this kind"
    if kind.moment is Moment.TIME_LIMIT and notices.time_limit_years is None:
        yield (*path, "moment"), "there is no time limit: add time_limit_years, or remove this kind"
    if kind.moment in ONCE_CERTIFIED and not kind.after_certified:
        yield path, "it would never be told: write after_certified: true"


def _wrong_leads(kind: KindModel, path: Path) -> Wrong:
    if not kind.leads:
        yield path, "leads is empty: add at least one"
    before: int | None = None
    for place, lead in enumerate(kind.leads):
        at = (*path, "leads", place)
        if before is not None and lead.days <= before:
            yield (*at, "days"), f"{lead.days} does not come after {before}: put them in order"
        before = lead.days
        if kind.moment is Moment.OWN and (place or lead.days):
            yield (*at, "days"), "a reminder is said once, at its time: keep one lead, with days: 0"
        elif kind.moment in BEFORE and lead.days < 1:
            yield (*at, "days"), "nothing is to be said before it or on the day: write 1 or more"
        elif kind.moment is Moment.EVENT and lead.days > 0:
            yield (*at, "days"), "it is over by then: write 0, or less for days before"
        yield from _wrong_words(lead.text, kind.moment, (*at, "text"))


def _wrong_calendar(kind: KindModel, path: Path) -> Wrong:
    if kind.calendar is None:
        return
    if kind.moment not in IN_CALENDARS:
        moments = ", ".join(sorted(IN_CALENDARS))
        yield (*path, "calendar"), f"remove it: only these have one: {moments}"
    if wrong := wrong_placeholder(kind.calendar, ()):
        yield (*path, "calendar"), f"{wrong}: write it without any"


def _wrong_words(text: str, moment: Moment, path: Path) -> Wrong:
    names = allowed(moment)
    if wrong := wrong_placeholder(text, names):
        yield path, f"{wrong}: use only {told(names)}"
