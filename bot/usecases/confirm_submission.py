"""Certify a submission: whose, when, and exactly which files, in one signed line."""

from __future__ import annotations

from bot.domain.confirmations import Confirmation, payload_of, token_of
from bot.domain.program import Program
from bot.domain.submission import Submission
from bot.ports import Signer


def confirm_submission(submission: Submission, *, program: Program, signer: Signer) -> str:
    """The confirmation's token. Nothing is kept: the same submission and key give the same one."""
    payload = payload_of(
        Confirmation(
            program=program.id,
            candidate=submission.person_id,
            number=submission.id,
            set_id=submission.set_id,
            route=submission.route,
            round=submission.round,
            files=len({item.number for item in submission.items}),
            sha256=submission.manifest_sha256,
            submitted_at=submission.submitted_at,
        )
    )
    return token_of(payload, public_key=signer.public_key, signature=signer.sign(payload))
