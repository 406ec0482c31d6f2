"""How a submission or a question stands, on one card for a whole room of staff.

Nobody knows who reads along in a room, so a card tells no rating, no comment and no reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.appeal import Appeal
from bot.domain.handover import HandedOver
from bot.domain.messages import Address, Block, Bullets, Choice, Paragraph, Reply
from bot.domain.overdue import overdue_days, reminder_of
from bot.domain.people import Person
from bot.domain.program import Program
from bot.domain.review import left_to_rate, to_rate, unrated
from bot.domain.rules import OUTCOMES
from bot.domain.staff_digest import Unreached
from bot.domain.submission import Claim, Stage, Submission
from bot.phrases import linking
from bot.phrases.answering import SHOWN, heads
from bot.phrases.losing import correct
from bot.phrases.notices import words
from bot.phrases.submission_news import contents
from bot.phrases.submission_views import STAGES
from bot.phrases.talk import plain
from bot.phrases.times import day_of, moment

LONG, LESS_LONG = 1_500, 300  # characters: a card stays one message on every channel


def submission_card(
    program: Program,
    submission: Submission,
    candidate: str,
    appeal: Appeal | None,
    *,
    late: str = "",
) -> Reply:
    """Whose it is, what is in it, how far its review is, and what can be done next.

    `candidate` is the name of whose it is, `appeal` one against its decision that was filed, and
    `late` what the pack says of its waiting when that is overdue.
    """
    title = program.set(submission.set_id).title
    head = f"Submission {submission.id}: {candidate}, {title}"
    overdue = (late,) if late else ()
    told = (*_lines(program, submission), *_appealed(appeal))
    lines = (_kind(program, submission), *overdue, *told)
    return Reply(
        blocks=(Paragraph(text=head), Bullets(items=lines)),
        choices=tuple(_choices(program, submission)),
    )


def late_words(
    program: Program, submission: Submission, candidate: Person, *, now: datetime
) -> str:
    """What is said of a submission that is overdue, in the pack's words where it has any."""
    notice = reminder_of(program, submission, now=now)
    if notice:
        return " ".join(words(program, notice, candidate, now=now).split())
    days = overdue_days(program, submission, now=now)
    return f"Waits for {days:,} days (overdue)." if days is not None else ""


def question_card(program: Program, handed: HandedOver, asker: str) -> Reply:
    """Who asks, the words, and who is on it or has answered; `asker` is a name, or else empty.

    Of somebody unknown it tells the channel alone: a room need not know their address.
    """
    zone, who = _zone(program), asker or linking.nobody_yet(handed.asker.channel)
    head = f"Question {handed.number} from {who}, {moment(handed.at, zone)}:"
    asked: tuple[Block, ...] = (
        Paragraph(text=head),
        Paragraph(text=_cut(f"\u201c{handed.question}\u201d", LONG)),
        *_added(handed),
    )
    if handed.answered_at:
        when = moment(handed.answered_at, zone)
        answered = Paragraph(text=f"{handed.answered_name} answered on {when}:")
        over = Paragraph(text="What is replied to this now goes to nobody.")
        return Reply(blocks=(*asked, answered, Paragraph(text=_cut(handed.answer, LONG)), over))
    return _unanswered(handed, asker, asked)


def reach_card(program: Program, person: Person, lost: Unreached | None, *, to: Address) -> Reply:
    """Somebody whom nothing reaches, or who was that and is reached `to` some place again."""
    if lost is None:
        by = linking.name_of(to.channel)
        return plain(f"{person.name} can be reached again, by {by}. Nothing is left to do.")
    were = " and ".join(map(linking.name_of, lost.lost))
    gone = f" They were on {were}, and are not any more." if were else ""
    return plain(
        f"{lost.name} cannot be reached: mail to {lost.email} has come back since "
        f"{moment(lost.since, _zone(program))}, and I know no other address of theirs.{gone} What "
        "I have to tell them waits. Find out what their address is now, and have the operator "
        f"correct it: {correct(lost.email)}."
    )


def erased_card() -> Reply:
    """In place of what was told of somebody who was erased."""
    return plain("What stood here was erased, together with the person whom it was about.")


def _kind(program: Program, submission: Submission) -> str:
    again = f" (submission {submission.follows} judged again)" if submission.judged_again else ""
    route = program.rules.routes[submission.route].title
    when = moment(submission.submitted_at, _zone(program))
    return f"{route}, round {submission.round}{again}, {contents(submission)}, submitted on {when}."


