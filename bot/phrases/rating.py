"""How ratings are told, and what the program's rule makes of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.domain.knowledge import Passage
from bot.domain.messages import Block, Bullets, Choice, Paragraph, Reply
from bot.domain.program import Program
from bot.domain.rules import Outcome, Rating, ReviewRule, Route
from bot.domain.submission import RatingGiven, Stage, Submission
from bot.domain.verdict import Combined, Proposal, Rated, Ratings
from bot.phrases.cited import quoted


def rated(program: Program, done: Rated) -> Reply:
    """After a rating: what is still to come, and from whom; never how others rated."""
    head = f"Rated in submission {done.submission.id}: {', '.join(done.kept)}."
    lines = [head, _to_come(done.left, done.others)]
    if done.proposal:
        lines.append(_rule_says(program, done.proposal))
    return _reply(lines, (_see(done.submission),))


def alert(program: Program, submission: Submission, proposal: Proposal) -> Reply:
    """For staff, when the last rating is in."""
    title = program.set(submission.set_id).title
    lines = [
        f"Submission {submission.id} ({title}) is rated. {proposes(proposal)}",
        f"To see the ratings before you decide, say: ratings {submission.id}.",
    ]
    number = submission.id
    decide = Choice(label=f"Decide submission {number}", says=f"decide {number}")
    return _reply(lines, (_see(submission), decide))


def table(program: Program, seen: Ratings, cited: Sequence[Passage]) -> Reply:
    """Every competency with its ratings, what they add up to, and what the rule proposes."""
    submission, rule = seen.submission, program.rules.review
    if submission.stage is Stage.WITHDRAWN:
        line = f"Submission {submission.id} was withdrawn by the candidate, so nobody rates it."
        return _reply([line], ())
    if submission.route is Route.COURSE:
        line = f"Nothing is rated in submission {submission.id}: a person decides on it as a whole."
        return _reply([line], (_dossier(submission),))
    title = program.set(submission.set_id).title
    head = f"Ratings of submission {submission.id}, {title}, round {submission.round}:"
    lines = tuple(_row(rule, row, seen.names) for row in seen.rows)
    blocks: list[Block] = [Paragraph(text=head), Bullets(items=lines)]
    if seen.hidden:
        own = "How others rated is shown to you when you have rated everything."
        blocks.append(Paragraph(text=f"Left for you: {', '.join(seen.left)}. {own}"))
    if seen.proposal:
        blocks += [Paragraph(text=_rule_says(program, seen.proposal)), *quoted(cited)]
    return Reply(blocks=tuple(blocks), choices=(_dossier(submission),))


def how_to_rate(program: Program, submission: Submission, left: Sequence[str]) -> str:
    """What to say, for somebody who has these to rate."""
    if submission.route is Route.COURSE:
        return "Nothing in it is rated: a person of the staff decides on it as a whole."
    if not left:
        return "Nothing in it is left for you to rate."
    words, number = program.rules.review.words, submission.id
    return (
        f"To rate {', '.join(left)}, say: rate {number} {left[0]} {words[Rating.MET]}, or: "
        f"rate {number} {left[0]} {words[Rating.PARTIALLY]}: WHAT IS MISSING, or: rate {number} "
        f"the rest {words[Rating.MET]}. Several such lines in one message are kept together."
    )


def proposes(proposal: Proposal) -> str:
    """What the rule proposes, as a sentence."""
    match proposal.outcome:
        case Outcome.APPROVED:
            return "The rule proposes to approve it."
        case Outcome.MORE:
            return f"The rule proposes to ask more documents for {', '.join(proposal.asks)}."
        case Outcome.COURSE:
            return "The rule proposes to recommend a course."


def cites(rule: ReviewRule, outcome: Outcome) -> tuple[str, ...]:
    """The passages that such a proposal rests on."""
    return {
        Outcome.APPROVED: rule.pass_cites,
        Outcome.MORE: rule.more_cites,
        Outcome.COURSE: rule.course_cites,
    }[outcome]


def _to_come(left: Sequence[str], others: int) -> str:
    own = f"Left for you: {', '.join(left)}." if left else "You have rated everything."
    if not others:
        return f"{own} Nothing is missing from others."
    return f"{own} {others} {'rating' if others == 1 else 'ratings'} of others still to come."


def _rule_says(program: Program, proposal: Proposal) -> str:
    words = program.rules.review.words
    return (
        f"{proposal.met} {words[Rating.MET]} (at least {proposal.needed} needed), "
        f"{proposal.partially} {words[Rating.PARTIALLY]} (at most {proposal.allowed} allowed), "
        f"{proposal.not_met} {words[Rating.NOT_MET]}. {proposes(proposal)} A person decides."
    )


def _row(rule: ReviewRule, row: Combined, names: Mapping[int, str]) -> str:
    if not row.given:
        return f"{row.competency}: not rated yet."
    given = "; ".join(_given(rule, one, names) for one in row.given)
    combined = f" Combined: {rule.words[row.rating]}." if row.rating else ""
    return f"{row.competency}: {given}.{combined}{' They disagree.' if row.disputed else ''}"


def _given(rule: ReviewRule, one: RatingGiven, names: Mapping[int, str]) -> str:
    when = ", in an earlier round" if one.carried else ""
    why = f" (\u201c{one.comment}\u201d)" if one.comment else ""
    return f"{names.get(one.reviewer, 'somebody')} {rule.words[one.rating]}{when}{why}"


def _see(submission: Submission) -> Choice:
    number = submission.id
    return Choice(label=f"Ratings of submission {number}", says=f"ratings {number}")


def _dossier(submission: Submission) -> Choice:
    number = submission.id
    return Choice(label=f"Dossier of submission {number}", says=f"dossier {number}")


def _reply(lines: Sequence[str], choices: tuple[Choice, ...]) -> Reply:
    return Reply(blocks=tuple(Paragraph(text=line) for line in lines), choices=choices)
