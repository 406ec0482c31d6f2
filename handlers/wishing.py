"""What somebody is told without asking: which kinds, how often, where, and at which hours."""

from __future__ import annotations

from datetime import time

from rapidfuzz import fuzz, process

from bot.domain.messages import Reply
from bot.domain.notices.kinds import Kind
from bot.domain.notices.seen_wishes import SeenWishes
from bot.domain.notices.wish_words import quiet_said
from bot.domain.notices.wishes import Cadence, Quiet
from bot.errors import Refused
from bot.phrases import wish_refusals, wishes
from bot.phrases.kinds import ALL, kind_called, plainly
from bot.phrases.linking import channel_called, is_called
from bot.usecases import change_wishes
from bot.usecases.see_wishes import see_wishes
from bot.usecases.tell import places_of
from handlers.request import NotMine, Request
from handlers.zone_named import zone_named

KIND = r"(?P<kind>[a-z][\w-]*(?: [\w-]+){0,6}?)"
OFTEN = r"(?P<often>off|on|daily|weekly|at once|immediately)"
BY = r"(?: (?:by|on|in|via|at) (?P<channel>[a-z][a-z-]{1,20}))?"
_LIKE, _MOST = 60, 3  # of 100; kinds that are suggested
_CADENCES = {
    "daily": Cadence.DAILY,
    "weekly": Cadence.WEEKLY,
    "off": Cadence.AT_ONCE,
    "at once": Cadence.AT_ONCE,
    "immediately": Cadence.AT_ONCE,
}
_NONE = Quiet(begins=time(0), ends=time(0))


def overview(request: Request) -> tuple[Reply, ...]:
    """`notices`."""
    return (wishes.overview(request.desk.program, _seen(request), now=request.now),)


def one(request: Request) -> tuple[Reply, ...]:
    """`notices comments`."""
    seen = _seen(request)
    found = _kinds(request, seen)
    if isinstance(found, Reply):
        return (found,)
    if len(found) > 1:
        return overview(request)
    return (wishes.one(seen, found[0]),)


def choose(request: Request) -> tuple[Reply, ...]:
    """`notices comments off`, `notices comments off by email`, `notices all daily`."""
    found = _kinds(request, _seen(request))
    if isinstance(found, Reply):
        return (found,)
    often, channel = _often(request), _channel(request)
    uow, person = request.uow, request.actor()
    if often == "off":
        change_wishes.decline(uow, person, found, channel=channel)
    elif often == "on":
        change_wishes.accept(uow, person, found, channel=channel)
    elif channel:
        raise Refused(wish_refusals.same_everywhere(request.args["kind"]))
    else:
        change_wishes.set_cadence(uow, person, found, _CADENCES[often])
    return (wishes.chosen(request.desk.program, _seen(request), found),)


def digest(request: Request) -> tuple[Reply, ...]:
    """`digest daily`, `digest weekly`, `digest off`."""
    said = request.args.get("also") or request.args.get("often") or "off"
    change_wishes.set_digest(request.uow, request.actor(), _CADENCES[said.casefold()])
    return (wishes.digest(request.desk.program, _seen(request)),)


def digest_as_it_is(request: Request) -> tuple[Reply, ...]:
    """`digest`."""
    return (wishes.digest(request.desk.program, _seen(request)),)


def hours(request: Request) -> tuple[Reply, ...]:
    """`quiet hours`, `quiet hours 9pm to 7am`."""
    words = request.args.get("hours", "")
    quiet = quiet_said(words) if words else None
    if words and (quiet is None or quiet.begins == quiet.ends):
        raise Refused(wish_refusals.which_hours(words))
    return _with_hours(request, quiet, keep=not words)


def no_hours(request: Request) -> tuple[Reply, ...]:
    """`no quiet hours`."""
    return _with_hours(request, _NONE)


def usual_hours(request: Request) -> tuple[Reply, ...]:
    """`usual quiet hours`."""
    return _with_hours(request, None)


def zone(request: Request) -> tuple[Reply, ...]:
    """`time zone`, `time zone Europe/Berlin`, `time zone Chicago`."""
    person, words = request.actor(), request.args.get("zone", "")
    if words:
        meant = zone_named(words)
        if not meant.zone:
            return (wish_refusals.which_zone(words, meant.perhaps),)
        person = change_wishes.set_zone(request.uow, person, meant.zone, now=request.now)
    return (wishes.zone(person, now=request.now),)


def place(request: Request) -> tuple[Reply, ...]:
    """`tell me by slack`; of anything but a channel it is said to somebody else."""
    change_wishes.set_channel(request.uow, request.actor(), _channel(request))
    return (wishes.place(_seen(request)),)


def newest(request: Request) -> tuple[Reply, ...]:
    """`tell me wherever I wrote last`."""
    change_wishes.set_channel(request.uow, request.actor(), "")
    return (wishes.newest(_seen(request)),)


def _with_hours(request: Request, quiet: Quiet | None, *, keep: bool = False) -> tuple[Reply, ...]:
    if not keep:
        change_wishes.set_quiet(request.uow, request.actor(), quiet)
    return (wishes.hours(request.desk.program, _seen(request)),)


def _seen(request: Request) -> SeenWishes:
    return see_wishes(request.uow, request.desk.program, request.actor(), now=request.now)


def _often(request: Request) -> str:
    return request.args["often"].casefold()


def _channel(request: Request) -> str:
    """The channel that is named, also where the person has no address there; empty for none.

    `NotMine` for words that are not one.
    """
    said = request.args.get("channel", "")
    if not said:
        return ""
    own = places_of(request.uow, request.actor())
    here = (place.channel for place in own if is_called(place, said))
    found = next(here, "") or channel_called(said)
    if not found:
        raise NotMine
    return found


def _kinds(request: Request, seen: SeenWishes) -> tuple[Kind, ...] | Reply:
    """The kinds that are named: one, or all that are the person's to choose."""
    words = request.args["kind"]
    if plainly(words) in {ALL, "everything", "all notices"}:
        daily = _CADENCES.get(request.args.get("often", "").casefold())
        waits = daily not in {None, Cadence.AT_ONCE}
        return tuple(k for k in seen.kinds if not k.mandatory and (k.waits or not waits))
    found = kind_called(words, seen.kinds)
    if found:
        return (found,)
    ids = [kind.id for kind in seen.kinds]
    like = process.extract(words, ids, scorer=fuzz.WRatio, limit=_MOST, score_cutoff=_LIKE)
    return wish_refusals.no_kind(words, seen.kinds, [id for id, *_ in like])
