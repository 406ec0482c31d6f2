"""What a candidate chooses: electives, and the route by which each set is proved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.people import Candidate
from bot.domain.phases import HANDED_IN, Phase
from bot.domain.portfolio import Evidence, State
from bot.domain.program import CompetencySet, Program
from bot.domain.rules import Route
from bot.domain.sections import SectionKind, section_id
from bot.domain.standing import Standing, standings
from bot.domain.submission import Submission
from bot.errors import Refused

# While a set is on its way, and for ever once it is achieved, nothing about it is chosen anew.
LOCKING = HANDED_IN
# While more documents are wanted of it an elective stays too; only its route may still change.
STAYING = LOCKING | {Phase.MORE_WANTED}


class Why(StrEnum):
    """Why a set has its route."""

    RECOMMENDED = "recommended"
    CHOSEN = "chosen"
    SUBMITTED = "submitted"
    CERTIFICATE = "certificate"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How a set is going to be proved, or was: its route, why, and where it stands."""

    set: CompetencySet
    route: Route
    why: Why
    standing: Standing

    @property
    def switched(self) -> bool:
        """Whether more is wanted on the submission's route, and another one was chosen since."""
        one = self.standing.submission
        wanted = self.standing.phase is Phase.MORE_WANTED
        return wanted and one is not None and one.route is not self.route


def route_of(
    competency_set: CompetencySet,
    standing: Standing,
    *,
    chosen: Mapping[str, Route],
    evidence: Iterable[Evidence],
) -> Route:
    """The route of a set that is not on its way; see `plan_of` for why."""
    return _route(competency_set, standing, chosen, evidence)[0]


def plan_of(
    competency_set: CompetencySet,
    standing: Standing,
    *,
    chosen: Mapping[str, Route],
    evidence: Iterable[Evidence],
) -> Plan:
    """The route and why: what a review recommended, what was chosen, or what is filed.

    While more documents are wanted it is the submission's unless another was chosen. A filed
    certificate makes it a course; otherwise it is a portfolio. A set that is on its way or achieved
    keeps the route of its submission.
    """
    route, why = _route(competency_set, standing, chosen, evidence)
    if standing.submission and standing.phase in LOCKING:
        route = standing.submission.route
    return Plan(set=competency_set, route=route, why=why, standing=standing)


def plans_of(
    program: Program,
    submissions: Sequence[Submission],
    *,
    chosen: Mapping[str, Route],
    evidence: Sequence[Evidence],
) -> dict[str, Plan]:
    """The plan of every set by its id, in the program's order; `submissions` oldest first."""
    return {
        one.set_id: plan_of(program.set(one.set_id), one, chosen=chosen, evidence=evidence)
        for one in standings(program, submissions)
    }


def has_certificate(competency_set: CompetencySet, evidence: Iterable[Evidence]) -> bool:
    """Whether a certificate for the set is filed."""
    section = section_id(competency_set.id, SectionKind.CERTIFICATE)
    return any(e.filing.state is State.FILED and section in e.filing.sections for e in evidence)


def held_electives(
    program: Program, candidate: Candidate, standings: Iterable[Standing]
) -> tuple[str, ...]:
    """The electives chosen, and those that were submitted without being chosen first."""
    ids = {s.id for s in program.elective_sets}
    staying = (s.set_id for s in standings if s.phase in STAYING and s.set_id in ids)
    return tuple(dict.fromkeys((*candidate.electives, *staying)))


def choose(
    program: Program,
    candidate: Candidate,
    wanted: Sequence[str],
    standings: Sequence[Standing],
) -> tuple[str, ...]:
    """The electives once those wanted are added; `Refused` says what to do instead."""
    required = [s.title for s in program.required_sets if s.id in wanted]
    if required:
        raise Refused(
            f"{_list(required)}: required of everybody, so there is nothing to choose. Choose "
            f"from: {_list(s.title for s in program.elective_sets)}."
        )
    held = held_electives(program, candidate, standings)
    fresh = [id for id in dict.fromkeys(wanted) if id not in held]
    if not fresh:
        titles = _list(program.set(id).title for id in wanted)
        raise Refused(f"{titles}: among your electives already; nothing was changed.")
    after = (*held, *fresh)
    if len(after) > program.electives_needed:
        raise Refused(_too_many(program, held, fresh, standings))
    return after


