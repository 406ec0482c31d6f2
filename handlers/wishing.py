"""What somebody is told without asking: which kinds, how often, where, and at which hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from rapidfuzz import fuzz, process

from bot.domain.messages import Reply
from bot.domain.notices.kinds import Kind
from bot.domain.notices.seen_wishes import SeenWishes
from bot.domain.notices.wish_words import quiet_perhaps, quiet_said
from bot.domain.notices.wishes import Cadence, Quiet
from bot.errors import Refused
from bot.phrases import reminders, wish_lists, wish_refusals, wishes
from bot.phrases.kinds import ALL, kind_called, plainly
from bot.phrases.linking import channel_called, is_called
from bot.usecases import change_wishes
from bot.usecases.see_wishes import is_away, see_wishes
from bot.usecases.tell import places_of
from handlers.request import NotMine, Request
from handlers.zone_named import zone_named, zones_at

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
_MORNING = time(7)  # when quiet hours end, for want of any of the program
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
    seen = _seen(request)
    found = _kinds(request, seen)
    if isinstance(found, Reply):
        return (found,)
    often, channel = _often(request), _channel(request)
    if often == "off" and channel and len(found) == 1 and seen.is_off(found[0]):
        return (wishes.off_already(seen, found[0]),)
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
    """`digest`, which changes nothing."""
    return (wishes.digest_as_it_is(request.desk.program, _seen(request)),)


def no_such_digest(request: Request) -> tuple[Reply, ...]:
    """`digest monthly`, `digest daily at 7`."""
    request.actor()
    return (wish_refusals.no_such_digest(),)


def no_more(request: Request) -> tuple[Reply, ...]:
    """`stop all notices`, `no more idle notices`."""
    args = {**request.args, "kind": request.args.get("kind") or ALL, "often": "off"}
    return choose(replace(request, args=args))


def what_to_stop(request: Request) -> tuple[Reply, ...]:
    """`mute`, `notices off`: nothing is switched off before they say what."""
    return (wish_lists.what_to_stop(_seen(request)),)


def hours(request: Request) -> tuple[Reply, ...]:
    """`quiet hours`, `quiet hours 9pm to 7am`."""
    words = request.args.get("hours", "")
    quiet = quiet_said(words) if words else None
    if words and (quiet is None or quiet.begins == quiet.ends):
        request.actor()
        return (wish_refusals.which_hours(words, quiet_perhaps(words)),)
    return _with_hours(request, quiet, keep=not words)


def hours_from(request: Request) -> tuple[Reply, ...]:
    """`don't disturb me after 8pm`: until when is asked."""
    request.actor()
    program = request.desk.program.notices.quiet
    ends = program.ends if program else _MORNING
    words = f"{request.args['begins']} to {ends:%H:%M}"
    quiet = quiet_said(words) or next(iter(quiet_perhaps(words)), None)
    if quiet is None or quiet.begins == quiet.ends:
        return (wish_refusals.which_hours(request.args["begins"]),)
    return (wish_refusals.until_when(quiet),)


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
        showing = zones_at(words, now=request.now)
        meant = zone_named(words)
        if showing is not None or not meant.zone:
            perhaps = meant.perhaps if showing is None else showing
            return (wish_refusals.which_zone(words, perhaps),)
        before = person.zone
        person = change_wishes.set_zone(request.uow, person, meant.zone, now=request.now)
        own, now = request.uow.reminders.of(person), request.now
        said = wishes.zone(person, now=now, chosen=True)
        return (reminders.in_new_zone(said, own, before, person.zone, now=now),)
    return (wishes.zone(person, now=request.now),)


def lives_there(request: Request) -> tuple[Reply, ...]:
    """`I moved to Denver`: asked about, unless no place is known that is called so."""
    meant = zone_named(request.args["zone"].rstrip(" .!"))
    if not meant.zone or request.person is None:
        raise NotMine
    return (wish_refusals.lives_there(meant.zone),)


def place(request: Request) -> tuple[Reply, ...]:
    """`tell me by slack`; of anything but a channel it is said to somebody else."""
    channel = _channel(request)
    change_wishes.set_channel(request.uow, request.actor(), channel)
    return (wishes.place(_seen(request), is_away=is_away(request.uow, channel)),)


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
