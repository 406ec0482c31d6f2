"""Groups of people that staff write to at once: what they are called, and who is in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.notices.situation import Situation
from bot.domain.phases import Phase
from bot.domain.standing import standing

MOST_DAYS = 3650  # of a subscription that ends within so many


class Which(StrEnum):
    """What kind of group; the value is what staff say, alone or before what follows it."""

    EVERYONE = "everyone"
    CANDIDATES = "candidates"
    SET = "set"  # chosen, or begun
    WAITING = "waiting"  # for a decision on a set
    MORE_WANTED = "more wanted"  # of a set
    ACHIEVED = "achieved"  # a set at least
    ENDING = "ends within"  # the subscription does
    CERTIFIED = "certified"
    REVIEWERS = "reviewers"
    MENTORS = "mentors"
    STAFF = "staff"
    PERSON = "person"


# Groups that are named by one word or two, in the order in which they are listed.
NAMED = tuple(one for one in Which if one not in {Which.SET, Which.ENDING, Which.PERSON})
_SAME = {
    Which.EVERYONE: r"every(?:one|body)|all(?: people)?|all of them",
    Which.CANDIDATES: r"(?:all )?candidates",
    Which.WAITING: r"waiting|(?:those )?who wait|submitted|in review|waiting for (?:a )?review",
    Which.MORE_WANTED: r"more wanted|more documents(?: wanted)?|requests",
    Which.ACHIEVED: r"achieved",
    Which.CERTIFIED: r"(?:the )?certified",
    Which.REVIEWERS: r"(?:the |all )?reviewers?",
    Which.MENTORS: r"(?:the |all )?mentors?",
    Which.STAFF: r"(?:the )?staff",
}
_ENDING = re.compile(
    r"(?:(?:whose )?subscriptions? )?(?:ends?|ending|expires?|expiring) (?:with)?in "
    r"(?P<days>\d{1,4}) days?",
    re.IGNORECASE,
)
_OF_ONE = re.compile(r"(?P<which>set|person) (?P<what>\S+)")
_PHASES = {
    Which.WAITING: frozenset({Phase.SUBMITTED, Phase.IN_REVIEW}),
    Which.MORE_WANTED: frozenset({Phase.MORE_WANTED}),
    Which.ACHIEVED: frozenset({Phase.ACHIEVED}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One group. `of` is a set's id or a person's number; `days` from today to a last day."""

    which: Which
    of: str = ""
    days: int = 0

    @property
    def said(self) -> str:
        """The words by which it is kept, and by which `group_of` knows it again."""
        if self.which is Which.ENDING:
            return f"{self.which} {self.days} days"
        return f"{self.which} {self.of}".strip()

    @property
    def by_state(self) -> bool:
        """Whether a person's own situation tells if they are in it (see `is_in`)."""
        return self.which not in _BY_OFFICE


_BY_OFFICE = frozenset({Which.EVERYONE, Which.REVIEWERS, Which.MENTORS, Which.STAFF, Which.PERSON})


def group_of(said: str) -> Group | None:
    """The group of those words; None where they are none that is named without the program.

    Names of sets and of people are for whoever knows those; `set ID` and `person NUMBER` are known.
    """
    words = " ".join(said.split()).strip(" .!")
    for which, same in _SAME.items():
        if re.fullmatch(same, words, re.IGNORECASE):
            return Group(which=which)
    if found := _ENDING.fullmatch(words):
        return Group(which=Which.ENDING, days=min(int(found["days"]), MOST_DAYS))
    if found := _OF_ONE.fullmatch(words):
        return Group(which=Which(found["which"]), of=found["what"])
    return None


def is_in(group: Group, situation: Situation, *, now: datetime) -> bool:
    """Whether somebody is in a group that follows from their own situation."""
    candidate = situation.candidate
    match group.which:
        case Which.CERTIFIED:
            return situation.certified_on is not None
        case Which.CANDIDATES:
            return candidate is not None
        case Which.SET:
            return candidate is not None and _has_set(situation, group.of)
        case Which.ENDING:
            if candidate is None:
                return False
            today = now.astimezone(situation.person.zone).date()
            return 0 <= (candidate.subscription_ends - today).days <= group.days
        case _:
            return _in_phase(situation, _PHASES[group.which])


def _has_set(situation: Situation, set_id: str) -> bool:
    """Whether the set was chosen, or anything was done for it."""
    chosen = situation.candidate.electives if situation.candidate else ()
    begun = (*chosen, *situation.touched, *situation.stated, *situation.routes)
    return set_id in begun or any(one.set_id == set_id for one in situation.submissions)


def _in_phase(situation: Situation, phases: frozenset[Phase]) -> bool:
    sets = {one.set_id for one in situation.submissions}
    return any(standing(each, situation.submissions).phase in phases for each in sets)