def drop(
    program: Program,
    candidate: Candidate,
    set_id: str,
    standings: Sequence[Standing],
) -> tuple[str, ...]:
    """The electives without that one; `Refused` when it is fixed or was never chosen."""
    title = program.set(set_id).title
    held = held_electives(program, candidate, standings)
    if program.set(set_id).required:
        raise Refused(f"{title} is required of everybody and cannot be dropped.")
    if set_id not in held:
        raise Refused(f"{title} is not among your electives; nothing was changed. Say: electives.")
    stands = _standing(set_id, standings)
    check_unlocked(program.set(set_id), stands, what="dropped")
    if stands.phase is Phase.MORE_WANTED and stands.submission:
        other = next(route for route in Route if route is not stands.submission.route)
        raise Refused(
            f"More documents are wanted for {title} (submission {stands.submission.id}), so it "
            "cannot be dropped now; nothing was changed. Say: requests, to see what to send. To "
            f"prove it otherwise, say: prove {title} by {other}."
        )
    return tuple(id for id in held if id != set_id)


def check_route(plan: Plan, wanted: Route) -> None:
    """`Refused` when the set cannot be put on that route, or is on it by choice already."""
    title, submission = plan.set.title, plan.standing.submission
    check_unlocked(plan.set, plan.standing, what="put on another route")
    recommended = plan.standing.phase is Phase.COURSE_RECOMMENDED
    if submission and recommended and wanted is Route.PORTFOLIO:
        raise Refused(
            f"The review of submission {submission.id} ended with a course recommended for "
            f"{title}, so it goes on by course; nothing was changed. Say: submission "
            f"{submission.id}, to read why."
        )
    if plan.why is Why.CHOSEN and plan.route is wanted:
        raise Refused(f"You chose {wanted} for {title} already; nothing was changed.")


def check_unlocked(competency_set: CompetencySet, standing: Standing, *, what: str) -> None:
    """`Refused` while the set is on its way or once it is achieved, with which and why."""
    if standing.phase not in LOCKING or standing.submission is None:
        return
    number = standing.submission.id
    if standing.phase is Phase.ACHIEVED:
        raise Refused(
            f"{competency_set.title} is achieved (submission {number}) and yours for ever, so it "
            f"cannot be {what}; nothing was changed."
        )
    way = f" Say: withdraw submission {number}, to change it." if _withdrawable(standing) else ""
    raise Refused(
        f"{competency_set.title} is {standing.phase} (submission {number}), so it cannot be {what} "
        f"now; nothing was changed.{way}"
    )


def _route(
    competency_set: CompetencySet,
    standing: Standing,
    chosen: Mapping[str, Route],
    evidence: Iterable[Evidence],
) -> tuple[Route, Why]:
    if standing.phase is Phase.COURSE_RECOMMENDED:
        return Route.COURSE, Why.RECOMMENDED
    if competency_set.id in chosen:
        return chosen[competency_set.id], Why.CHOSEN
    if standing.phase is Phase.MORE_WANTED and standing.submission:
        return standing.submission.route, Why.SUBMITTED
    if has_certificate(competency_set, evidence):
        return Route.COURSE, Why.CERTIFICATE
    return Route.PORTFOLIO, Why.DEFAULT


def _standing(set_id: str, standings: Iterable[Standing]) -> Standing:
    found = (s for s in standings if s.set_id == set_id)
    return next(found, Standing(set_id=set_id, phase=Phase.OPEN))


def _withdrawable(standing: Standing) -> bool:
    return bool(standing.submission and not standing.submission.started)


def _too_many(
    program: Program,
    held: Sequence[str],
    fresh: Sequence[str],
    standings: Sequence[Standing],
) -> str:
    needed = program.electives_needed
    over = len(held) + len(fresh) - needed
    free = [id for id in held if _standing(id, standings).phase not in STAYING]
    fixed = [id for id in held if id not in free]
    lead = f"That would be {len(held) + len(fresh)} electives and {needed} are needed"
    why = f" ({_titles(program, fixed)}: fixed, since submitted or achieved)" if fixed else ""
    if len(free) < over or not held:
        most = needed - len(fixed)
        room = f"choose at most {most} more" if most > 0 else "all of yours are fixed"
        return f"{lead}: {room}{why}. Nothing was changed."
    ways = " or ".join(f"drop {program.set(id).title}" for id in free)
    return f"{lead}; nothing was changed. Drop {over} first{why}. Say: {ways}."


def _titles(program: Program, ids: Iterable[str]) -> str:
    return _list(program.set(id).title for id in ids)


def _list(titles: Iterable[str]) -> str:
    return ", ".join(titles)
