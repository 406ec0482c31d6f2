"""How a decision is told: to whoever made it, to colleagues, to the candidate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from bot.domain.evidence_requests import EvidenceRequest
from bot.domain.knowledge import Passage
from bot.domain.messages import Block, Bullets, Choice, Download, Paragraph, Reply
from bot.domain.needs import sections_for
from bot.domain.own_view import as_candidate_sees, said_of
from bot.domain.portfolio import Evidence
from bot.domain.program import Program
from bot.domain.rules import OUTCOMES, Outcome, Rating, Route
from bot.domain.sections import SectionKind
from bot.domain.submission import ReviewDecision, Submission, decision_of
from bot.domain.verdict import Proposal, differs
from bot.phrases.cited import quoted
from bot.phrases.sections import full_name, named, short_name, together
from bot.phrases.times import told


def decided(
    program: Program, submission: Submission, name: str, proposal: Proposal | None
) -> Reply:
    """To the decider: what was kept, and where it differs from what the rule gives."""
    decision = decision_of(submission)
    lines = [
        f"Decided: {matter(program, submission)} of {name}: {_outcome(program, decision)}. {name} "
        "is told so, with your reason."
    ]
    if proposal and differs(decision, proposal):
        lines.append(f"The rule proposed {_proposed(program, proposal)}. Your decision stands.")
    return _plain(lines)


def decided_too(program: Program, submission: Submission, name: str) -> Reply:
    """To the reviewers and the other staff."""
    decision = decision_of(submission)
    line = (
        f"{decision.name} decided {matter(program, submission)} of {name}: "
        f"{_outcome(program, decision)}. Reason: {decision.reason}"
    )
    return _plain([line])


def approved(program: Program, submission: Submission, letter: Evidence) -> Reply:
    """To the candidate: approved for good, with the letter and the reviewers' comments."""
    lines = [
        f"Approved: {matter(program, submission)}. Congratulations! {_by(submission)}",
        "You have achieved the set, and that stays so, whatever happens. Your "
        f"{program.words.letter} is in your {program.words.record_short} as file {letter.number}.",
    ]
    download = Download(
        name=letter.name, media_type=letter.media_type, size=letter.size, sha256=letter.sha256
    )
    blocks = (*_paragraphs(lines), download, *comments_of(as_candidate_sees(submission)))
    return Reply(blocks=blocks, choices=(Choice(label="My progress", says="progress"),))


def more(
    program: Program,
    submission: Submission,
    requests: Sequence[EvidenceRequest],
    cited: Sequence[Passage],
    *,
    appeal_until: date | None,
) -> Reply:
    """To the candidate: what more is wanted, each with its token, and how to send it."""
    last = submission.round >= program.rules.review.chances
    how = (
        "Send the files as replies to this message, or each with its code in the message, for "
        f"example: {requests[0].token}. When all {len(requests)} are answered, the set goes back "
        "to the same reviewers, who see what is new."
        if len(requests) > 1
        else "Send the file as a reply to this message, or with this code in the message: "
        f"{requests[0].token}. The set then goes back to the same reviewers, who see what is new."
    )
    lines = [how, *(["This is the last time that more can be asked for."] if last else [])]
    blocks = (
        Paragraph(text=f"More is wanted for {matter(program, submission)}. {_by(submission)}"),
        *wanted(program, submission, requests),
        *_paragraphs(lines),
        *quoted(cited),
        *_appeal(submission, appeal_until),
    )
    requested = Choice(label="What is still wanted", says="requests")
    return Reply(blocks=blocks, choices=(requested, *_appeal_choice(submission, appeal_until)))


def course(
    program: Program, submission: Submission, cited: Sequence[Passage], *, appeal_until: date | None
) -> Reply:
    """To the candidate: a course is recommended, or its certificate was not accepted; what next."""
    title = program.set(submission.set_id).title
    route = program.rules.routes[Route.COURSE].title
    needed = sections_for(program, submission.set_id, Route.COURSE)
    slip = next(s for s in needed if s.kind is SectionKind.CERTIFICATE)
    others = [named(program, s.kind) for s in needed if s is not slip]
    also = f" It also needs {together(others)}." if others else ""
    then = f"it goes to {slip.title}.{also} Then say: submit {title}."
    certificate, about = program.words.certificate, matter(program, submission)
    lines = [
        f"A course is recommended for {about}. {_by(submission)}",
        f"The route of {title} is now: {route}. When you have passed it, send the {certificate}; "
        f"{then}",
    ]
    if submission.route is Route.COURSE:
        lines = [
            f"The {certificate} in {about} was not accepted. {_by(submission)}",
            f"Wanted is the {certificate} of an approved course. Send it; {then}",
        ]
    blocks = (*_paragraphs(lines), *quoted(cited), *_appeal(submission, appeal_until))
    return Reply(blocks=blocks, choices=_appeal_choice(submission, appeal_until))


