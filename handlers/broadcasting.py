"""Staff write to many people at once, and see what becomes of it."""

from __future__ import annotations

import re
from functools import partial

from bot.domain.messages import Reply
from bot.domain.notices.broadcast import Broadcast
from bot.domain.notices.groups import NAMED, Group, Which, group_of
from bot.domain.program import Program
from bot.domain.rights import Action
from bot.errors import Refused
from bot.phrases import broadcast_reports, broadcasting, groups, staff_digest
from bot.usecases import broadcast as writing
from bot.usecases import see_broadcast
from bot.usecases.people_in import Counted, Uncounted
from bot.usecases.permit import permit
from bot.usecases.report_unanswered import grouped, see_declined
from bot.usecases.send_broadcast import RATE
from bot.usecases.staff_digest import DECLINED, WEEK, see_digest
from handlers.request import Request
from handlers.set_named import one_set
from handlers.yes import YES

_PERSON = re.compile(r"^person\s+", re.IGNORECASE)
_YES = YES | {"ok", "okay", "go", "send", "send it"}


def write(request: Request) -> tuple[Reply, ...]:
    """`broadcast to candidates: WORDS`."""
    group = _group(request)
    if group is None:
        return _groups(request, unknown=request.args["group"])
    person, words, count = request.actor(), request.args["text"], partial(_counted, request)
    made = writing.draft(request.uow, person, group, words, count=count, now=request.now)
    return (_preview(request, made),)


def half(request: Request) -> tuple[Reply, ...]:
    """`broadcast to candidates`, and `broadcast`."""
    said = request.args.get("group") or ""
    group = _group(request) if said else None
    if group is None:
        return _groups(request, unknown=said)
    permit(request.uow, request.actor(), Action.BROADCAST, now=request.now)
    return (broadcasting.what(request.desk.program, group, said),)


def change(request: Request) -> tuple[Reply, ...]:
    """`change broadcast 3: WORDS`; a bare yes, below a preview, are none."""
    if request.args["text"].strip(" .!").casefold() in _YES:
        found = writing.find(request.uow, request.actor(), request.number(), now=request.now)
        return (broadcasting.no_words(found.id),)
    made = writing.change(
        request.uow,
        request.actor(),
        request.number(),
        request.args["text"],
        count=partial(_counted, request),
        now=request.now,
    )
    return (_preview(request, made),)


def half_change(request: Request) -> tuple[Reply, ...]:
    """`change broadcast 3`."""
    found = writing.find(request.uow, request.actor(), request.number(), now=request.now)
    return (broadcasting.what_instead(found.id),)


def test(request: Request) -> tuple[Reply, ...]:
    """`test broadcast 3`."""
    program, person = request.desk.program, request.actor()
    to = writing.send_test(request.uow, program, person, request.number(), now=request.now)
    one = writing.find(request.uow, person, request.number(), now=request.now)
    return (broadcasting.tested(one, to),)


def send(request: Request) -> tuple[Reply, ...]:
    """`send broadcast 3`."""
    program, person, count = request.desk.program, request.actor(), partial(_counted, request)
    done = writing.confirm(request.uow, person, request.number(), count=count, now=request.now)
    if not isinstance(done, Broadcast):
        return (_preview(request, done),)
    progress = see_broadcast.progress_of(request.uow, done)
    return (broadcasting.begun(program, progress, rate=RATE),)


def cancel(request: Request) -> tuple[Reply, ...]:
    """`cancel broadcast 3`."""
    program, person = request.desk.program, request.actor()
    done = writing.cancel(request.uow, program, person, request.number(), now=request.now)
    told = broadcast_reports.cancelled(
        program, done.broadcast, done.withdrawn, instead=done.instead
    )
    return (told,)


def show(request: Request) -> tuple[Reply, ...]:
    """`broadcast 3`: how far it is, and whom it did not reach."""
    person, desk = request.actor(), request.desk
    found = see_broadcast.see_broadcast(
        request.uow, desk, person, request.number(), now=request.now
    )
    told = broadcast_reports.report(
        desk.program, found.progress, found.unreached, found.table, zone=person.zone
    )
    return (told,)


def every(request: Request) -> tuple[Reply, ...]:
    """`broadcasts`."""
    found = see_broadcast.see_broadcasts(request.uow, request.actor(), now=request.now)
    return (broadcast_reports.broadcasts(request.desk.program, found),)


def digest(request: Request) -> tuple[Reply, ...]:
    """`staff digest`: what staff are told each working day, as it is now; with its topics."""
    person, program = request.actor(), request.desk.program
    topics = request.prepared.groups
    if topics is None:  # it was picked by number
        asked = see_declined(request.uow, person, days=WEEK.days, most=DECLINED, now=request.now)
        topics = grouped(request.desk, asked)
    found = see_digest(request.uow, request.desk, person, topics, now=request.now)
    return (staff_digest.overview(program, found, zone=person.zone, now=request.now),)


def _group(request: Request) -> Group | None:
    """The group of those words; a person's address or name is a group of one."""
    said, program = request.args["group"], request.desk.program
    permit(request.uow, request.actor(), Action.BROADCAST, now=request.now)
    if (found := group_of(said)) and _is_known(program, found):
        return found
    if set_id := one_set(program, said):
        return Group(which=Which.SET, of=set_id)
    person = request.uow.people.find(_PERSON.sub("", said))
    return Group(which=Which.PERSON, of=str(person.id)) if person else None


def _is_known(program: Program, group: Group) -> bool:
    """Whether its own words say which group it is; else the program's names, or people's, do."""
    if group.which is Which.SET:
        return any(one.id == group.of for one in program.sets)
    return group.which is not Which.PERSON


def _groups(request: Request, *, unknown: str) -> tuple[Reply, ...]:
    """The groups that have a name of their own, with how many people are in each."""
    permit(request.uow, request.actor(), Action.BROADCAST, now=request.now)
    counted = request.prepared.counted
    if any(Group(which=one) not in counted for one in NAMED):
        raise Uncounted([Group(which=one) for one in NAMED])
    counts = {Group(which=one): len(counted[Group(which=one)].people) for one in NAMED}
    example = request.desk.program.sets[0].title
    return (groups.groups(counts, unknown=unknown, example=example),)


def _counted(request: Request, group: Group) -> Counted:
    """Who is in it, as it was seen before this transaction; `Uncounted` where nobody looked."""
    found = request.prepared.counted.get(group)
    if found is None:
        raise Uncounted([group])
    if not found.people:
        raise Refused(broadcasting.nobody(groups.called(request.desk.program, group)))
    return found


def _preview(request: Request, made: writing.Preview) -> Reply:
    program, one = request.desk.program, made.broadcast
    shown = writing.as_read(program, one, request.actor())
    instead = broadcasting.in_place_of(made.instead, made.why)
    return broadcasting.preview(program, one, made.reach, shown, rate=RATE, instead=instead)
