"""notices.yaml -> the program's rules of notices; pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.domain.notices.happenings import HAPPENINGS
from bot.domain.notices.kinds import Event, Kind, Lead, Moment, NoticeRules, Office, Renewal
from bot.domain.notices.moments.own import REMINDER
from bot.domain.notices.moments.table import PLAN_VERSION
from bot.domain.notices.wishes import Quiet
from bot.knowledge.notices_schema import (
    EventModel,
    KindModel,
    NoticesModel,
    OfficeModel,
)
from bot.knowledge.schema import ProgramModel, SetModel
from bot.knowledge.shapes import DAYS

# What no plan is made by: words around the rules, and whom a first run shows.
UNPLANNED = ("name", "words", "documentation", "support", "unofficial", "demo")
BUILT_IN: Mapping[str, Kind] = {**HAPPENINGS, REMINDER.id: REMINDER}


def build_notices(model: NoticesModel | None) -> NoticeRules:
    """The rules of a checked model; a pack without one tells what happens, and own reminders."""
    if model is None:
        return NoticeRules(kinds=BUILT_IN)
    own = {kind.id: _kind(kind) for kind in model.kinds}
    reminds = any(kind.moment is Moment.OWN for kind in own.values())
    return NoticeRules(
        kinds={**HAPPENINGS, **own} if reminds else {**BUILT_IN, **own},
        at=model.at,
        quiet=Quiet(begins=model.quiet.begins, ends=model.quiet.ends) if model.quiet else None,
        weekday=DAYS.index(model.weekday),
        office=_office(model.office),
        events=tuple(_event(event) for event in model.events),
        renewal=Renewal(**model.renewal.model_dump()) if model.renewal else None,
        time_limit_years=model.time_limit_years,
    )


def mark_of(program: ProgramModel, sets: Iterable[SetModel], notices: NoticesModel | None) -> str:
    """Changes with anything that notices are planned by, in the pack or in the code."""
    texts = [program.model_dump_json(exclude=set(UNPLANNED))]
    texts += [one.model_dump_json() for one in sets]
    texts += [notices.model_dump_json()] if notices else []
    return hashlib.sha256("\n".join((str(PLAN_VERSION), *texts)).encode()).hexdigest()


def _kind(model: KindModel) -> Kind:
    if model.moment is Moment.HAPPENS:
        given = ("title", "mandatory", "waits")
        flags = {name: value for name in given if (value := getattr(model, name)) is not None}
        return replace(HAPPENINGS[model.id], **flags)
    return Kind(
        id=model.id,
        title=model.title or model.id,
        moment=model.moment,
        leads=tuple(Lead(**lead.model_dump()) for lead in model.leads),
        to=model.to,
        mandatory=bool(model.mandatory),
        waits=bool(model.waits),
        after_certified=model.after_certified,
        at=model.at,
        calendar=model.calendar or "",
    )


def _office(model: OfficeModel) -> Office:
    return Office(
        time_zone=model.time_zone,
        days=tuple(DAYS.index(day) for day in model.days),
        at=model.at,
        holidays=frozenset(model.holidays),
    )


def _event(model: EventModel) -> Event:
    starts = model.starts.replace(tzinfo=ZoneInfo(model.time_zone))
    return Event(
        id=model.id, title=model.title, starts=starts, minutes=model.minutes, url=model.url
    )
