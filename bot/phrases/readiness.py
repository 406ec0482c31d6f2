"""How it is told what a set lacks before it is submitted."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.choosing import LOCKING, Plan
from bot.domain.messages import Block, Bullets, Choice, Paragraph, Quotation, Reply
from bot.domain.phases import Phase
from bot.domain.portfolio import Evidence
from bot.domain.program import Program
from bot.domain.readiness import Check, Readiness, SetCheck
from bot.domain.rules import Route
from bot.phrases.choosing import route_name
from bot.phrases.sections import same_again, short_name

FEW = 5  # of anything that is named rather than counted


def overview(program: Program, sets: Sequence[SetCheck], *, open_electives: int) -> Reply:
    """Every chosen set in a line, and what else is open."""
    ready = [one for one in sets if one.submittable and one.found.ready]
    lacking = [one.plan for one in sets if one.submittable and not one.found.ready]
    verb = "is" if len(ready) == 1 else "are"
    blocks: list[Block] = [
        Paragraph(text=f"{len(ready)} of your {len(sets)} sets {verb} ready to be submitted."),
        Bullets(items=tuple(_set_line(program, one) for one in sets)),
        *_not_filed(sets[0].waiting),
    ]
    if open_electives:
        blocks.append(Paragraph(text=f"Electives still to choose: {open_electives}."))
    choices = (
        *(choice for one in ready for choice in to_submit(one)),
        *(to_check(plan) for plan in lacking),
    )
    return Reply(blocks=tuple(blocks), choices=choices[:FEW])


def check(program: Program, one: SetCheck, *, quotes: Sequence[Quotation], caution: str) -> Reply:
    """One set: everything that lacks, with its reason, and who judges the rest.

    `caution` says what the documents say of a closed route; empty when they say nothing.
    """
    if one.plan.standing.phase in LOCKING:
        return _on_way(one.plan)
    if one.plan.standing.phase is Phase.MORE_WANTED and not one.plan.switched:
        return _more_wanted(program, one)
    blocks: tuple[Block, ...] = (
        Paragraph(text=_lead(program, one)),
        *_missing(program, one.found),
        *other_way(program, one),
        *quotes,
        *_not_filed(one.waiting),
        *((Paragraph(text=caution),) if caution else ()),
        *who_looks(one.found),
        *_not_chosen(one),
    )
    if one.found.ready:
        return Reply(blocks=blocks, choices=(*to_submit(one), _to_preview(one.plan)))
    advice = Choice(label="Which route fits", says=f"which route for {one.plan.set.title}")
    return Reply(blocks=blocks, choices=(_to_preview(one.plan), advice))


def other_way(program: Program, one: SetCheck) -> tuple[Block, ...]:
    """Of a set that is proved otherwise while more is wanted: that both ways are open."""
    plan, submission, title = one.plan, one.plan.standing.submission, one.plan.set.title
    if submission is None or not plan.switched:
        return ()
    tokens = ", ".join(request.token for request in one.asked)
    text = (
        f"Two ways are open. By {route_name(program, plan.route)}: submit {title}, and what was "
        f"asked for in submission {submission.id} is given up. By "
        f"{route_name(program, submission.route)}, as it was submitted: send what was asked for "
        f"({tokens}); when all of it has come, the set goes back to its reviewers."
    )
    return (Paragraph(text=text),)


def who_looks(found: Readiness) -> tuple[Block, ...]:
    """Who looks at what: a rule counts, people judge."""
    there = len(found.checks) - len(found.missing)
    return (
        Paragraph(
            text=f"Checked by a rule: {there} of {len(found.checks)} sections that must hold a "
            "file hold one. No rule looks into the files."
        ),
        Paragraph(text="Judged by people:"),
        Bullets(items=found.judged),
    )


def to_submit(one: SetCheck) -> tuple[Choice, ...]:
    """A button that submits the set, or chooses it where that comes first."""
    title = one.plan.set.title
    if not one.chosen:
        return (Choice(label=f"Choose {title}", says=f"choose {title}"),)
    return (Choice(label=f"Submit {title}", says=f"submit {title}"),) if one.submittable else ()


def to_check(plan: Plan) -> Choice:
    """A button that tells what the set lacks."""
    return Choice(label=f"What {plan.set.title} lacks", says=f"ready {plan.set.title}")


def _to_preview(plan: Plan) -> Choice:
    return Choice(label="What a reviewer sees", says=f"preview {plan.set.title}")


def _set_line(program: Program, one: SetCheck) -> str:
    title, submission = one.plan.set.title, one.plan.standing.submission
    if submission and not one.submittable:
        return f"{title}: {one.plan.standing.phase} (submission {submission.id})."
    name, wanted = route_name(program, one.plan.route), ""
    if submission and one.plan.switched:
        by = route_name(program, submission.route)
        wanted = f" Or by {by}: more documents are wanted after submission {submission.id}."
    if one.found.ready:
        return f"{title}: ready, by {name}.{wanted}"
    if one.found.refused:
        return f"{title}: not ready, the same as in submission {one.found.refused}, by {name}."
    missing, count = len(one.found.missing), len(one.found.checks)
    return f"{title}: {missing} of {count} missing, by {name}.{wanted}"


def _lead(program: Program, one: SetCheck) -> str:
    head = f"{one.plan.set.title}, by {route_name(program, one.plan.route)}"
    if one.found.ready:
        return f"{head}, is ready: everything that a rule can check is there."
    if one.found.refused:
        return f"{head}, is not ready. {same_again(one.plan.set.title, one.found.refused)}"
    missing, count = len(one.found.missing), len(one.found.checks)
    if count == 1:
        return f"{head}, is not ready: the one thing it needs is missing."
    return f"{head}, is not ready: {missing} of {count} things are missing."


def _missing(program: Program, found: Readiness) -> list[Block]:
    """What lacks, grouped by the reason why it must be there."""
    blocks: list[Block] = []
    for reason in dict.fromkeys(check.reason for check in found.missing):
        same = (check for check in found.missing if check.reason == reason)
        blocks.append(Paragraph(text=f"{reason} Missing:"))
        blocks.append(Bullets(items=tuple(_named(program, check) for check in same)))
    return blocks


def _named(program: Program, check: Check) -> str:
    name = short_name(program, check.section)
    return name if name == check.text else f"{name}: {check.text}"


def _not_filed(waiting: Sequence[Evidence]) -> list[Block]:
    if not waiting:
        return []
    names = ", ".join(f"file {e.number} ({e.name})" for e in waiting[:FEW])
    more = f" and {len(waiting) - FEW} more" if len(waiting) > FEW else ""
    return [
        Paragraph(
            text=f"Not filed yet, so not counted: {names}{more}. Say: move {waiting[0].number} to "
            "SECTION."
        )
    ]


def _not_chosen(one: SetCheck) -> list[Block]:
    if one.chosen:
        return []
    title = one.plan.set.title
    return [Paragraph(text=f"{title} is not among your electives yet. Say: choose {title}.")]


def _on_way(plan: Plan) -> Reply:
    submission = plan.standing.submission
    number = submission.id if submission else 0
    see = Choice(label="See the submission", says=f"submission {number}")
    lead = f"{plan.set.title} is {plan.standing.phase} (submission {number}): nothing is missing"
    if plan.standing.phase is Phase.ACHIEVED:
        return Reply(blocks=(Paragraph(text=f"{lead}, for ever."),), choices=(see,))
    said = f"{lead}. What you file or move now does not touch it."
    return Reply(blocks=(Paragraph(text=said),), choices=(see, _to_preview(plan)))


def _more_wanted(program: Program, one: SetCheck) -> Reply:
    lead = f"A review of {one.plan.set.title} asks for more documents."
    choices = (Choice(label="See the requests", says="requests"), _to_preview(one.plan))
    waiting = _not_filed(one.waiting)
    title, submission = one.plan.set.title, one.plan.standing.submission
    if not one.asked:
        said = Paragraph(text=f"{lead} All of its requests are answered. Say: submit {title}.")
        return Reply(blocks=(said, *waiting), choices=choices)
    others = (route for route in Route if submission and route is not submission.route)
    ways = tuple(
        Paragraph(
            text=f"Or prove the set by {route_name(program, route)}, and nothing of that is wanted "
            f"once it is submitted. Say: prove {title} by {route}."
        )
        for route in others
    )
    items = tuple(f"{short_name(program, r.section)}: send it with {r.token}" for r in one.asked)
    blocks = (Paragraph(text=f"{lead} Missing:"), Bullets(items=items), *ways, *waiting)
    return Reply(blocks=blocks, choices=choices)
