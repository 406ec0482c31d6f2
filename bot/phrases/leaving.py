"""How a record that arrives, and a person who is erased, are told to the operator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.domain.people import Person
from bot.domain.program import Program
from bot.domain.record import Record
from bot.domain.submission import OPEN_STAGES

# What the rows of each kind are called: one of them, and several.
KINDS = {
    "inbox": ("message from the person", "messages from the person"),
    "outbox": ("message to the person", "messages to the person"),
    "writing": ("statement being written", "statements being written"),
    "turns": ("question asked", "questions asked"),
    "handovers": ("question passed to staff", "questions passed to staff"),
    "comments": ("comment on a shared set", "comments on shared sets"),
    "shares": ("share", "shares"),
    "offers": ("offered file", "offered files"),
    "evidence_requests": ("request for more documents", "requests for more documents"),
    "appeals": ("appeal", "appeals"),
    "submissions": ("submission without a decision", "submissions without a decision"),
    "all submissions": ("submission", "submissions"),
    "changes": ("step in the history of files", "steps in the history of files"),
    "evidence": ("file of the record", "files of the record"),
    "statements": ("version of a statement", "versions of statements"),
    "electives": ("chosen elective", "chosen electives"),
    "candidates": ("enrolment", "enrolments"),
    "set_routes": ("chosen route", "chosen routes"),
    "person_roles": ("role", "roles"),
    "link_codes": ("one-time code", "one-time codes"),
    "identities": ("proved address", "proved addresses"),
    "former_identities": ("address left earlier", "addresses left earlier"),
    "form_drafts": ("draft of a form", "drafts of forms"),
    "private_tokens": ("private mail address", "private mail addresses"),
    "answers_given": ("answer counted", "answers counted"),
    "bounces": ("mail that came back", "mails that came back"),
    "declined_kinds": ("kind of notice declined", "kinds of notices declined"),
    "heard_from": ("instant of the last mail", "instants of the last mails"),
    "held_mails": ("mail that waited for its sender's word", "mails that waited for their sender"),
}
_HOUSE = (
    "The person's number, without name, e-mail address and time zone, so that it names nobody else "
    "later.",
    "Of each decided submission also the hashes, sizes and dates of its files and its ratings, "
    "without names, comments and reasons.",
    "Where the person reviewed or decided other people's sets, or answered their questions: those "
    "reviews, decisions and answers; in reviews and decisions with the name.",
    "Words in which others name the person in their own matters: their files, statements, "
    "questions and comments.",
    "Curated answers, with the words of the question that they came from.",
    "Mails as they came, in the mailbox that Carrel reads: those from the person lie in its "
    "folders Processed and Failed, where you delete them.",
    "Archives, dossier folders, pictures and backups that were saved outside of Carrel: they are "
    "yours to delete.",
)


def counted(kind: str, count: int) -> str:
    """`3 appeals`."""
    one, several = KINDS.get(kind, (kind, kind))
    return f"{count:,} {one if count == 1 else several}"


def kept(program: Program) -> tuple[str, ...]:
    """What outlives an erasure and why it may: the program's sentences, then the house's."""
    return (*program.rules.kept, *_HOUSE)


def imported(record: Record) -> str:
    """`23 files, 2 versions of statements, ...`; what there is none of is left out."""
    parts = (
        ("evidence", len(record.files)),
        ("statements", len(record.statements)),
        ("all submissions", len(record.submissions)),
        ("evidence_requests", len(record.requests)),
        ("appeals", len(record.appeals)),
    )
    said = (counted(kind, count) for kind, count in parts if count)
    return ", ".join(said) or "nothing but the enrolment"


def renumbered(submissions: Mapping[int, int]) -> str:
    """The submissions' new numbers."""
    pairs = ", ".join(f"{old} is {new}" for old, new in submissions.items())
    return f"Submissions have new numbers here: {pairs}."


def left_behind(record: Record) -> Iterator[str]:
    """What of the record does not hold here, a sentence each."""
    yield "Proved addresses and roles are no part of a record: connect an address with carrel link."
    if record.shares or record.comments:
        shares, comments = len(record.shares), len(record.comments)
        yield (
            f"{counted('shares', shares)} and {counted('comments', comments)} stay in the archive: "
            "nobody reads the record here until it is shared anew."
        )
    for one in record.submissions:
        if one.stage in OPEN_STAGES:
            yield (
                f"Submission {one.number} waits for a review here; who had taken it on there, and "
                "ratings of that round, are not carried over."
            )
    if any(one.ratings for one in record.submissions):
        yield (
            "Reviewers are known by their places alone, and comments as far as the candidate was "
            "told them."
        )
    yield "The trail and the receipts of the other installation stay in the archive, which is kept."


def to_erase(person: Person, went: Mapping[str, int], names: int) -> Iterator[str]:
    """Before an erasure: whom it is about, and what would go."""
    yield f"Erasing {person.name} ({person.email}), person {person.id}, takes away for good:"
    yield from went_lines(went, names)
    if "candidates" in went:
        yield f"A copy that opens without Carrel: carrel export {person.email} FILE.zip"


def went_lines(went: Mapping[str, int], names: int) -> Iterator[str]:
    """What went, kind by kind."""
    yield "- the name, the e-mail address and the time zone"
    for kind, count in went.items():
        yield f"- {counted(kind, count)}"
    yield f"- the bytes of {files(names)}, which nobody else holds"


def files(count: int) -> str:
    """`1 file` or `23 files`."""
    return "1 file" if count == 1 else f"{count:,} files"