def _lines(program: Program, submission: Submission) -> Iterator[str]:
    decision = submission.decision
    if decision:
        when = moment(decision.at, _zone(program))
        yield f"Decided: {OUTCOMES[decision.outcome]}, by {decision.name} on {when}."
        return
    if not submission.open:
        yield f"{STAGES[submission.stage]}.".capitalize()
        return
    yield f"{STAGES[submission.stage].capitalize()}; {_places(program, submission)}."
    yield from (_rated(program, submission, claim) for claim in submission.claims)
    yield from _aim(program, submission)


def _places(program: Program, submission: Submission) -> str:
    free = _free(program, submission)
    return f"{free} {'place' if free == 1 else 'places'} free" if free else "no place is free"


def _free(program: Program, submission: Submission) -> int:
    places = program.rules.review.reviewers[submission.route]
    return max(0, places - len(submission.claims))


def _rated(program: Program, submission: Submission, claim: Claim) -> str:
    """How many competencies a reviewer has rated, not how."""
    competency_set = program.set(submission.set_id)
    count = len(to_rate(submission, competency_set))
    if not count:
        return f"{claim.name} has taken it on."
    done = count - len(left_to_rate(submission, competency_set, claim.reviewer))
    return f"{claim.name} has rated {done} of {count}."


def _aim(program: Program, submission: Submission) -> Iterator[str]:
    days = program.rules.review.aim_days
    if days:
        due = submission.submitted_at + timedelta(days=days)
        yield f"The review aims at {day_of(due, _zone(program))}."


def _appealed(appeal: Appeal | None) -> tuple[str, ...]:
    if appeal is None:
        return ()
    state = f"ended: {appeal.result}" if appeal.result else "is under way"
    return (f"Appeal {appeal.id} against the decision {state}.",)


def _choices(program: Program, submission: Submission) -> Iterator[Choice]:
    number, competency_set = submission.id, program.set(submission.set_id)
    if submission.stage is Stage.WITHDRAWN:
        return
    if submission.open and _free(program, submission):
        yield Choice(label=f"Claim {number}", says=f"claim {number}")
    yield Choice(label=f"Dossier of {number}", says=f"dossier {number}")
    missing = unrated(submission, competency_set, program.rules.review)
    if submission.open and submission.claims and missing:
        yield Choice(label=f"Rate {number}", says=f"rate {number}")
    if submission.ratings:
        yield Choice(label=f"Ratings of {number}", says=f"ratings {number}")
    if submission.open and not missing:
        yield Choice(label=f"Decide {number}", says=f"decide {number}")


def _added(handed: HandedOver) -> tuple[Block, ...]:
    if not handed.more:
        return ()
    hidden = len(handed.more) - SHOWN
    note = f" (the last {SHOWN} of {len(handed.more)})" if hidden > 0 else ""
    newest = tuple(_cut(words, LESS_LONG) for words in handed.more[-SHOWN:])
    return (Paragraph(text=f"Added since{note}:"), Bullets(items=newest))


def _unanswered(handed: HandedOver, asker: str, asked: tuple[Block, ...]) -> Reply:
    number = handed.number
    on_it = f"{handed.taken_name} has it" if handed.taken_by else "Nobody has taken it"
    how = Paragraph(
        text=f"{on_it}. What you reply to this goes to {asker or 'them'} as the staff's reply, "
        "without files; begin with note: to talk among yourselves. Or say: answer "
        f"{number}: YOUR REPLY."
    )
    doubt = linking.how_staff_connect(handed.asker.channel)
    unknown = () if asker else (Paragraph(text=doubt),)
    answer = Choice(label=f"Answer {number}", says=f"answer {number}")
    take = Choice(label=f"Take {number}", says=f"take {number}")
    choices = (answer,) if handed.taken_by else (take, answer)
    return Reply(blocks=(*asked, how, *unknown), choices=choices, heads=heads(number))


def _cut(text: str, most: int) -> str:
    """The beginning of a long text; all of it is told on request."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}\u2026"


def _zone(program: Program) -> ZoneInfo:
    """Whose times a room is told: those of the program's own people."""
    return ZoneInfo(program.support.time_zone if program.support else "UTC")
