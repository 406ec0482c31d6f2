"""A candidate's whole way, as a script for the stage that any program can play."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.program import CompetencySet, Program
from bot.domain.rules import AppealRule

WORDS = (
    "I began at the desk and learned by asking, and this set is most of what I do today.",
    "What I did for it showed me where I was only lucky, and where I knew why it worked.",
)


def whole_story(program: Program) -> str:
    """From choosing to the last set: one portfolio with a second round, an appeal, the rest."""
    return "\n".join(
        (
            "# From enrolment to the certificate: a portfolio with a second round, one appeal, and",
            "# the other sets by course.",
            "-- Rev is reviewer",
            "-- Rob is reviewer",
            "-- Sal is staff",
            *_choosing(program),
            *_portfolio(program, portfolio_set(program)),
            *_second_round(program, portfolio_set(program)),
            *_appeal(program, _by_course(program)[0]),
            *_courses(program),
            "Bea> progress",
            "Bea> letters",
            "Bea> submissions",
            "Sal> queue",
        )
    )


def reopened_story(program: Program) -> str:
    """A course is recommended, the appeal's result has the set judged again, and it is approved."""
    one, rule = portfolio_set(program), program.rules.appeal
    if rule is None:
        raise ValueError(f"{program.id} has no appeals, so nothing is judged again")
    return "\n".join(
        (
            "# A course is recommended; after an appeal the set is judged again, and approved.",
            "-- Rev is reviewer",
            "-- Rob is reviewer",
            "-- Sal is staff",
            *_judged(program, one),
            *_steps(rule, submission=1),
            *_judged_again(rule, one),
            "Bea> progress",
        )
    )


def portfolio_set(program: Program) -> CompetencySet:
    """The required set with the fewest competencies, so that the story stays short."""
    return min(program.required_sets, key=lambda s: len(s.competencies))


def chosen(program: Program) -> tuple[CompetencySet, ...]:
    """The electives that the story's candidate takes: the first that are offered."""
    return program.elective_sets[: program.electives_needed]


def _by_course(program: Program) -> tuple[CompetencySet, ...]:
    sets = (*program.required_sets, *chosen(program))
    return tuple(s for s in sets if s.id != portfolio_set(program).id)


def _choosing(program: Program) -> Iterator[str]:
    yield "Bea> electives"
    yield f"Bea> choose {', '.join(s.title for s in chosen(program))}"
    yield f"Bea> advise {portfolio_set(program).title}"
    yield f"Bea> prove {portfolio_set(program).title} by portfolio"
    yield "Bea> pace"


def _portfolio(program: Program, one: CompetencySet) -> Iterator[str]:
    *most, last = one.competencies
    for competency in most:
        yield f"Bea> [{competency.id}.txt] for {competency.id}"
    yield f"Bea> submit {one.title}"
    yield f"Bea> [{last.id}.txt] for {last.id}"
    yield f"Bea> write statement for {one.title}"
    yield from (f"Bea> {words}" for words in WORDS)
    yield "Bea> done"
    yield f"Bea> ready {one.title}"
    yield f"Bea> preview {one.title}"
    yield f"Bea> submit {one.title}"
    yield "-- 2 days later"
    yield "Rev> queue"
    yield "Rev> claim 1"
    yield "Bea> withdraw submission 1"
    yield "Rev> dossier 1"
    yield "Rev> rate 1 all met"
    yield "Rob> claim 1"
    yield f"Rob> rate 1 {most[0].id} not-met: It does not say what you did yourself."
    yield "Rob> rate 1 the rest met"
    yield "Sal> ratings 1"
    yield "Sal> ask more 1: One competency needs your own part."


def _second_round(program: Program, one: CompetencySet) -> Iterator[str]:
    asked = one.competencies[0].id
    yield "Bea> requests"
    yield "-- 5 days later"
    yield "Bea> [more.txt] R-CODE-1"
    yield "Rev> dossier 2"
    yield f"Rev> rate 2 {asked} met"
    yield f"Rob> rate 2 {asked} met"
    yield "Sal> approve 2: All of it is shown now."
    yield "Sal> approve 2: All of it is shown now."
    yield "Bea> submission 2"


def _appeal(program: Program, one: CompetencySet) -> Iterator[str]:
    rule = program.rules.appeal
    yield f"Bea> [{one.code}-paper.txt] {program.words.certificate} for {one.title}"
    yield f"Bea> submit {one.title}"
    yield "Sal> recommend course 3: This course is not an approved one."
    if rule is None:
        return
    yield "Bea> appeal 3"
    yield from _steps(rule, submission=3)
    yield "Sal> appeals"
    title = next(one.title for one in rule.results if not one.reopens)
    yield f"Sal> appeal result 1 {title}: The published procedure was followed."


def _steps(rule: AppealRule, *, submission: int) -> Iterator[str]:
    """Every step of the first appeal, but its result."""
    yield f"Bea> notice {submission}"
    yield "-- 2 days later"
    yield f"Bea> file notice {submission}"
    for step in rule.steps[1:]:
        yield "-- 5 days later"
        by_staff = step.party.value == "staff"
        yield f"Sal> appeal step 1 {step.id}" if by_staff else f"Bea> {step.id} filed appeal 1"


def _judged(program: Program, one: CompetencySet) -> Iterator[str]:
    ids = [competency.id for competency in one.competencies]
    yield f"Bea> [log.txt] for {', '.join(ids)}"
    yield f"Bea> [essay.txt] {program.words.statement} for {one.title}"
    yield f"Bea> submit {one.title}"
    for who in ("Rev", "Rob"):
        yield f"{who}> claim 1"
        yield f"{who}> rate 1 {ids[-1]} not-met: Nothing of it is shown."
        yield f"{who}> rate 1 the rest met"
    yield "Sal> recommend course 1: A course fits better."


def _judged_again(rule: AppealRule, one: CompetencySet) -> Iterator[str]:
    title = next(one.title for one in rule.results if one.reopens)
    yield f"Sal> appeal result 1 {title}: The last page of the log was not read."
    yield "Bea> routes"
    yield f"Bea> ready {one.title}"
    yield "Bea> withdraw submission 2"
    yield "-- 1 days later"
    yield "Rev> queue"
    for who in ("Rev", "Rob"):
        yield f"{who}> claim 2"
        yield f"{who}> dossier 2"
        yield f"{who}> rate 2 all met"
    yield "Sal> approve 2: The last page shows it."
    yield "Bea> submissions"


def _courses(program: Program) -> Iterator[str]:
    for number, one in enumerate(_by_course(program), start=4):
        paper = f"{one.code}-slip.txt"
        yield f"Bea> [{paper}] {program.words.certificate} for {one.title}"
        yield f"Bea> submit {one.title}"
        yield f"Sal> approve {number}: The certificate is in order."
