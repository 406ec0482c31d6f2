"""How the one next step is told: what it is, why it comes first, and a button."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.domain.messages import Choice, Paragraph, Reply
from bot.domain.next_step import Duty, NextDuty, NextStep, Step
from bot.domain.program import CompetencySet, Program
from bot.domain.rules import Rating
from bot.phrases.sections import full_name, short_name
from bot.phrases.stating import spoken
from bot.phrases.times import told_from

FIRST = 3  # of what is missing


def told(program: Program, step: NextStep) -> Reply:
    """A candidate's next step."""
    return _STEPS[step.step](program, step)


def duty(program: Program, found: NextDuty) -> Reply:
    """The next duty of somebody with an office."""
    number, count = found.number, found.count
    match found.duty:
        case Duty.ANSWER:
            waits = f"{_count(count, 'question')} of candidates {_verb(count)} for a reply."
            return _next(f"{waits} The oldest is question {number}.", f"question {number}")
        case Duty.RATE:
            met = program.rules.review.words[Rating.MET]
            text = (
                f"You took submission {number} on and have still to rate "
                f"{_count(count, 'competency', 'competencies')} in it. Look at its dossier, then "
                f"say, for example: rate {number} {found.competency} {met}."
            )
            return _next(text, f"dossier {number}")
        case Duty.APPEAL:
            text = (
                f"{_count(count, 'appeal')} {_verb(count)} for a step of the program's. The oldest "
                f"is appeal {number}."
            )
            return _next(text, f"appeal case {number}")
        case Duty.CLAIM:
            text = f"{_count(count, 'submission')} {_verb(count)} in the queue."
            return _next(text, "queue")
        case Duty.NOTHING:
            return _plain("Nothing waits for you just now.")


def no_part(program: Program) -> Reply:
    """For somebody known who has neither a record nor an office."""
    text = (
        f"You have no {program.words.record_short} of your own here, so no next step. What others "
        "share with you, you can look at."
    )
    return _next(text, "shared with me")


def _appeal(program: Program, step: NextStep) -> Reply:
    case = step.case
    if case is None or case.next is None:
        raise ValueError(f"to {step.step} needs a case")
    due = f", due by {told_from(case.next.due, case.today)}" if case.next.due else ""
    number, title = case.appeal.id, program.set(case.submission.set_id).title
    text = (
        f"{case.next.step.title} is yours in appeal {number} ({title}){due}. When you have sent "
        f"it, say: {case.next.step.id} filed appeal {number}."
    )
    return _next(text, f"appeal {case.submission.id}")


def _answer_requests(program: Program, step: NextStep) -> Reply:
    first = step.requests[0]
    more = f" {step.count} requests are open in all." if step.count > 1 else ""
    text = (
        f"Send a file for {full_name(program, first.section)} with the code {first.token}: a "
        f"review waits for it.{more}"
    )
    return _next(text, "requests")


def _settle_offer(_: Program, step: NextStep) -> Reply:
    text = (
        f"Accept or decline offer {step.number}: somebody sent a file for you, and it counts only "
        "once you accept it."
    )
    return _next(text, f"offer {step.number}")


def _finish_writing(program: Program, step: NextStep) -> Reply:
    title = f" for {step.check.plan.set.title}" if step.check else ""
    text = (
        f"You are writing your {program.words.statement}{title}. Go on writing; when it says what "
        "it should, file it, since only a filed one counts. Say: done."
    )
    return _next(text, "show statement", "done")


def _place_file(_: Program, step: NextStep) -> Reply:
    first = step.files[0]
    more = f" {step.count} files wait so in all." if step.count > 1 else ""
    text = (
        f"Say where file {first.number}, {first.name}, belongs: it is in no section yet, so it "
        f"does not count.{more} Say: move {first.number} to SECTION."
    )
    return _next(text, f"file {first.number}")


def _submit(_: Program, step: NextStep) -> Reply:
    title = _set(step).title
    text = f"Submit {title}: everything that a rule can check is there."
    return _next(text, f"submit {title}", f"preview {title}")


def _choose(program: Program, step: NextStep) -> Reply:
    text = (
        f"Choose your electives: {step.count} of {program.electives_needed} are still open, and "
        "until then nobody can tell what you still need."
    )
    return _next(text, "electives")


def _file(program: Program, step: NextStep) -> Reply:
    title = _set(step).title
    first = step.sections[:FIRST]
    left = step.count - len(first)
    more = f", and {left} more" if left else ""
    names = ", ".join(short_name(program, id) for id in first)
    text = (
        f"Go on with {title}, the set that is nearest to ready. Still missing: {names}{more}. "
        f"Send a file for {full_name(program, first[0])}, and say what it is for."
    )
    return _next(text, f"ready {title}")


def _write(program: Program, step: NextStep) -> Reply:
    competency_set = _set(step)
    text = (
        f"Write your {program.words.statement} for {competency_set.title}: it is all that the set "
        "still lacks."
    )
    return _next(text, f"write statement for {spoken(competency_set)}")


def _wait(_: Program, step: NextStep) -> Reply:
    sets = "set is" if step.count == 1 else "sets are"
    text = f"Nothing is yours to do just now: {step.count} {sets} with the reviewers."
    return _next(text, "submissions")


def _nothing(program: Program, _: NextStep) -> Reply:
    text = f"Nothing is left to do: every set of your {program.words.record_short} is achieved."
    return _next(text, "letters")


_STEPS: Mapping[Step, Callable[[Program, NextStep], Reply]] = {
    Step.APPEAL: _appeal,
    Step.ANSWER_REQUESTS: _answer_requests,
    Step.SETTLE_OFFER: _settle_offer,
    Step.FINISH_WRITING: _finish_writing,
    Step.PLACE_FILE: _place_file,
    Step.SUBMIT: _submit,
    Step.CHOOSE: _choose,
    Step.FILE: _file,
    Step.WRITE: _write,
    Step.WAIT: _wait,
    Step.NOTHING: _nothing,
}


def _set(step: NextStep) -> CompetencySet:
    if step.check is None:
        raise ValueError(f"to {step.step} needs a set")
    return step.check.plan.set


def _next(text: str, *says: str) -> Reply:
    choices = tuple(Choice(label=said[0].upper() + said[1:], says=said) for said in says)
    return Reply(blocks=(Paragraph(text=text),), choices=choices)


def _plain(text: str) -> Reply:
    return Reply(blocks=(Paragraph(text=text),))


def _count(count: int, one: str, several: str = "") -> str:
    return f"{count} {one}" if count == 1 else f"{count:,} {several or f'{one}s'}"


def _verb(count: int) -> str:
    return "waits" if count == 1 else "wait"
