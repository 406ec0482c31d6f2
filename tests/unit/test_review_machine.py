"""Candidate, reviewers and staff act on one set in any order, and no illegal state is reached."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.domain import review
from bot.domain.people import Person
from bot.domain.rounds import carried_ratings
from bot.domain.rules import Outcome, Rating, Route
from bot.domain.submission import RatingGiven, Stage, Submission
from bot.domain.verdict import combine, proposed
from bot.errors import Refused
from tests.unit.reviews import (
    GIA,
    IDS,
    NOW,
    RAY,
    RON,
    RULE,
    RUT,
    SAM,
    SECTIONS,
    SOIL,
    SUE,
    decision,
    given,
    submission,
)

REVIEWERS = (RAY, RUT, RON)
people = st.sampled_from((*REVIEWERS, GIA))
deciders = st.sampled_from((SAM, SUE, GIA))
competencies = st.sampled_from((*IDS, "TREE-1"))
ratings = st.sampled_from(Rating)
words = st.sampled_from(("the dates", " "))
wanted = st.lists(st.sampled_from((*IDS, SECTIONS[-1], "TREE-1")), max_size=3)
routes = st.sampled_from((Route.PORTFOLIO, Route.PORTFOLIO, Route.COURSE))


class ReviewMachine(RuleBasedStateMachine):
    """One submission after the other of one set; what is legal is worked out anew here."""

    now: Submission

    def __init__(self) -> None:
        super().__init__()
        self.frozen: dict[tuple[int, int], Submission] = {}
        self.generation = 0

    @initialize(route=routes, round=st.integers(1, 3), data=st.data())
    def begin(self, route: Route, round: int, data: st.DataObject) -> None:
        """The first round, or a later one with what was found before."""
        asked = data.draw(st.sets(st.sampled_from(IDS), min_size=1)) if round > 1 else set()
        pair = (RAY, RUT)[: RULE.reviewers[route]]
        found = [given(who, id) for who in pair for id in IDS if route is Route.PORTFOLIO]
        first = submission(route=route, claims=pair, ratings=found)
        self.now = submission(
            route=route,
            round=round,
            asked=sorted(asked),
            claims=pair if round > 1 else (),
            ratings=carried_ratings(first, asked) if round > 1 else (),
        )

    def attempt(self, move: Callable[[], Submission], *, legal: bool) -> None:
        """Makes a move; it works exactly when it is legal, and what ended does not change."""
        before, over = self.now, not self.now.open
        try:
            self.now = move()
        except Refused:
            assert not legal
            return
        assert legal
        assert not over
        assert self.now.items == before.items
        assert self.now.manifest_sha256 == before.manifest_sha256

    @rule(who=people)
    def claim(self, who: Person) -> None:
        """Somebody takes it on."""
        now = self.now
        free = len(now.claims) < RULE.reviewers[now.route]
        legal = now.open and free and who is not GIA and not now.claimed_by(who.id)
        self.attempt(lambda: review.claim(now, who, RULE, now=NOW), legal=legal)

    @rule(who=people)
    def release(self, who: Person) -> None:
        """Somebody gives it back."""
        now = self.now
        legal = now.open and now.claimed_by(who.id)
        self.attempt(lambda: review.release(now, who), legal=legal)
        if legal:
            assert not [r for r in self.now.ratings if r.reviewer == who.id and not r.carried]
            assert [r for r in now.ratings if r.carried] == [
                r for r in self.now.ratings if r.carried
            ]

    @rule()
    def withdraw(self) -> None:
        """The candidate takes it back."""
        now = self.now
        fresh = [r for r in now.ratings if not r.carried]
        started = bool(fresh) or now.judged_again or (now.round == 1 and bool(now.claims))
        self.attempt(lambda: review.withdraw(now), legal=now.open and not started)

    @rule(who=people, competency=competencies, rating=ratings, comment=words)
    def rate(self, who: Person, competency: str, rating: Rating, comment: str) -> None:
        """Somebody rates one competency."""
        self._rate(who, (given(who, competency, rating, comment=comment),))

    @rule(who=people, rating=ratings)
    def rate_the_rest(self, who: Person, rating: Rating) -> None:
        """Somebody rates all that they have not rated."""
        left = review.left_to_rate(self.now, SOIL, who.id)
        if left:
            self._rate(who, tuple(given(who, id, rating) for id in left))

    @rule(ratings=st.lists(ratings, min_size=len(REVIEWERS), max_size=len(REVIEWERS)))
    def review_it(self, ratings: list[Rating]) -> None:
        """The reviewers take the free places, and rate all they have not rated."""
        for who, rating in zip(REVIEWERS, ratings, strict=True):
            self.claim(who)
            self.rate_the_rest(who, rating)

    def _rate(self, who: Person, fresh: tuple[RatingGiven, ...]) -> None:
        now = self.now
        askable = now.asked or IDS
        legal = (
            now.open
            and now.claimed_by(who.id)
            and now.route is Route.PORTFOLIO
            and all(r.competency in askable for r in fresh)
            and all(r.rating is Rating.MET or r.comment.strip() for r in fresh)
        )
        self.attempt(lambda: review.rate(now, SOIL, fresh, rule=RULE), legal=legal)

    @rule(by=deciders, outcome=st.sampled_from(Outcome), reason=words, sections=wanted)
    def decide(self, by: Person, outcome: Outcome, reason: str, sections: list[str]) -> None:
        """Somebody of the staff decides."""
        now, said = self.now, decision(outcome, by=by, reason=reason, sections=sections)
        chance = now.round <= RULE.chances
        named = bool(sections) and set(sections) <= set(SECTIONS)
        legal = (
            now.open
            and by is not GIA
            and bool(reason.strip())
            and (now.route is Route.COURSE or self._complete())
            and (outcome is not Outcome.MORE or (chance and named))
        )
        self.attempt(
            lambda: review.decide(now, said, RULE, competency_set=SOIL, sections=SECTIONS),
            legal=legal,
        )

    @rule(by=deciders, outcome=st.sampled_from(Outcome), sections=st.sets(st.sampled_from(IDS)))
    def decide_well(self, by: Person, outcome: Outcome, sections: set[str]) -> None:
        """Somebody of the staff decides in the right words."""
        self.decide(by, outcome, "as the ratings say", sorted(sections))

    @precondition(lambda self: self.now.decision and self.now.decision.outcome is Outcome.MORE)
    @rule()
    def go_on(self) -> None:
        """The next round: the same reviewers, and what they found before."""
        before = self.now
        assert before.decision
        asked = before.decision.sections
        self.generation += 1
        self.now = replace(
            submission(route=before.route, round=before.round + 1, asked=asked),
            stage=Stage.IN_REVIEW if before.claims else Stage.WAITING,
            claims=before.claims,
            ratings=carried_ratings(before, asked),
        )

    @precondition(
        lambda self: self.now.decision and self.now.decision.outcome is not Outcome.APPROVED
    )
    @rule()
    def judge_again(self) -> None:
        """After an appeal: the same items from the start, in the round that was decided."""
        before = self.now
        self.generation += 1
        self.now = replace(submission(route=before.route, round=before.round), follows=11)
        assert review.to_rate(self.now, SOIL) == (IDS if before.route is Route.PORTFOLIO else ())

    @precondition(lambda self: self.now.stage is Stage.WITHDRAWN)
    @rule()
    def submit_again(self) -> None:
        """Another submission after one that was taken back."""
        self.generation += 1
        self.now = submission(route=self.now.route)

    def _complete(self) -> bool:
        """Whether every place was taken and everybody rated everything of this round."""
        now = self.now
        asked = tuple(id for id in IDS if id in now.asked or not now.asked)
        rated = {(r.reviewer, r.competency) for r in now.ratings if not r.carried}
        needed = {(c.reviewer, id) for c in now.claims for id in asked}
        full = len(now.claims) == RULE.reviewers[now.route] or not asked
        return full and needed <= rated

    @invariant()
    def what_ended_stays(self) -> None:
        """Each submission that ended is the same for ever."""
        key = (self.generation, self.now.round)
        if not self.now.open:
            assert self.frozen.setdefault(key, self.now) == self.now

    @invariant()
    def the_stage_fits(self) -> None:
        """The stage says what the claims and the decision say."""
        now = self.now
        assert (now.stage is Stage.DECIDED) == (now.decision is not None)
        assert now.stage is not Stage.WAITING or not now.claims
        assert now.stage is not Stage.IN_REVIEW or now.claims
        assert now.stage is not Stage.WITHDRAWN or not (now.claims or now.ratings)
        assert now.open == (now.stage in (Stage.WAITING, Stage.IN_REVIEW))

    @invariant()
    def reviewers_are_few_and_others(self) -> None:
        """No more reviewers than places, each once, and never the candidate."""
        numbers = [claim.reviewer for claim in self.now.claims]
        assert len(numbers) == len(set(numbers)) <= RULE.reviewers[self.now.route]
        assert GIA.id not in {*numbers, *(r.reviewer for r in self.now.ratings)}
        if self.now.decision:
            assert self.now.decision.by != GIA.id

    @invariant()
    def ratings_are_of_those_who_claimed(self) -> None:
        """Each fresh rating is of somebody who has it now, one for each competency."""
        keys = [(r.reviewer, r.competency) for r in self.now.ratings]
        assert len(keys) == len(set(keys))
        assert all(self.now.claimed_by(r.reviewer) or r.carried for r in self.now.ratings)

    @invariant()
    def what_is_left_adds_up(self) -> None:
        """What is missing is what each reviewer has left, and all of each place nobody took."""
        now = self.now
        if now.route is Route.COURSE or not now.open:
            return
        places = RULE.reviewers[now.route] - len(now.claims)
        own = sum(len(review.left_to_rate(now, SOIL, c.reviewer)) for c in now.claims)
        everything = len(review.to_rate(now, SOIL))
        assert review.unrated(now, SOIL, RULE) == own + places * everything

    @invariant()
    def a_proposal_needs_every_rating(self) -> None:
        """The rule proposes when everybody rated everything, and never before."""
        now = self.now
        proposal = proposed(now, SOIL, RULE)
        if now.route is Route.COURSE or now.stage is Stage.WITHDRAWN:
            assert proposal is None
            return
        assert (proposal is not None) == (review.unrated(now, SOIL, RULE) == 0)
        if proposal and proposal.outcome is Outcome.MORE:
            assert now.round <= RULE.chances
            assert proposal.asks

    @invariant()
    def chances_are_kept(self) -> None:
        """More is asked for no more often than the program allows."""
        if self.now.decision and self.now.decision.outcome is Outcome.MORE:
            assert self.now.round <= RULE.chances

    @invariant()
    def the_order_of_reviewers_does_not_matter(self) -> None:
        """Ratings add up to the same whoever gave them first."""
        turned = replace(self.now, ratings=self.now.ratings[::-1])
        straight = [row.rating for row in combine(self.now, SOIL, RULE)]
        assert straight == [row.rating for row in combine(turned, SOIL, RULE)]


TestReview = ReviewMachine.TestCase
TestReview.settings = settings(max_examples=100, stateful_step_count=40, deadline=None)
