"""Say something about what is shared: the mentor to its owner, and the owner to the mentor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.limits import MOST_COMMENTS_A_DAY, check_count, check_words
from bot.domain.notices.happenings import COMMENTS
from bot.domain.notices.manner import told_as
from bot.domain.people import Candidate, Person
from bot.domain.program import Program
from bot.domain.rights import Action
from bot.domain.shared_record import shared_sections
from bot.domain.sharing import Comment, Share
from bot.errors import NotFound, Refused
from bot.phrases import sharing
from bot.ports import UnitOfWork
from bot.usecases.permit import permit
from bot.usecases.read_shared import between, find_share, shared_with
from bot.usecases.share_set import own_share
from bot.usecases.still_theirs import OF_SHARE
from bot.usecases.tell import tell


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Words about a place: a section, a set, or (both empty) all that the share shows."""

    text: str
    section: str = ""
    set_id: str = ""


def comment_shared(
    uow: UnitOfWork,
    program: Program,
    person: Person,
    number: int,
    remark: Remark,
    *,
    now: datetime,
) -> tuple[Comment, Person | None]:
    """The comment kept, and who was told of it; nobody where such notices are declined."""
    share = _share(uow, person, number, now=now)
    set_id = remark.set_id or share.set_id
    _check(program, share, remark, set_id)
    _check_count(uow, person, share, now=now)
    permit(uow, person, Action.COMMENT, owner_id=share.owner_id, set_id=set_id, now=now)
    comment = uow.shares.comment(
        share, person, section=remark.section, text=remark.text, set_id=set_id, at=now
    )
    uow.trail.append(
        at=now,
        actor=f"person:{person.id}",
        action="commented",
        subject=f"share:{share.id}",
        details={"comment": str(comment.id), "set": set_id, "section": remark.section},
    )
    other = uow.people.get(share.mentor_id if person.id == share.owner_id else share.owner_id)
    if other is None:
        return comment, None
    words = sharing.told_comment(program, comment)
    how = told_as(program, COMMENTS)
    key = f"{OF_SHARE}{share.id}:comment:{comment.id}"
    is_told = tell(uow, other, words, key=key, now=now, how=how)
    return comment, other if is_told else None


def comments_on(uow: UnitOfWork, candidate: Candidate, *, now: datetime) -> tuple[Comment, ...]:
    """Everything that was said about the candidate's record, oldest first."""
    own = candidate.person
    permit(uow, own, Action.READ, owner_id=own.id, now=now)
    return uow.shares.comments(own)


def comments_with(uow: UnitOfWork, mentor: Person, *, now: datetime) -> tuple[Comment, ...]:
    """What was said about what others share with the mentor now, by share, oldest first."""
    found = [
        comment
        for share, owner in shared_with(uow, mentor, now=now)
        for comment in between(uow, share, owner, set_id=share.set_id)
    ]
    return tuple(dict.fromkeys(found))


def _share(uow: UnitOfWork, person: Person, number: int, *, now: datetime) -> Share:
    """The active share; the owner of one that has ended is told so."""
    share = uow.shares.get(number)
    if share and share.owner_id == person.id and not share.active(now):
        ended = sharing.ended_before(own_share(uow, person, number), person.zone)
        raise Refused(f"{ended} Its mentor reads nothing any more: share it again first.")
    return find_share(uow, person, number, now=now)


def _check_count(uow: UnitOfWork, person: Person, share: Share, *, now: datetime) -> None:
    """`Refused` for too many in a day: each is a message to somebody."""
    owner = uow.people.get(share.owner_id)
    said = uow.shares.comments(owner) if owner else ()
    check_count(
        sum(c.author_id == person.id and now - c.at < timedelta(days=1) for c in said),
        MOST_COMMENTS_A_DAY,
        f"You made {MOST_COMMENTS_A_DAY} comments within a day, which is all that is allowed; "
        "nothing was said. Try again tomorrow.",
    )


def _check(program: Program, share: Share, remark: Remark, set_id: str) -> None:
    """`NotFound` when the place is not part of what is shared, `Refused` for words too long."""
    inside = not remark.section or remark.section in shared_sections(program, share.set_id)
    if not share.covers(set_id) or not inside:
        raise NotFound(
            f"Share {share.id} does not show that; nothing was said. Say: look at share {share.id}."
        )
    check_words(remark.text, "A comment")
