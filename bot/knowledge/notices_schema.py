"""The shape of notices.yaml, checked on load."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from bot.domain.notices.kinds import Audience, Moment
from bot.knowledge.rules_schema import CitedModel, Count
from bot.knowledge.shapes import Day, LocalTime, Part, Slug, Text

MOST_DAYS = 3660


def _local(value: datetime) -> datetime:
    if value.tzinfo is not None:
        what = "write local time without a zone, like 2027-03-04 18:00, and the zone in time_zone"
        raise PydanticCustomError("local", what)
    return value


class LeadModel(Part):
    """One time at which something is said; days from the moment, negative before it."""

    days: Annotated[int, Field(ge=-MOST_DAYS, le=MOST_DAYS)]
    text: Text
    keeps: Annotated[int, Field(ge=1, le=MOST_DAYS)] = 14


class KindModel(Part):
    """One kind of notices; of one that happens only what differs is written."""

    id: Slug
    moment: Moment
    title: Text | None = None
    leads: tuple[LeadModel, ...] = ()
    to: Audience = Audience.PERSON
    mandatory: bool | None = None
    waits: bool | None = None
    after_certified: bool = False
    at: LocalTime | None = None
    text: str = ""
    calendar: Text | None = None


class QuietModel(Part):
    """Hours in which nothing is said unasked; they may go over midnight."""

    begins: LocalTime
    ends: LocalTime


class OfficeModel(Part):
    """When staff are told what can wait."""

    time_zone: Text
    days: Annotated[tuple[Day, ...], Field(min_length=1)]
    at: LocalTime
    holidays: tuple[date, ...] = ()


class RenewalModel(CitedModel):
    """How long a certificate lasts and when it is renewed."""

    years: Count
    opens_months: Count
    grace_months: Annotated[int, Field(ge=0)]


class EventModel(Part):
    """A webinar or another event; `starts` is local time in `time_zone`."""

    id: Slug
    title: Text
    starts: Annotated[datetime, AfterValidator(_local)]
    time_zone: Text
    minutes: Count
    url: str = ""


class NoticesModel(Part):
    """notices.yaml."""

    at: LocalTime
    weekday: Day = "mon"
    quiet: QuietModel | None = None
    office: OfficeModel
    time_limit_years: Count | None = None
    renewal: RenewalModel | None = None
    events: tuple[EventModel, ...] = ()
    kinds: tuple[KindModel, ...] = ()
