"""A person's page in words: what stands first is what they would ask for first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.domain.appeal_case import Case
from bot.domain.home import Home, Office, OwnRecord
from bot.domain.messages import Block, Bullets, Choice, Paragraph, Reply
from bot.domain.program import Program
from bot.phrases import linking, next_step, reviewing
from bot.phrases.deciding import matter
from bot.phrases.pace import outlook
from bot.phrases.progress import overview
from bot.phrases.sections import full_name
from bot.phrases.times import told_from

LISTED = 8  # open requests; more are counted
MOST = 10  # choices: what fits on a page beside all else

_HELP = Choice(label="Help", says="help")


def home(program: Program, seen: Home) -> Reply:
    """The page."""
    if not seen.name:
        return introduction(program)
    parts = [
        *([_own(program, seen.own)] if seen.own else []),
        *([_office(program, seen.office)] if seen.office else []),
        *([_shared(seen.shared)] if seen.shared else []),
    ]
    if not parts:
        parts = [next_step.no_part(program)]
    choices = {choice.says: choice for part in parts for choice in part.choices}
    fitting = tuple(choices.values())[: MOST - 1]
    return Reply(
        blocks=tuple(block for part in parts for block in part.blocks),
        choices=tuple(dict.fromkeys((*fitting, _HELP))),
    )


def prompts(program: Program) -> tuple[Choice, ...]:
    """What somebody may say first."""
    asked = _first_question(program)
    return (
        asked,
        Choice(label="What is missing for me?", says="missing"),
        Choice(label="How far am I?", says="progress"),
        Choice(label="What comes next?", says="next"),
    )


def _first_question(program: Program) -> Choice:
    question = f"What should my {program.words.record} include?"
    return Choice(label=question, says=question)


def introduction(program: Program, *, hello: str = "") -> Reply:
    """To somebody whom nobody knows there: what Carrel is, on one screen of a phone."""
    lines = (
        f"{hello}I am Carrel. I answer questions about the {program.name} from its documents, "
        f"with their words and places, and I keep the {program.words.record} of its candidates.",
        "Ask me anything about the program at once; nobody has to know who you are for that.",
    )
    blocks = tuple(Paragraph(text=line) for line in (*lines, linking.unknown_here()))
    return Reply(blocks=blocks, choices=(_first_question(program), *linking.CHOICES, _HELP))


def _own(program: Program, own: OwnRecord) -> Reply:
    """What to do now and until when; then how far everything is."""
    lead, *rest = overview(program, own.progress, own.candidate.person.name).blocks
    step = next_step.told(program, own.step)
    days = tuple(_days(program, own))
    blocks: tuple[Block, ...] = (
        lead,
        *_headed("Next:", step.blocks),
        *_requests(program, own),
        Bullets(items=days),
        *rest,
        *_missing(own),
    )
    return Reply(blocks=blocks, choices=(*step.choices, *_common(program)))


def _headed(head: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    first, *others = blocks
    if not isinstance(first, Paragraph):
        return (Paragraph(text=head), first, *others)
    return (Paragraph(text=f"{head} {first.text}"), *others)


def _requests(program: Program, own: OwnRecord) -> tuple[Block, ...]:
    if not own.requests:
        return ()
    items = [f"{one.token}: {full_name(program, one.section)}" for one in own.requests[:LISTED]]
    more = len(own.requests) - LISTED
    items += [f"and {more} more, say: requests"] if more > 0 else []
    lead = Paragraph(text="More is wanted; send each file with its code:")
    return (lead, Bullets(items=tuple(items)))


def _days(program: Program, own: OwnRecord) -> Iterator[str]:
    """Days of appeals, since those are lost for good; then where the pace leads."""
    yield from (line for case in own.cases for line in _case(program, case))
    yield outlook(own.pace)


def _case(program: Program, case: Case) -> Iterator[str]:
    if case.next is None or case.next.due is None:
        return
    due, about = told_from(case.next.due, case.today), matter(program, case.submission)
    if not case.appeal.filed:
        yield f"Against the decision on {about} you can appeal until {due}."
    elif case.next.own:
        yield f"Appeal {case.appeal.id}, {about}: {case.next.step.title} is due by {due}."
    else:
        yield f"Appeal {case.appeal.id}, {about}: {case.next.step.who} has until {due}."


def _missing(own: OwnRecord) -> tuple[Block, ...]:
    """How much is missing of what is chosen; the list is elsewhere."""
    chosen = not own.progress.open_electives
    parts = [part for part in own.progress.sets if chosen or part.set.required]
    lacking = [len(part.lacking) for part in parts if part.lacking]
    if not lacking:
        return ()
    files = "1 part is" if sum(lacking) == 1 else f"{sum(lacking)} parts are"
    sets = "1 set" if len(lacking) == 1 else f"{len(lacking)} sets"
    return (Paragraph(text=f"{files} still missing in {sets}. To see which, say: missing."),)


def _common(program: Program) -> tuple[Choice, ...]:
    return (
        Choice(label="My progress", says="progress"),
        Choice(label="What is missing", says="missing"),
        Choice(label="What comes next", says="next"),
        Choice(label="My files", says="files"),
        Choice(label=f"Write a {program.words.statement}", says="write statement"),
        Choice(label="My submissions", says="submissions"),
        Choice(label="Open requests", says="requests"),
    )


def _office(program: Program, office: Office) -> Reply:
    duty = next_step.duty(program, office.duty)
    counts = [f"In the queue: {office.queue:,}"]
    if office.questions is not None:
        more = " or more" if office.questions >= office.most else ""
        counts.append(f"Questions that wait for a reply: {office.questions}{more}")
    reviews = reviewing.mine(program, office.reviews).blocks if office.reviews else ()
    blocks = (
        *_headed("For you to do:", duty.blocks),
        Bullets(items=tuple(counts)),
        *reviews,
    )
    asked = (Choice(label="Questions", says="questions"),) if office.questions is not None else ()
    choices = (
        *duty.choices,
        Choice(label="The queue", says="queue"),
        Choice(label="My reviews", says="my reviews"),
        *asked,
    )
    return Reply(blocks=blocks, choices=choices)


def _shared(count: int) -> Reply:
    what = "1 share" if count == 1 else f"{count} shares"
    return Reply(
        blocks=(Paragraph(text=f"Others let you look at their work: {what}."),),
        choices=(Choice(label="Shared with me", says="shared with me"),),
    )
