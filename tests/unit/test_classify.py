"""What form a file has and whether it is the candidate's own work."""

from __future__ import annotations

import pytest

from bot.domain.filing import Decision
from bot.evidence.look import look
from bot.evidence.routing import decide
from bot.evidence.shelf import Shelf, build_shelf
from bot.knowledge.encoder import shipped_encoder
from tests.unit.garden import garden, open_ids


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return build_shelf(garden(), shipped_encoder())


def routed(shelf: Shelf, text: str, *, caption: str = "") -> Decision:
    seen = look(shelf, name="scan0001.pdf", title="", text=text, caption=caption)
    return decide(seen, open_sections=open_ids(shelf.program))


FORMS = {
    "resume": """JANE DOE\njane@example.org\nEXPERIENCE\nGardener, Oak Park, 2015 - present
        Clerk, Corner Shop, 2010 - 2015\nEDUCATION\nDiploma, Harlan High School\nSKILLS
        Spreadsheets, Spanish\nReferences on request""",
    "application": """Master Gardener Certification. Candidate application. Applicant: Tom Reed.
        Address: Oak. Highest diploma: high school. Employer: Oak Park, 30 hours a week.
        Application fee paid by card. I declare that this is true and complete. Signed: T. Reed""",
    "acceptance": """Dear Tom Reed, we are pleased to tell you that your application has been
        reviewed and that you have been accepted as a candidate. Welcome to the program!
        Your candidacy begins today. Sincerely, the program office""",
    "soil-care/certificate": """Oak College. Certificate of Course Completion. This certifies that
        Jane Doe has successfully completed the approved course Soil Care, 40 hours.
        Instructor: M. Brown. Certificate number 17""",
    "water-gardens/letter": """Dear Ms. Doe, congratulations! You have achieved the set Water
        Gardens. Your portfolio was reviewed and approved. One set remains. Sincerely, the staff""",
    "trees-and-shrubs/statement": """Personal learning statement. The Trees and Shrubs set was my
        choice. Before I began I was afraid of every saw. Looking back over the whole set I see how
        much I learned from each competency, and why it matters in my work.""",
}


@pytest.mark.parametrize("section", FORMS)
def test_papers_are_known_by_their_form(shelf: Shelf, section: str) -> None:
    assert routed(shelf, FORMS[section]).section == section


@pytest.mark.parametrize("section", FORMS)
def test_papers_of_others_are_secondary_and_a_statement_is_primary(
    shelf: Shelf, section: str
) -> None:
    expected = "primary" if section.endswith("/statement") else "secondary"

    assert routed(shelf, FORMS[section]).kind == expected


SMALL = """Certificate of attendance. This is to certify that Jane Doe attended the one-day workshop
    Pruning Apple Trees: the open crown, water shoots, cutting above an outward bud. 6 hours."""


def test_a_workshop_certificate_is_secondary_evidence_for_a_competency(shelf: Shelf) -> None:
    decision = routed(shelf, SMALL)

    assert decision.section == "TREE-1"
    assert decision.kind == "secondary"


def test_a_recommendation_is_not_mistaken_for_a_letter_of_the_program(shelf: Shelf) -> None:
    decision = routed(
        shelf,
        """To whom it may concern: it is my pleasure to recommend Jane Doe. She keeps our koi pond
        clear, reads the oxygen, cleans the filter and the ultraviolet lamp, and fought the algae
        bloom with barley straw. Sincerely, R. Ames""",
    )

    assert decision.section == "POND-1"
    assert decision.kind == "secondary"


def test_an_essay_about_one_thing_is_no_statement_of_the_set(shelf: Shelf) -> None:
    decision = routed(
        shelf,
        """Reflection. Before I started I thought that compost was just a heap of kitchen scraps.
        I have learned to mix leaves with apple peels, to turn the pile every two weeks and to take
        its temperature. This matters in my work because the heap used to smell of ammonia.""",
    )

    assert decision.section == "SOIL-2"
    assert decision.kind == "primary"


def test_a_certificate_that_names_no_set_is_asked_about(shelf: Shelf) -> None:
    decision = routed(
        shelf,
        "Certificate of completion. Presented to Jane Doe for successful completion of the course.",
    )

    assert decision.action == "ask"
