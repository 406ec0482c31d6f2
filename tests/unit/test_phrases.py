"""What Carrel says, word for word where a word matters."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.beyond import Beyond
from bot.domain.filing import Action, Alternative, Decision
from bot.domain.knowledge import Answer, Citation, Status
from bot.domain.messages import Paragraph, Quotation, Reply
from bot.domain.people import Candidate, Person
from bot.domain.portfolio import Evidence, Filing, State
from bot.domain.program import Program
from bot.domain.rights import Role
from bot.phrases import answers, codes, filing, guide, linking, talk
from channels.markup import plain_text
from tests.unit.garden import garden

GARDEN = garden()
SOIL = GARDEN.set("soil-care")
ZONE = ZoneInfo("Europe/Berlin")
EVERY = frozenset(c.id for c in SOIL.competencies)
ADA = Candidate(
    person=Person(id=1, name="Ada", email="ada@example.org"),
    enrolled_on=date(2025, 1, 15),
    subscription_ends=date(2027, 1, 15),
)
HELD = Evidence(
    id=7,
    number=3,
    person_id=1,
    name="notes.pdf",
    media_type="application/pdf",
    size=1400,
    sha256="0123456789abcdef",
    stored_at=datetime(2026, 3, 1, 12, 0, tzinfo=UTC),
    filing=Filing(state=State.FILED, sections=("SOIL-2",)),
)
WAITING = replace(HELD, filing=Filing(state=State.WAITING))
LOST = replace(HELD, filing=HELD.filing.withdrawn())
DECISION = Decision(
    action=Action.FILE,
    section="SOIL-2",
    alternatives=tuple(
        Alternative(section=s, confidence=0.2) for s in ("SOIL-2", "SOIL-1", "SOIL-3", "resume")
    ),
    reasons=('"compost"', "its title"),
)
QUOTED = Citation(document="Rules", heading="Heat", quote="Very\n  hot.", file="a.md", dated="now")


def given_answer(status: Status, *citations: Citation, lead: str = "") -> Answer:
    return Answer(status=status, lead=lead, citations=citations, confidence=0.9)


def says(reply: Reply) -> list[str]:
    return [choice.says for choice in reply.choices]


def test_an_answer_quotes_each_place_once_under_its_lead() -> None:
    more = replace(QUOTED, quote="Mind it.")
    reply = answers.answer(
        GARDEN, "how hot?", given_answer(Status.ANSWERED, QUOTED, more, lead="Hot:")
    )

    assert reply.blocks == (
        Paragraph(text="Hot:"),
        Quotation(text="Very hot.\nMind it.", document="Rules", heading="Heat", dated="now"),
    )
    assert reply.choices == ()


def test_an_answer_without_a_lead_is_its_quotations() -> None:
    reply = answers.answer(None, "how hot?", given_answer(Status.ANSWERED, QUOTED))

    assert [type(block) for block in reply.blocks] == [Quotation]


@pytest.mark.parametrize(
    ("program", "offers"), [(GARDEN, ["ask staff: why?"]), (None, [])], ids=["program", "folder"]
)
def test_a_decline_says_so_and_offers_the_staff_where_there_is_one(
    program: Program | None, offers: list[str]
) -> None:
    lead = answers.not_told(None)
    reply = answers.answer(program, "why?", given_answer(Status.DECLINED, QUOTED, lead=lead))

    assert "do not tell that" in plain_text(reply)
    assert "Very hot." in plain_text(reply)
    assert says(reply) == offers


def test_each_reason_to_decline_has_its_own_words() -> None:
    assert len({answers.not_told(beyond) for beyond in (None, *Beyond)}) == len(Beyond) + 1


def test_a_filed_file_tells_where_why_and_what_to_say_if_that_is_wrong() -> None:
    reply = filing.filed(GARDEN, HELD, DECISION, note="only the first 3 pages", step=7, zone=ZONE)
    text = " ".join(plain_text(reply).split())

    assert "Filed notes.pdf as file 3 in SOIL-2" in text
    assert 'Why: "compost"; its title. Counted as primary documentation.' in text
    assert (
        "Receipt: 1.4 kB, SHA-256 0123456789ab\u2026, stored on 1 March 2026 at 13:00 "
        "(Europe/Berlin)." in text
    )
    assert "nly the first 3 pages" in text
    assert says(reply) == ["move 3 to SOIL-1", "move 3 to SOIL-3", "undo step 7"]


def test_a_doubtful_file_is_asked_about() -> None:
    reply = filing.filed(GARDEN, WAITING, replace(DECISION, reasons=()), note="", step=7, zone=ZONE)

    assert "safe but not filed" in plain_text(reply)
    assert "nothing in it points to one section" in plain_text(reply)
    assert says(reply) == [
        "move 3 to SOIL-2",
        "move 3 to SOIL-1",
        "move 3 to SOIL-3",
        "undo step 7",
    ]


@pytest.mark.parametrize(
    ("evidence", "added", "expected"),
    [
        (HELD, (), "again.pdf is already in SOIL-2 since 1 March 2026, as file 3 (notes.pdf)"),
        (WAITING, (), "again.pdf is here since 1 March 2026, not yet filed"),
        (HELD, ("SOIL-2",), "It now stands in SOIL-2"),
    ],
)
def test_known_bytes_are_recognised(
    evidence: Evidence, added: tuple[str, ...], expected: str
) -> None:
    reply = filing.known(GARDEN, evidence, name="again.pdf", added=added, step=7, zone=ZONE)

    assert expected in plain_text(reply)
    assert says(reply) == (["undo step 7"] if added else [])
    assert ("Nothing was stored twice" in plain_text(reply)) is not bool(added)


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        (HELD, "counts as primary documentation"),
        (WAITING, "waits for a section. Say: move 3 to SECTION."),
        (LOST, "is out of your record. To put it back, send it again."),
    ],
)
def test_where_a_file_stands_is_one_sentence_or_two(evidence: Evidence, expected: str) -> None:
    assert expected in filing.where(GARDEN, evidence)
    assert filing.where(GARDEN, evidence).startswith("File 3, notes.pdf,")


def test_steps_with_a_file_are_told_and_can_be_undone() -> None:
    assert says(filing.moved(GARDEN, HELD, step=7, zone=ZONE)) == ["undo step 7"]
    assert plain_text(filing.undone(GARDEN, (LOST,))).startswith("Undone.\n\nFile 3")


@pytest.mark.parametrize(
    "advice", ["a.exe is a program. Send a PDF.", "It is a program. Send a PDF."]
)
def test_a_file_that_is_not_kept_is_named_once(advice: str) -> None:
    told = plain_text(filing.rejected("a.exe", advice))

    assert told == "Not filed: a.exe is a program. Send a PDF."
    assert "the-token" in plain_text(filing.receipt(HELD, "the-token"))


def test_files_taken_out_are_not_listed() -> None:
    assert "filed nothing yet" in plain_text(filing.file_list(GARDEN, (LOST,)))
    assert plain_text(filing.file_list(GARDEN, (HELD, LOST))) == filing.where(GARDEN, HELD)


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1000, "1.0 kB"),
        (1_400_000, "1.4 MB"),
        (2_500_000_000, "2.5 GB"),
        (7_000_000_000_000, "7000.0 GB"),
    ],
)
def test_sizes_are_told_for_people(count: int, text: str) -> None:
    assert filing.size(count) == text


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (talk.greeting(GARDEN, "Ada"), "Hello Ada. Ask me about the MGC program"),
        (talk.greeting(GARDEN, ""), "Hello. Ask me"),
        (talk.welcome(), "You are welcome."),
        (talk.goodbye(), "Goodbye."),
        (talk.announced(GARDEN, "console"), "type: file PATH for SOIL-1."),
        (talk.announced(GARDEN, "email"), "Attach the file to your next mail."),
        (
            guide.help_text(GARDEN, frozenset({Role.CANDIDATE})),
            "move 3 to SOIL-1; also 3 in SOIL-1",
        ),
        (guide.help_text(GARDEN, frozenset()), "connect: tells me who you are"),
        (codes.code_issued("AB12", {}), "link AB12."),
        (linking.linked(ADA.person), "connected to Ada"),
        (talk.staff_question_missing(), "ask staff: YOUR QUESTION"),
        (talk.no_such_choice(()), "Say: help."),
        (talk.failed(), "It is kept"),
        (linking.no_record(), "say: connect"),
        (answers.handed_over(4), "as question 4"),
    ],
)
def test_small_talk_says_what_to_do_next(reply: Reply, expected: str) -> None:
    assert expected in plain_text(reply)
