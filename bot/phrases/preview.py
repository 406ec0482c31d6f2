"""How it is told exactly what reviewers would see of a set, and who looks at what."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.choosing import LOCKING, Plan
from bot.domain.messages import Block, Bullets, Paragraph, Reply
from bot.domain.phases import Phase
from bot.domain.program import Program
from bot.domain.readiness import SetCheck
from bot.domain.statement import Draft
from bot.domain.submission import Item, manifest_sha256
from bot.phrases.choosing import route_name
from bot.phrases.filing import size
from bot.phrases.readiness import other_way, to_check, to_submit, who_looks
from bot.phrases.sections import short_name


def preview(program: Program, one: SetCheck, *, items: Sequence[Item], statement: Draft) -> Reply:
    """The files by section, the statement, the checks, and the hash that stands for all of it."""
    frozen = one.plan.standing.phase in LOCKING
    goes_back = one.plan.standing.phase is Phase.MORE_WANTED and not one.plan.switched
    written = "" if frozen else _statement(program, statement)
    blocks: tuple[Block, ...] = (
        Paragraph(text=_lead(program, one.plan, items)),
        *_files(program, items),
        *((Paragraph(text=written),) if written else ()),
        *(() if frozen or goes_back else who_looks(one.found)),
        *other_way(program, one),
        *_manifest(items),
    )
    if frozen or goes_back:
        return Reply(blocks=blocks)
    choices = to_submit(one) if one.found.ready else (to_check(one.plan),)
    return Reply(blocks=blocks, choices=choices)


def _lead(program: Program, plan: Plan, items: Sequence[Item]) -> str:
    count = program.rules.review.reviewers[plan.route]
    who = "a reviewer" if count == 1 else f"{count} reviewers"
    sections = len({item.section for item in items})
    what = f"{_count(len(items), 'file')} in {_count(sections, 'section')}"
    by, submission = f"{plan.set.title}, by {route_name(program, plan.route)}", plan.standing
    if submission.submission and submission.phase in LOCKING:
        number = submission.submission.id
        return f"{by}: submission {number} is frozen. Exactly this is what {who} can see: {what}."
    if submission.submission and submission.phase is Phase.MORE_WANTED and not plan.switched:
        return (
            f"{by}: if it went back now, {who} would see exactly this: {what}. Nothing else of "
            f"submission {submission.submission.id} changes than what was asked for."
        )
    if not items:
        return f"{by}: if you submitted now, {who} would see nothing, since no file is filed."
    return f"{by}: if you submitted now, {who} would see exactly this: {what}."


def _files(program: Program, items: Sequence[Item]) -> list[Block]:
    return [Bullets(items=tuple(_item(program, item) for item in items))] if items else []


def _manifest(items: Sequence[Item]) -> list[Block]:
    if not items:
        return []
    return [Paragraph(text=f"Hash of the whole (SHA-256): {manifest_sha256(items)}.")]


def _item(program: Program, item: Item) -> str:
    return (
        f"{short_name(program, item.section)}: file {item.number}, {item.name}, "
        f"{size(item.size)}, {item.kind}"
    )


def _statement(program: Program, draft: Draft) -> str:
    """Which text of the statement a reviewer would read; empty where none was written here."""
    name, newest = program.words.statement, draft.now
    if newest is None or not newest.paragraphs or not draft.asked:
        return ""
    if newest.sha256 in {e.sha256 for e in draft.filed}:
        return f"The {name} is version {newest.number}, {_count(newest.words, 'word')}."
    filed = [v for v in map(draft.version_in, draft.filed) if v]
    seen = f"version {filed[-1].number}" if filed else "nothing of it"
    return (
        f"The newest version of the {name} ({newest.number}, {_count(newest.words, 'word')}) is "
        f"not filed: a reviewer would see {seen}. Say: show statement {draft.set.title}."
    )


def _count(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number:,} {noun}s"
