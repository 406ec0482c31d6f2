"""How shares, comments on them, and who looked are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from bot.domain.messages import Block, Bullets, Choice, Paragraph, Reply
from bot.domain.people import Person
from bot.domain.program import Program
from bot.domain.shared_record import Looked
from bot.domain.sharing import USUAL_DAYS, Comment, Share
from bot.phrases.sections import short_name
from bot.phrases.talk import plain
from bot.phrases.times import clock_time, moment, times_of, told

MOST_ENDED = 10  # newest ended shares listed
MOST_COMMENTS = 30  # newest comments listed
_MOMENT = timedelta(microseconds=1)


def shared(
    program: Program, share: Share, owner: Person, *, address: str, usual: bool, replaced: int
) -> Reply:
    """A new share, told to its owner: who will see what until when, and how to end it.

    Whether that address is somebody's here already makes no difference to the words.
    """
    what, number = part_name(program, share.set_id), share.id
    days = f" You named no time, so it is {USUAL_DAYS} days." if usual else ""
    lines = [
        f"Shared {what} with {address}, to read and to comment, {_until(share, owner.zone)} "
        f"({owner.zone_words}): share {number}.{days}",
        f"Only whoever proves that {address} is theirs will see it. All else stays private. "
        f"Who looked at it, you see with: who looked. To end it, say: unshare {number}.",
    ]
    if replaced:
        lines.insert(1, f"It takes the place of share {replaced}, which has ended.")
    return _reply(lines, Choice(label=f"End share {number}", says=f"unshare {number}"))


def told_shared(
    program: Program, share: Share, people: tuple[Person, Person], *, how: str, replaced: int
) -> Reply:
    """A new share, told to the mentor; `people` are owner and mentor, `how` how one may see it."""
    owner, mentor = people
    lines = [
        f"{owner.name} ({owner.email}) shares {part_name(program, share.set_id)} with you until "
        f"{moment(share.until, mentor.zone)}, to read and to comment. "
        f"That you look is noted, and {owner.name} can see it. Say: look at share {share.id}."
    ]
    if replaced:
        lines.append(f"It takes the place of share {replaced}.")
    if how:
        lines.append(how)
    return _reply(lines, _look(share.id))


def ended(program: Program, share: Share, mentor: Person | None) -> Reply:
    """A share that was just ended, told to its owner."""
    who = mentor.email if mentor else "nobody"
    what = part_name(program, share.set_id)
    return plain(f"Share {share.id} has ended: {who} sees nothing of {what} by it any more.")


def told_ended(program: Program, share: Share, *, owner: Person) -> Reply:
    """A share that was just ended, told to the mentor."""
    what = part_name(program, share.set_id)
    return plain(f"{owner.name} has ended share {share.id} ({what}). It is no longer to be seen.")


def ended_before(share: Share, zone: ZoneInfo) -> str:
    """Why a share that has ended cannot be ended, or spoken about, again."""
    return f"Share {share.id} ended on {moment(share.ended_at, zone)}; nothing was changed."


def shares(
    program: Program,
    made: Sequence[tuple[Share, Person | None]],
    *,
    owner: Person,
    now: datetime,
) -> Reply:
    """All that a candidate shares, then what has ended, the newest first."""
    active = [(s, m) for s, m in made if s.active(now)]
    past = [(s, m) for s, m in reversed(made) if not s.active(now)]
    if not made:
        code = program.sets[0].title
        return plain(
            f"You share nothing: your record is private. Say: share {code} with "
            "SOMEBODY@EXAMPLE.ORG for 30 days."
        )
    lead = f"You share, times in {owner.zone_words}:" if active else "You share nothing now."
    blocks: list[Block] = [Paragraph(text=lead)]
    if active:
        blocks.append(Bullets(items=tuple(_line(program, s, m, owner.zone) for s, m in active)))
    if past:
        blocks.append(Paragraph(text=f"Ended, times in {owner.zone_words}:"))
        items = tuple(_past_line(program, s, m, owner.zone) for s, m in past[:MOST_ENDED])
        blocks.append(Bullets(items=items))
    ends = tuple(Choice(label=f"End share {s.id}", says=f"unshare {s.id}") for s, _ in active)
    return Reply(blocks=tuple(blocks), choices=ends[:3])


def shared_with_me(
    program: Program, found: Sequence[tuple[Share, Person]], *, mentor: Person
) -> Reply:
    """What others share with a mentor now."""
    if not found:
        return plain("Nobody shares anything with you now. A candidate does it by your address.")
    lead = Paragraph(text=f"Shared with you, times in {mentor.zone_words}:")
    lines = tuple(
        f"Share {share.id}: {part_name(program, share.set_id)} of {owner.name}, until "
        f"{clock_time(share.until, mentor.zone)}"
        for share, owner in found
    )
    looks = tuple(_look(share.id) for share, _ in found[:5])
    return Reply(blocks=(lead, Bullets(items=lines)), choices=looks)


def commented(program: Program, comment: Comment, other: Person | None) -> Reply:
    """A comment, told to whoever made it; `other` is who was told of it, if anybody was."""
    place = _place(program, comment)
    if other is None:
        return plain(f"Kept. What you said on {place} stands there for the other to read.")
    return plain(f"Kept. {other.name} is told what you said on {place}.")


def told_comment(program: Program, comment: Comment) -> Reply:
    """A comment, told to the other of the two."""
    section = f" {comment.section}" if comment.section else ""
    heads = f"comment share {comment.share_id}{section}: "
    lines = [
        f"{comment.author} on {_place(program, comment)} (share {comment.share_id}): "
        f"\u201c{comment.text}\u201d",
        f"To answer, say: {heads}YOUR WORDS.",
    ]
    return replace(_reply(lines), heads=heads)


def comments(program: Program, said: Sequence[Comment], zone: ZoneInfo) -> Reply:
    """Comments by set and section in the program's order, in each the newest last."""
    if not said:
        return plain("Nobody has said anything about it yet.")
    lead = times_of(zone)
    if len(said) > MOST_COMMENTS:
        lead = f"The newest {MOST_COMMENTS} of {len(said)} comments. {lead}"
    return Reply(blocks=(Paragraph(text=lead), *comment_blocks(program, said, zone)))


