"""What must hold after every step, whoever said what: the laws of records, reviews and secrets."""

from __future__ import annotations

from collections import Counter

from bot.domain.evidence_requests import EvidenceRequest
from bot.domain.program import Program
from bot.domain.rules import Outcome
from bot.domain.sharing import EVERYTHING
from bot.domain.standing import achieved
from bot.domain.submission import Item, Stage, Submission
from tests.flows.town import Told, Town
from tests.flows.view import POINT, Secret, View, secrets_of, view


class Laws:
    """Looks at a town after every step, and remembers what may never change."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self._snapshots: dict[int, tuple[tuple[Item, ...], str]] = {}
        self._ended: dict[int, Submission] = {}
        self._achieved: dict[int, frozenset[str]] = {}
        self._known: Counter[tuple[str, str]] = Counter()
        self.now = view(town.house)
        self.check()

    def check(self) -> View:
        """Every law; gives how things stand now."""
        before, self.now = self.now, view(self._town.house, self.now)
        program = self._town.program
        nothing_is_left(self.now)
        reviews_are_sound(self.now, program)
        self._what_is_frozen_stays(before)
        electives_are_few(self.now, program)
        requests_are_answered_by_what_stands_there(before, self.now)
        self._nothing_is_told_to_others(before)
        return self.now

    def _what_is_frozen_stays(self, before: View) -> None:
        program = self._town.program
        for one in self.now.submissions.values():
            frozen = (one.items, one.manifest_sha256)
            assert self._snapshots.setdefault(one.id, frozen) == frozen
            if not one.open:
                assert self._ended.setdefault(one.id, one) == one
            if one.stage is Stage.WITHDRAWN:
                assert not before.submissions[one.id].started
        assert self._snapshots.keys() == self.now.submissions.keys()
        for own in self.now.candidates:
            found = achieved(program, [s for s in self._all() if s.person_id == own])
            assert self._achieved.get(own, frozenset()) <= found
            self._achieved[own] = found

    def _nothing_is_told_to_others(self, before: View) -> None:
        secrets = tuple(secrets_of(self.now, self._town.program)) if self._town.news else ()
        for told in self._town.news:
            who, words = told.message.to.value, repr(told.message.reply)
            for secret in secrets:
                if secret.words in told.typed:
                    self._known[who, secret.words] += 1
                if secret.words in words and not self._known[who, secret.words]:
                    assert _may_know(who, secret, before, self.now), (who, secret, told)
            _judgements_wait(told, before, self.now)
        self._town.news.clear()

    def _all(self) -> tuple[Submission, ...]:
        return tuple(self.now.submissions.values())


def nothing_is_left(now: View) -> None:
    """No message waits, and none was given up."""
    for queue, counts in now.left.items():
        left = {state: n for state, n in counts.items() if n and state not in {"done", "sent"}}
        assert not left, (queue, left)


def reviews_are_sound(now: View, program: Program) -> None:
    """One open submission for a set, no more reviewers than places, and nobody in their own."""
    every = now.submissions.values()
    open_ones = Counter((s.person_id, s.set_id) for s in every if s.open)
    assert all(count == 1 for count in open_ones.values())
    for one in every:
        people = [c.reviewer for c in one.claims]
        assert len(people) == len(set(people)) <= program.rules.review.reviewers[one.route]
        judges = {*people, *(r.reviewer for r in one.ratings)}
        assert one.person_id not in judges | ({one.decision.by} if one.decision else set())
        assert (one.stage is Stage.DECIDED) == (one.decision is not None)
        more = one.decision is not None and one.decision.outcome is Outcome.MORE
        assert one.round <= program.rules.review.chances or not more


def electives_are_few(now: View, program: Program) -> None:
    """Nobody holds more electives than are needed, and each only once."""
    for candidate in now.candidates.values():
        held = candidate.electives
        assert len(set(held)) == len(held) <= program.electives_needed


def requests_are_answered_by_what_stands_there(before: View, now: View) -> None:
    """A request is closed by the candidate's own file in that section, until the set goes back.

    It is given up only when something else of its set was submitted.
    """
    open_before = {r.id for r in before.requests if r.open}
    for request in now.requests:
        fresh, over = request.id in open_before, _something_came_after(request, now)
        assert over or not request.given_up, request
        if request.open or request.given_up or (over and not fresh):
            continue
        by = [e for e in now.evidence[request.person_id] if e.number == request.closed_by]
        assert [request.section in e.filing.sections for e in by] == [True], request
        if fresh:
            first = now.submissions[request.submission_id]
            assert (request.section, by[0].sha256) not in {
                (i.section, i.sha256) for i in first.items
            }


def _something_came_after(request: EvidenceRequest, now: View) -> bool:
    first = now.submissions[request.submission_id]
    same = (s for s in now.submissions.values() if s.id > first.id and s.set_id == first.set_id)
    return any(s.person_id == first.person_id and s.stage is not Stage.WITHDRAWN for s in same)


def _may_know(who: str, secret: Secret, before: View, now: View) -> bool:
    """Whether somebody may read it, as things stood before the step or stand after it."""
    read = before.reads(who, secret.owner) | now.reads(who, secret.owner)
    return EVERYTHING in read or bool(read & secret.sets)


def _judgements_wait(told: Told, before: View, now: View) -> None:
    """What reviewers say of a competency reaches the candidate with the decision, not before."""
    own = now.number(told.message.to.value)
    said = set(POINT.findall(repr(told.message.reply)))
    waiting = (s for v in (before, now) for s in v.submissions.values() if s.person_id == own)
    for one in waiting:
        fresh = {p for r in one.ratings if not r.carried for p in POINT.findall(r.comment)}
        decided = now.submissions[one.id].decision
        assert decided or not said & fresh, (one, told)