def complete(program: Program, cited: Sequence[Passage]) -> Reply:
    """To the candidate: nothing is left to prove."""
    lines = [f"Your {program.name} is complete.", program.rules.completion.next]
    return Reply(blocks=(*_paragraphs(lines), *quoted(cited)))


def complete_too(program: Program, name: str, email: str) -> Reply:
    """To staff: somebody has achieved every set that is needed."""
    count = program.sets_needed
    return _plain(
        [f"{name} ({email}) has achieved all {count} sets: the {program.name} is complete."]
    )


def matter(program: Program, submission: Submission) -> str:
    """`submission 12 (Technology)`."""
    return f"submission {submission.id} ({program.set(submission.set_id).title})"


def _outcome(program: Program, decision: ReviewDecision) -> str:
    return OUTCOMES[decision.outcome] + _in_brackets(program, decision.sections)


def _in_brackets(program: Program, sections: Sequence[str]) -> str:
    names = ", ".join(short_name(program, section) for section in sections)
    return f" ({names})" if names else ""


def _proposed(program: Program, proposal: Proposal) -> str:
    asks = proposal.asks if proposal.outcome is Outcome.MORE else ()
    named, words = _in_brackets(program, asks), program.rules.review.words
    return (
        f"another decision: {OUTCOMES[proposal.outcome]}{named}, with {proposal.met} "
        f"{words[Rating.MET]} (at least {proposal.needed} needed), {proposal.partially} "
        f"{words[Rating.PARTIALLY]} (at most {proposal.allowed}) and {proposal.not_met} "
        f"{words[Rating.NOT_MET]}"
    )


def _by(submission: Submission) -> str:
    return f"The reason given: {decision_of(submission).reason}"


def wanted(
    program: Program, submission: Submission, requests: Sequence[EvidenceRequest]
) -> Iterator[Block]:
    """Each request with its token and section, and below it what was said about that."""
    said = {one.token: said_about(submission, one.section) for one in requests}
    heads = {one.token: f"{one.token} for {full_name(program, one.section)}" for one in requests}
    if not any(said.values()):
        yield Bullets(items=tuple(heads.values()))
        return
    for token, head in heads.items():
        yield Paragraph(text=f"{head}:" if said[token] else head)
        if said[token]:
            yield Bullets(items=said[token])


def comments_of(seen: Submission) -> tuple[Block, ...]:
    """Every comment that the candidate sees, with its competency; reviewers' names stay theirs."""
    rated = dict.fromkeys(rating.competency for rating in seen.ratings)
    items = [f"{one}: {said}" for one in rated for said in _said(seen, one)]
    if not items:
        return ()
    return (Paragraph(text="What the reviewers wrote:"), Bullets(items=tuple(items)))


def said_about(submission: Submission, section: str) -> tuple[str, ...]:
    """The comments about a section that the candidate is told, in the reviewers' order."""
    return _said(as_candidate_sees(submission), section)


def _said(seen: Submission, section: str) -> tuple[str, ...]:
    return tuple(f"Reviewer {place}: {words}" for place, words in said_of(seen, section))


def _appeal(submission: Submission, until: date | None) -> tuple[Block, ...]:
    if until is None:
        return ()
    text = (
        f"You can appeal against this decision; the first paper is due by {told(until)}. Say: "
        f"appeal {submission.id}."
    )
    return (Paragraph(text=text),)


def _appeal_choice(submission: Submission, until: date | None) -> tuple[Choice, ...]:
    return (Choice(label="How to appeal", says=f"appeal {submission.id}"),) if until else ()


def _paragraphs(lines: Sequence[str]) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(text=line) for line in lines)


def _plain(lines: Sequence[str]) -> Reply:
    return Reply(blocks=_paragraphs(lines))