def comment_blocks(program: Program, said: Sequence[Comment], zone: ZoneInfo) -> tuple[Block, ...]:
    """The newest comments, each place with a line of its own above them."""
    places = {section.id: n for n, section in enumerate(program.sections)}
    sets = {s.id: n for n, s in enumerate(program.sets)}

    def order(comment: Comment) -> tuple[int, int, int]:
        return sets.get(comment.set_id, -1), places.get(comment.section, -1), comment.id

    blocks: list[Block] = []
    newest = sorted(sorted(said, key=lambda c: c.id)[-MOST_COMMENTS:], key=order)
    for place, group in groupby(newest, key=lambda comment: _place(program, comment)):
        lines = (f"{c.author}, {clock_time(c.at, zone)}: {c.text}" for c in group)
        blocks += [Paragraph(text=f"On {place}:"), Bullets(items=tuple(lines))]
    return tuple(blocks)


def who_looked(program: Program, looked: Sequence[Looked], zone: ZoneInfo) -> Reply:
    """Who else looked at a record, newest first."""
    if not looked:
        return plain("Nobody but you has looked at your record.")
    lead = Paragraph(text=f"Who looked at your record, newest first, times in {zone.key}:")
    lines = (
        f"{clock_time(o.at, zone)}, {o.name or 'a reviewer'}: {_saw(program, o)}" for o in looked
    )
    return Reply(blocks=(lead, Bullets(items=tuple(lines))))


def part_name(program: Program, set_id: str) -> str:
    """A set's title, or words for everything."""
    return program.set(set_id).title if set_id else f"the whole {program.words.record_short}"


def _saw(program: Program, looked: Looked) -> str:
    details = looked.details
    if looked.action == "opened":
        return f"opened file {details.get('file', '')} of share {details.get('share', '')}"
    if "submission" in details:
        return _saw_submission(details)
    if looked.action == "exported":
        return "wrote an archive of all of it"
    if looked.action == "read-appeal":
        return f"appeal {details.get('appeal', '')}"
    known = {s.id for s in program.sets}
    set_id = details.get("set", "")
    return part_name(program, set_id if set_id in known else "")


def _saw_submission(details: Mapping[str, str]) -> str:
    matter = f"submission {details['submission']}"
    if "file" in details:
        return f"opened file {details['file']} of {matter}"
    if details.get("what") == "submission":
        return f"how {matter} stands"
    return f"the {details.get('what', 'dossier')} of {matter}"


def _place(program: Program, comment: Comment) -> str:
    whole = part_name(program, comment.set_id)
    if not comment.section:
        return whole
    return f"{short_name(program, comment.section)} in {whole}"


def _until(share: Share, zone: ZoneInfo) -> str:
    """A share ends with a day of its owner; if they moved since, at some hour of another."""
    ends = share.until.astimezone(zone)
    if (ends.hour, ends.minute) == (0, 0):
        return f"until the end of {told((share.until - _MOMENT).astimezone(zone).date())}"
    return f"until {clock_time(share.until, zone)}"


def _line(program: Program, share: Share, mentor: Person | None, zone: ZoneInfo) -> str:
    return f"{_head(program, share, mentor)}, {_until(share, zone)}"


def _past_line(program: Program, share: Share, mentor: Person | None, zone: ZoneInfo) -> str:
    how = "ended by you" if share.revoked_at else "over"
    return f"{_head(program, share, mentor)}, {how} on {clock_time(share.ended_at, zone)}"


def _head(program: Program, share: Share, mentor: Person | None) -> str:
    who = mentor.email if mentor else "nobody"
    return f"Share {share.id}: {part_name(program, share.set_id)} with {who}"


def _look(number: int) -> Choice:
    return Choice(label=f"Look at share {number}", says=f"look at share {number}")


def _reply(lines: Sequence[str], *choices: Choice) -> Reply:
    return Reply(blocks=tuple(Paragraph(text=line) for line in lines), choices=choices)
