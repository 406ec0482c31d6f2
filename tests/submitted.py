"""Candidates who submit, and whose evidence answers what more is wanted."""

from __future__ import annotations

from bot.domain.people import Candidate
from bot.domain.portfolio import Evidence
from bot.domain.program import Program
from bot.domain.submission import Submission
from tests.cast import ADA, BEA, REV, ROB, SAL
from tests.desk import House
from tests.flows.props import prop
from tests.reviewed import reply, staffed

SET = "technology"
CERTIFICATE = "certificate for technology"
ASKED = ("TECH-3", "TECH-8")
REVIEWERS = (REV[1], ROB[1])


def fill(house: House, who: str, program: Program, set_id: str = SET) -> None:
    """One file for every competency, and the statement."""
    ids = ", ".join(c.id for c in program.set(set_id).competencies)
    house.send(who, prop("log.txt", house.folder), caption=f"for {ids}")
    essay = f"{program.words.statement} {program.set(set_id).title}"
    house.send(who, prop("essay.txt", house.folder), caption=essay)


def own(house: House, candidate: Candidate) -> tuple[Submission, ...]:
    """The candidate's submissions."""
    with house.transaction() as uow:
        return uow.submissions.of(candidate.person)


def token_in(text: str) -> str:
    """The confirmation in a reply."""
    return next(line for line in text.split() if line.startswith("carrel-submission-1."))


def asked_for_more(house: House) -> Candidate:
    """Ada, of whose submission 1 (Technology) more was asked for TECH-3 and TECH-8."""
    staffed(house)
    house.enrol(BEA)
    candidate = house.enrol(ADA)
    ids = ", ".join(c.id for c in house.desk.program.set("technology").competencies)
    house.send(ADA.email, prop("log.txt", house.folder), caption=f"for {ids}")
    house.send(ADA.email, prop("essay.txt", house.folder), caption="statement for technology")
    reply(house, ADA.email, "submit technology")
    for who in REVIEWERS:
        reply(house, who, "claim 1")
        reply(house, who, "rate 1 TECH-3 partially met: Show the steps.")
        reply(house, who, "rate 1 TECH-8 not met: Nothing is shown.")
        reply(house, who, "rate 1 the rest met")
    reply(house, SAL[1], "ask more 1: Two are thin.")
    return candidate


def tokens(house: House, candidate: Candidate) -> dict[str, str]:
    """The token for each section."""
    with house.transaction() as uow:
        return {r.section: r.token for r in uow.requests.of(candidate.person)}


def open_sections(house: House, candidate: Candidate) -> set[str]:
    """The sections that still wait."""
    with house.transaction() as uow:
        return {r.section for r in uow.requests.of(candidate.person) if r.open}


def files(house: House, candidate: Candidate) -> tuple[Evidence, ...]:
    """The candidate's record."""
    with house.transaction() as uow:
        return uow.records.of(candidate.person)


def send(house: House, who: str, name: str, caption: str) -> str:
    """What somebody is told about a file that they send."""
    before = len(house.heard(who))
    house.send(who, prop(name, house.folder), caption=caption)
    return "\n\n".join(house.heard(who)[before:])


def answer_all(house: House, candidate: Candidate) -> str:
    """Both requests answered; what was said last."""
    codes = tokens(house, candidate)
    send(house, ADA.email, "steps.txt", f"here: {codes['TECH-3']}")
    return send(house, ADA.email, "faults.txt", f"{codes['TECH-8']} as you asked")
