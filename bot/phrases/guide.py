"""What can be said, by topic."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bot.domain.messages import Bullets, Choice, Paragraph, Reply
from bot.domain.program import Program
from bot.domain.rights import STAFF, Role
from bot.domain.rules import Rating
from bot.phrases.broadcasting import TO_MANY
from bot.phrases.guide_addresses import CALLED, addresses
from bot.phrases.guide_reminding import IN_SHORT, REMINDING
from bot.phrases.linking import CONNECT, LINK

Topics = Mapping[str, tuple[str, ...]]


def help_text(program: Program, roles: frozenset[Role], topic: str = "") -> Reply:
    """Everything that can be said on a topic; without one, the basics and the other topics.

    Topics of staff are shown to people with a role; who has no record gets basics of their own, and
    a stranger what strangers can do.
    """
    if topic:
        lead = Paragraph(text=f"On {topic}, you can say:")
        return Reply(blocks=(lead, Bullets(items=_topics(program, roles)[topic])))
    lead = Paragraph(text="This is what you can send me:")
    if not roles:
        lines = tuple(_of_strangers(program))
        return Reply(blocks=(lead, Bullets(items=lines)), choices=(CONNECT, LINK))
    return Reply(
        blocks=(lead, Bullets(items=_basics(program, roles))), choices=_more(program, roles)
    )


def topic_of(program: Program, roles: frozenset[Role], said: str) -> str:
    """The topic that the words name; empty when they name none."""
    wanted = said.strip().casefold().removeprefix("the ")
    wanted = CALLED.get(wanted, wanted)
    names = (name for name in _topics(program, roles) if wanted)
    return next((name for name in names if name.removeprefix("the ").startswith(wanted)), "")


def no_topic(program: Program, roles: frozenset[Role], said: str) -> Reply:
    """Help was wanted on something else; the topics there are."""
    names = ", ".join(_topics(program, roles))
    text = f"I have no help on {said!r}. There is help on: {names}. Or just ask your question."
    return Reply(blocks=(Paragraph(text=text),), choices=_more(program, roles))


def how_to(program: Program, roles: frozenset[Role], verb: str) -> Reply | None:
    """The whole commands that begin with a verb, for somebody who said half of one.

    None where no line tells of it.
    """
    own, every = _lines(program, roles), _lines(program, frozenset(Role))
    mine, all_lines = _about(own, verb), _about(every, verb)
    if not all_lines:
        return None
    lead = f"To {verb}, say:" if mine else f"To {verb} takes a role that you do not have:"
    return Reply(blocks=(Paragraph(text=lead), Bullets(items=mine or all_lines)))


def without_record(program: Program, roles: frozenset[Role]) -> Reply:
    """To somebody known who says a candidate's command; what they can say instead."""
    text = (
        f"That is about a {program.words.record_short}, and you have none of your own here. You "
        "can say:"
    )
    items = _basics(program, roles - {Role.CANDIDATE})
    return Reply(blocks=(Paragraph(text=text), Bullets(items=items)))


def _more(program: Program, roles: frozenset[Role]) -> tuple[Choice, ...]:
    topics = _topics(program, roles)
    return tuple(Choice(label=f"Help on {name}", says=f"help {name}") for name in topics)


def _lines(program: Program, roles: frozenset[Role]) -> tuple[str, ...]:
    topics = _topics(program, roles).values()
    return (*(line for lines in topics for line in lines), *_of_a_record(program))


def _about(lines: tuple[str, ...], verb: str) -> tuple[str, ...]:
    """The lines in which a command begins with the verb."""
    begins = re.compile(rf"(?:^|[;.:,] |\bor ){re.escape(verb)}\b")
    return tuple(line for line in lines if begins.search(line))


def _basics(program: Program, roles: frozenset[Role]) -> tuple[str, ...]:
    if roles and Role.CANDIDATE not in roles:
        return tuple(_without_a_record(program, roles))
    return _of_a_record(program)


