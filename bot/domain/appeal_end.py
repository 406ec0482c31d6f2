"""How an appeal ended, and what came of that."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.appeal_case import Case
from bot.domain.evidence_requests import EvidenceRequest
from bot.domain.standing import Standing
from bot.domain.submission import Submission


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """An appeal with its result.

    `again` is the submission that is judged again because of it, `given_up` what is therefore not
    wanted any more. `in_the_way` is how the set stands when that was to be and could not.
    """

    case: Case
    again: Submission | None = None
    given_up: tuple[EvidenceRequest, ...] = ()
    in_the_way: Standing | None = None
