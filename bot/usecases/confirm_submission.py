"""Certify a submission: whose, when, and exactly which files, in one signed line."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.confirmations import Confirmation, payload_of, token_of
from bot.domain.evidence_requests import EvidenceRequest
from bot.domain.just_submitted import JustSubmitted
from bot.domain.program import Program
from bot.domain.submission import Submission
from bot.ports import Signer, UnitOfWork
from bot.usecases.desk import Desk
from bot.usecases.see_waiting import waiting_for


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


def just_submitted(
    uow: UnitOfWork, desk: Desk, made: Submission, given_up: Sequence[EvidenceRequest] = ()
) -> JustSubmitted:
    """A new submission with all that its candidate is told of it."""
    program = desk.program
    return JustSubmitted(
        submission=made,
        token=confirm_submission(made, program=program, signer=desk.signer),
        waiting=waiting_for(uow, program, made),
        cited=tuple(desk.cited(program.rules.routes[made.route].cites, most=1)),
        given_up=tuple(given_up),
    )