def _of_strangers(program: Program) -> Iterator[str]:
    record = program.words.record_short
    yield f"Any question about the program, for example: what should my {record} include?"
    yield "ask staff: QUESTION, to reach a person; flag, when an answer was wrong."
    yield "connect: tells me who you are, by a code that goes to your e-mail address on record."
    yield "link CODE: uses that code, or one that you got elsewhere."
    yield f"Once I know you, I keep your {record} and tell how far you are. Say help again then."


def _without_a_record(program: Program, roles: frozenset[Role]) -> Iterator[str]:
    staff, code = roles.intersection(STAFF), program.sets[0].competencies[0].id
    if staff or Role.REVIEWER in roles:
        yield "next: what waits for you first."
        yield "queue: what waits for a decision. dossier 12: everything in submission 12."
    if Role.REVIEWER in roles:
        met = program.rules.review.words[Rating.MET]
        yield f"claim 12, to take a submission on; my reviews; rate 12 {code} {met}."
    if staff:
        yield "ratings 12; approve 12: REASON; more with: help deciding."
        yield "questions: what people asked; answer 5: WORDS."
        yield "look at SOMEBODY@EXAMPLE.ORG: a candidate's record."
    if Role.MENTOR in roles:
        yield "shared with me: whose record you may see; look at share 3; comment share 3: WORDS."
    yield "A file with the words: for SOMEBODY@EXAMPLE.ORG, to offer it for their record."
    yield IN_SHORT
    yield f"Any question about the program, for example: what is {program.sets[0].title} about?"
    yield "ask staff: QUESTION, to reach a person; flag, when an answer was wrong."
    yield "code: a one-time code to connect another of your addresses; link CODE uses it."


def _of_a_record(program: Program) -> tuple[str, ...]:
    record, code = program.words.record_short, program.sets[0].competencies[0].id
    return (
        f"Any question about the program, for example: what should my {record} include?",
        f"A file, with or without words on where it belongs, for example: for {code}.",
        "next: the one thing to do next, and why.",
        "progress: how far you are, in words and as a picture.",
        "missing, or missing in SET: what is still needed.",
        "files: what you have filed and where.",
        f"move 3 to {code}; also 3 in {code}; remove 3; mark 3 as secondary.",
        "undo: takes back the last filing or move.",
        "receipt 3: the signed receipt of file 3.",
        IN_SHORT,
        "ask staff: QUESTION, to reach a person; flag, when an answer was wrong.",
        "code: a one-time code to connect another of your addresses; link CODE uses it.",
    )


def _topics(program: Program, roles: frozenset[Role]) -> Topics:
    """A candidate's topics, and before them those of the roles that somebody was granted."""
    staff = roles.intersection(STAFF)
    mine: Topics = {**_reviewing(program)} if staff or Role.REVIEWER in roles else {}
    if staff:
        mine = {**mine, **_deciding(program), **_answering(), **TO_MANY}
    return {
        **mine,
        **_choosing(program),
        **_submitting(),
        **_sharing(),
        **REMINDING,
        **addresses(program),
    }


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
            "replace all: NEW TEXT; an empty line begins a new paragraph.",
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
            "requests: what more is wanted. Send each file as a reply to it, or with its R- code.",
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
        "leaving": (
            "export: all of your record as one archive that opens without me.",
            "erase: not by message. Say: ask staff: please erase what you know of me.",
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
            "decide 12: what can be decided now; approve 12: REASON.",
            f"ask more 12 {code}: REASON; without sections, those the rule names.",
            "recommend course 12: REASON.",
            "appeals; appeal case 3; appeal step 3 STEP: NOTE; appeal result 3 RESULT: REASON.",
            "look at SOMEBODY@EXAMPLE.ORG; admins: appoint SOMEBODY@EXAMPLE.ORG reviewer; "
            "dismiss SOMEBODY@EXAMPLE.ORG reviewer; roles.",
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
