"""What can be said, by topic."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.messages import Bullets, Choice, Paragraph, Reply
from bot.domain.program import Program
from bot.domain.rights import Role

Topics = Mapping[str, tuple[str, ...]]


def help_text(program: Program, roles: frozenset[Role], topic: str = "") -> Reply:
    """Everything that can be said on a topic; without one, the basics and the other topics.

    Topics of staff are shown to people with a role.
    """
    topics = _topics(program, roles)
    if topic:
        lead = Paragraph(text=f"On {topic}, you can say:")
        return Reply(blocks=(lead, Bullets(items=topics[topic])))
    lead = Paragraph(text="This is what you can send me:")
    more = tuple(Choice(label=f"Help on {name}", says=f"help {name}") for name in topics)
    return Reply(blocks=(lead, Bullets(items=_basics(program))), choices=more)


def topic_of(program: Program, roles: frozenset[Role], said: str) -> str:
    """The topic that the words name; empty when they name none."""
    wanted = said.strip().casefold().removeprefix("the ")
    names = (name for name in _topics(program, roles) if wanted)
    return next((name for name in names if name.removeprefix("the ").startswith(wanted)), "")


def _basics(program: Program) -> tuple[str, ...]:
    record, code = program.words.record_short, program.sets[0].competencies[0].id
    return (
        f"Any question about the program, for example: what should my {record} include?",
        f"A file, with or without words on where it belongs, for example: for {code}.",
        "progress: how far you are, in words and as a picture.",
        "missing, or missing in SET: what is still needed.",
        "files: what you have filed and where.",
        f"move 3 to {code}; also 3 in {code}; remove 3; mark 3 as secondary.",
        "undo: takes back the last filing or move.",
        "receipt 3: the signed receipt of file 3.",
        "ask staff: QUESTION, to reach a person; flag, when an answer was wrong.",
        "code: a one-time code to connect another of your addresses; link CODE uses it.",
    )


def _topics(program: Program, roles: frozenset[Role]) -> Topics:
    """A candidate's topics, and before them those of the roles that somebody was granted."""
    staff = roles & {Role.STAFF, Role.ADMIN}
    mine: Topics = {**_reviewing(program)} if staff or Role.REVIEWER in roles else {}
    if staff:
        mine = {**mine, **_deciding(program), **_answering()}
    return {**mine, **_choosing(program), **_submitting(), **_sharing()}


def _choosing(program: Program) -> Topics:
    title = program.sets[0].title
    return {
        "choosing": (
            "electives; choose SET, SET; drop SET.",
            "routes; advise SET: which way fits, with the documents' words.",
            f"prove {title} by course, or by portfolio.",
            "pace: whether your time will do.",
        ),
        "the statement": (
            f"write statement for {title}; then just write, message by message.",
            "show statement; replace 2: NEW WORDS; cut paragraph 2; add: WORDS.",
            "versions; back to version 3.",
            "done: files it. pause writing: leaves it for later.",
        ),
    }


def _submitting() -> Topics:
    return {
        "submitting": (
            "ready, or ready SET: what is still missing, and why.",
            "preview SET: exactly what a reviewer would see.",
            "submit SET; submissions; submission 12; confirmation 12.",
            "withdraw submission 12: until its review starts.",
            "requests: what more is wanted. Send each file with its R- code.",
            "waiting time: how long reviews took.",
        ),
        "appeals": (
            "appeal 12: what can be done against the decision on submission 12, and until when.",
            "notice 12: the drafted notice; file notice 12: files it.",
            "my appeals: the steps and their days.",
        ),
    }


def _sharing() -> Topics:
    return {
        "sharing": (
            "share SET with SOMEBODY@EXAMPLE.ORG for 30 days; share all with ...",
            "shares; unshare 3; comments; who looked.",
            "shared with me; look at share 3; open share 3 file 7; comment share 3: WORDS.",
            "offers; offer 2; accept offer 2; decline offer 2: files that others sent for you.",
            "A file with the words: for SOMEBODY@EXAMPLE.ORG, to offer it for their record.",
        ),
    }


def _reviewing(program: Program) -> Topics:
    code = program.sets[0].competencies[0].id
    words = ", ".join(program.rules.review.words.values())
    return {
        "reviewing": (
            "queue; my reviews; claim 12; release 12.",
            "dossier 12: everything in submission 12; open 12 3: its file 3.",
            f"rate 12 {code} RATING: COMMENT, where RATING is one of {words}.",
            "rate 12 the rest RATING; ratings 12.",
        ),
    }


def _deciding(program: Program) -> Topics:
    code = program.sets[0].competencies[0].id
    return {
        "deciding": (
            "approve 12: REASON.",
            f"ask more 12 {code}: REASON; without sections, those the rule names.",
            "recommend course 12: REASON.",
            "appeals; appeal case 3; appeal step 3 STEP: NOTE; appeal result 3 RESULT: REASON.",
            "look at SOMEBODY@EXAMPLE.ORG; admins: appoint SOMEBODY@EXAMPLE.ORG reviewer; roles.",
        ),
    }


def _answering() -> Topics:
    return {
        "answering": (
            "questions; question 5; take 5; answer 5: WORDS.",
            "curate 5: makes your answer the answer from now on; curated; retire 3.",
            "unanswered: what was asked and not answered, grouped.",
        ),
    }
