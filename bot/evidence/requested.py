"""Which of several requests for more a file is for; pure and quick."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.evidence_requests import EvidenceRequest
from bot.domain.filing import Action, Decision
from bot.evidence.look import Look
from bot.evidence.routing import decide


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """Requests that a file is for, and why; unless it is `sure`, it is for one of them."""

    requests: tuple[EvidenceRequest, ...]
    sure: bool
    reasons: tuple[str, ...] = ()


def meant(look: Look, asked: Sequence[EvidenceRequest]) -> Meant:
    """What the file says, for nothing but these sections is looked for in it.

    Where it says nothing, the only one that is open is meant: the others were answered.
    """
    still = tuple(request for request in asked if request.open)
    if len(asked) == 1:
        return Meant(requests=tuple(asked), sure=True)
    decision = decide(look, open_sections={request.section for request in asked})
    if decision.action is not Action.FILE:
        return Meant(requests=still, sure=len(still) == 1)
    named = tuple(one for one in asked if one.section in (decision.section, *decision.also))
    return Meant(requests=named, sure=True, reasons=_content(decision))


def _content(decision: Decision) -> tuple[str, ...]:
    """What in the file speaks for it; a name that people wrote says it already."""
    return () if decision.explicit else decision.reasons
