"""What a candidate shows to mentors, and what these say to it."""

from __future__ import annotations

from bot.domain.messages import Reply
from bot.domain.sharing import EVERYTHING, last_day
from bot.errors import Refused
from bot.evidence.hints import hints
from bot.phrases import shared_record, sharing
from bot.usecases import share_set
from bot.usecases.comment_shared import Remark, comment_shared, comments_on, comments_with
from bot.usecases.read_shared import find_share, open_shared, read_shared, shared_with
from handlers.request import Request
from handlers.set_named import one_set, set_named, unknown_set

_ALL = ("all", "everything", "it all", "my record", "the record", "my whole record")


def share(request: Request) -> tuple[Reply, ...]:
    """`share technology with mia@example.org for 30 days`, `share all with ...`."""
    how_long = request.args.get("how_long", "")
    set_id = _set(request, how_long)
    candidate = request.who()
    wish = share_set.Wish(
        set_id=set_id, address=request.args["who"].strip("<>,;:"), how_long=how_long
    )
    made = share_set.share_set(request.uow, request.desk.program, candidate, wish, now=request.now)
    told = sharing.shared(
        request.desk.program,
        made.share,
        candidate.person,
        address=made.address,
        usual=not how_long,
        replaced=made.replaced,
    )
    return (told,)


def shares(request: Request) -> tuple[Reply, ...]:
    """`shares`."""
    candidate, now = request.who(), request.now
    made = share_set.see_shares(request.uow, candidate, now=now)
    return (sharing.shares(request.desk.program, made, owner=candidate.person, now=now),)


def revoke(request: Request) -> tuple[Reply, ...]:
    """`unshare 3`."""
    program = request.desk.program
    ended, mentor = share_set.end_share(
        request.uow, program, request.who(), request.number(), now=request.now
    )
    return (sharing.ended(program, ended, mentor),)


def who_looked(request: Request) -> tuple[Reply, ...]:
    """`who looked`."""
    candidate = request.who()
    looked = share_set.who_looked(request.uow, candidate, now=request.now)
    return (sharing.who_looked(request.desk.program, looked, candidate.person.zone),)


def shared_with_me(request: Request) -> tuple[Reply, ...]:
    """`shared with me`."""
    person = request.actor()
    found = shared_with(request.uow, person, now=request.now)
    return (sharing.shared_with_me(request.desk.program, found, mentor=person),)


def look(request: Request) -> tuple[Reply, ...]:
    """`look at share 3`, `look at share 3 technology`, `look at share 3 statement`."""
    program, person = request.desk.program, request.actor()
    number = request.number()
    share = find_share(request.uow, person, number, now=request.now)
    set_id = set_named(request, certain=True) or share.set_id
    seen = read_shared(request.uow, program, person, number, set_id=set_id, now=request.now)
    if "statement" not in request.args:
        return (shared_record.shown(program, seen, person),)
    if not set_id:
        raise Refused(f"Which set's? Say: look at share {number} SET statement.")
    return (shared_record.statement(program, seen),)


def open_file(request: Request) -> tuple[Reply, ...]:
    """`open share 3 file 7`."""
    program, person = request.desk.program, request.actor()
    number, file = request.number(), request.number("file")
    share = find_share(request.uow, person, number, now=request.now)
    evidence = open_shared(request.uow, program, person, number, file, now=request.now)
    owner = request.uow.people.get(share.owner_id) or person
    return (shared_record.opened(program, evidence, owner),)


def comment(request: Request) -> tuple[Reply, ...]:
    """`comment share 3 TECH-8: words`."""
    program, person = request.desk.program, request.actor()
    find = request.args.get("section", "")
    section, set_id = _place(request, find) if find else ("", "")
    remark = Remark(text=request.args["text"].strip(), section=section, set_id=set_id)
    kept, other = comment_shared(
        request.uow, program, person, request.number(), remark, now=request.now
    )
    return (sharing.commented(program, kept, other),)


def comments(request: Request) -> tuple[Reply, ...]:
    """`comments`: on one's own record, or for a mentor on what is shared."""
    person, set_id = request.actor(), set_named(request)
    if request.candidate:
        said = comments_on(request.uow, request.candidate, now=request.now)
    else:
        said = comments_with(request.uow, person, now=request.now)
    if set_id:
        said = tuple(c for c in said if c.set_id == set_id)
    return (sharing.comments(request.desk.program, said, person.zone),)


def _set(request: Request, how_long: str) -> str:
    """The set to be shared; words that name none and no time either are a question."""
    said, words = request.args["set"].casefold(), request.desk.program.words
    own = {words.record.casefold(), words.record_short.casefold()}
    if said in _ALL or said.removeprefix("my ") in own:
        return EVERYTHING
    return set_named(request, certain=_is_time(request, how_long), whole=True)


def _is_time(request: Request, how_long: str) -> bool:
    try:
        last_day(request.now.date(), how_long)
    except Refused:
        return False
    return True


def _place(request: Request, said: str) -> tuple[str, str]:
    """Section and set that a comment is about, from words like TECH-8, or a set's name."""
    program = request.desk.program
    ids = {s.id.casefold(): s.id for s in program.sections}
    section = ids.get(said.casefold()) or next(iter(hints(program, said)), "")
    if section:
        return section, next(s.set_id for s in program.sections if s.id == section)
    if set_id := one_set(program, said):
        return "", set_id
    raise unknown_set(program, said)
