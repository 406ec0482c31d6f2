"""Certify a stored file: its bytes, its time and its place, in one signed line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.portfolio import Change, Evidence
from bot.domain.program import Program
from bot.domain.receipts import Receipt, payload_of, token_of
from bot.ports import Signer


def issue_receipt(
    evidence: Evidence, *, program: Program, signer: Signer, history: Sequence[Change]
) -> str:
    """The receipt's token. Nothing is kept: the same record and key give the same token.

    `history` is the record's (`uow.records.history`), oldest first.
    """
    payload = payload_of(
        Receipt(
            program=program.id,
            candidate=evidence.person_id,
            number=evidence.number,
            name=evidence.name,
            size=evidence.size,
            sha256=evidence.sha256,
            stored_at=evidence.stored_at,
            state=evidence.filing.state,
            sections=evidence.filing.sections,
            kind=evidence.filing.kind,
            filed_at=_filed_at(evidence, history),
        )
    )
    return token_of(payload, public_key=signer.public_key, signature=signer.sign(payload))


def _filed_at(evidence: Evidence, history: Sequence[Change]) -> datetime:
    """When the newest step that led to where it stands was made; a step undone leads nowhere."""
    steps = (c for c in history if c.evidence_id == evidence.id and c.undone_at is None)
    led_here = (step.at for step in steps if step.after == evidence.filing)
    return max(led_here, default=evidence.stored_at)
