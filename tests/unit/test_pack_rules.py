"""The rules of a pack: a sound one loads whole, and each damage is told with its line."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.domain.rules import AppealRule, Outcome, Party, Rating, ReviewRule, Route, Rules
from bot.domain.sections import SectionKind
from bot.knowledge.pack import load_pack
from bot.settings import PROGRAMS
from tests.unit.bakery import bakery
from tests.unit.test_pack import damage, faults_of

MET, PARTIALLY, NOT_MET = Rating
WORD, ANSWER = "id: word", "id: answer"


@pytest.fixture
def rules(tmp_path: Path) -> Rules:
    return load_pack(bakery(tmp_path)).program.rules


@pytest.fixture
def review(rules: Rules) -> ReviewRule:
    return rules.review


@pytest.fixture
def appeal(rules: Rules) -> AppealRule:
    assert rules.appeal is not None
    return rules.appeal


def test_routes_know_their_titles_and_the_day_from_which_one_is_closed(rules: Rules) -> None:
    course, portfolio = rules.routes[Route.COURSE], rules.routes[Route.PORTFOLIO]

    assert (course.title, course.closed_on) == ("School", None)
    assert (portfolio.title, portfolio.closed_on) == ("Log", date(2031, 5, 1))
    assert portfolio.cites == ("ovens#Office hours",)
    assert rules.ready_cites[Route.COURSE] == ("ovens#Heat of the stone",)
    assert rules.ready_cites[Route.PORTFOLIO] == ("ovens#Office hours", "ovens#Heat of the stone")
    assert rules.elective_cites == rules.pace_cites == ("ovens#Wages",)


def test_what_a_route_needs_loads_in_order_with_reasons_in_the_programs_words(
    rules: Rules,
) -> None:
    course, portfolio = rules.routes[Route.COURSE], rules.routes[Route.PORTFOLIO]

    assert [(n.kind, n.reason) for n in course.needs] == [
        (SectionKind.CERTIFICATE, "The school gives a proof of attendance.")
    ]
    assert [(n.kind, n.reason) for n in portfolio.needs] == [
        (SectionKind.COMPETENCY, "Each skill is shown."),
        (SectionKind.STATEMENT, "Nobody bakes without a baking diary."),
    ]


def test_the_statements_advice_loads(rules: Rules) -> None:
    statement = rules.statement

    assert (statement.pages, statement.words_a_page) == (1, 250)
    assert statement.parts == ("What I baked",)


def test_ratings_combine_in_whatever_order_a_pack_writes_them(review: ReviewRule) -> None:
    assert review.combine == {
        (MET, MET): MET,
        (MET, PARTIALLY): PARTIALLY,
        (MET, NOT_MET): NOT_MET,
        (PARTIALLY, PARTIALLY): PARTIALLY,
        (PARTIALLY, NOT_MET): NOT_MET,
        (NOT_MET, NOT_MET): NOT_MET,
    }
    assert review.asks_for_more == {NOT_MET}


def test_the_numbers_and_words_of_a_review_load(review: ReviewRule) -> None:
    assert review.reviewers == {Route.COURSE: 1, Route.PORTFOLIO: 2}
    assert review.words == {MET: "golden", PARTIALLY: "pale", NOT_MET: "burnt"}
    assert (review.met_percent, review.partially_percent, review.chances) == (50, 40, 2)
    assert (review.aim_days, review.waiting_from) == (12, 5)
    assert review.course_cites == ("ovens#Office hours",)


def test_an_appeal_loads_step_by_step(appeal: AppealRule) -> None:
    steps = [(s.id, s.party, s.who, s.days, s.after) for s in appeal.steps]

    assert steps == [
        ("word", Party.CANDIDATE, "the baker", 3, "decision"),
        ("answer", Party.STAFF, "the guild", 9, "word"),
    ]
    assert appeal.against == {Outcome.COURSE}
    assert [(r.title, r.reopens) for r in appeal.results] == [("agreed", True), ("refused", False)]
    assert (appeal.addressee, appeal.forfeit_cites) == ("Guild Master", ("ovens#Wages",))


def test_letter_completion_and_what_is_kept_load(rules: Rules) -> None:
    assert rules.letter.title == "Guild letter"
    assert rules.letter.paragraphs == ("Well baked, {name}: {set}, {date}, {number}.",)
    assert rules.letter.signed == ("The guild",)
    assert rules.completion.next == "Fetch your apron."
    assert rules.kept == ("The flour bill.",)


def test_appeal_aim_and_closing_day_may_be_left_out(tmp_path: Path) -> None:
    pack = bakery(tmp_path)
    path = pack / "program.yaml"
    text = path.read_text(encoding="utf-8")
    start, end = text.index("  appeal:"), text.index("  letter:\n    title: Guild letter\n    para")
    path.write_text(text[:start] + text[end:], encoding="utf-8")
    damage(pack, "program.yaml", "    aim_days: 12\n", "")
    damage(pack, "program.yaml", "      closed_on: 2031-05-01\n", "")

    rules = load_pack(pack).program.rules
    assert rules.appeal is None
    assert rules.review.aim_days is None
    assert rules.routes[Route.PORTFOLIO].closed_on is None


DAMAGES = [
    ("title: School", "titel: School", "rules.routes.course.titel: unknown key"),
    ("{kind: certificate, ", "{kind: letter, ", "write 'competency', 'certificate' or 'statement'"),
    ("gives a {certificate}", "gives a {letter}", "use only {certificate}, {statement}"),
    ("kind: certificate", "kind: statement", "certificate is missing: a course"),
    ("kind: competency", "kind: statement", "competency is missing: reviewers rate"),
    ("kind: statement", "kind: certificate", "certificate cannot be needed here"),
    ("kind: statement", "kind: competency", "competency stands here twice: remove one"),
    ("closed_on: 2031-05-01", "closed_on: spring", "write a date, like 2019-12-31"),
    ("closed_on: 2031-05-01", "closed_on: 2031", "write a date, like 2019-12-31"),
    ("closed_on: 2031-05-01", "closed_on: [a]", "write a date, like 2019-12-31"),
    ("words_a_page: 250", "words_a_page: 0", "rules.statement.words_a_page: write 1 or more"),
    ('cites: ["ovens#Wages"]', "cites: []", "it is empty: list at least one"),
    ('cites: ["ovens#Wages"]', "cites: [Wages]", "rules.electives.cites.0: write it so that"),
    ("met_percent: 50", "met_percent: 101", "rules.review.met_percent: write 100 or less"),
    ("waiting_from: 5", "waiting_from: 0", "rules.review.waiting_from: write 1 or more"),
    ("asks_for_more: [not-met]", "asks_for_more: [met]", "write 'partially' or 'not-met'"),
    ("gives: met}", "gives: mett}", "write 'met', 'partially' or 'not-met'"),
    ("not-met: burnt", "never: burnt", "rules.review.words.not-met: missing: add it"),
    ("party: staff", "party: judge", "write 'candidate' or 'staff'"),
    ("against: [course", "against: [approved, course", "or 'course-recommended'"),
    ("{of: [met, met], gives", "{of: [met], gives", "combines 1 ratings, but 2 review"),
    (
        "{of: [met, not-met], gives",
        "{of: [partially, met], gives",
        "met with partially stands here twice: remove one of them",
    ),
    ("chances: 2", "chances: 0", "chances is 0, but asks_for_more lists ratings"),
    (
        'notice: "To the {addressee}',
        'notice: "To the {warden}',
        "{warden} is no placeholder here: use only {name}, {email}, {program}, {set}, {outcome}",
    ),
    ("Well baked, {name}", "Well baked, {name!r}", "{name} is no placeholder here: use only"),
    (
        "Well baked, {name}",
        "Well baked, {name",
        "a { or } stands alone: use only {name}, {program}",
    ),
    ("Well baked, {name}", "Well baked, {}", "use only {name}, {program}, {set}, {date}, {number}"),
    (ANSWER, WORD, "word is used twice: give each step its own id"),
    ("title: refused", "title: Agreed", "'agreed' stands here twice: give each result its own"),
    ("title: refused, reopens: false", "title: refused", "reopens"),
    (ANSWER, "id: decision", "decision stands for the decision itself: give each step its own id"),
    ("after: word", "after: answer", "'answer' is no earlier step: use one of decision, word"),
    ("#Office hours", "#Office hour", "did you mean ovens#Office hours?"),
    ("ovens#Heat of", "stoves#of", "stoves#of the stone does not exist"),
]


@pytest.mark.parametrize(("old", "new", "remedy"), DAMAGES)
def test_each_damage_is_told_with_line_and_remedy(
    old: str, new: str, remedy: str, tmp_path: Path
) -> None:
    pack = bakery(tmp_path)
    line = damage(pack, "program.yaml", old, new)

    (told,) = [fault for fault in faults_of(pack) if remedy in fault]
    assert told.startswith(f"program.yaml:{line}: "), told


def test_a_combination_that_is_left_out_is_named_with_the_line_to_add(tmp_path: Path) -> None:
    pack = bakery(tmp_path)
    damage(pack, "program.yaml", "      - {of: [met, not-met], gives: not-met}\n", "")

    (told,) = faults_of(pack)
    assert told.endswith("met with not-met is missing: add {of: [met, not-met], gives: ...}")


def test_every_combination_of_three_reviewers_is_asked_for(tmp_path: Path) -> None:
    pack = bakery(tmp_path)
    damage(pack, "program.yaml", "portfolio: 2}", "portfolio: 3}")

    missing = [fault for fault in faults_of(pack) if "is missing: add {of:" in fault]
    assert len(missing) == 10


def test_a_first_step_that_is_not_the_candidates_is_told(tmp_path: Path) -> None:
    pack = bakery(tmp_path)
    damage(pack, "program.yaml", "party: candidate", "party: staff")

    (told,) = faults_of(pack)
    assert told.endswith("first step is the notice: write party: candidate and after: decision")


def test_an_appeal_against_what_can_never_be_decided_is_told(tmp_path: Path) -> None:
    pack = bakery(tmp_path)
    damage(pack, "program.yaml", "asks_for_more: [not-met]", "asks_for_more: []")
    line = damage(pack, "program.yaml", "against: [course-r", "against: [more-documents, course-r")

    (told,) = faults_of(pack)
    assert told.startswith(f"program.yaml:{line}: more-documents can never be decided")


def test_every_place_that_cites_is_checked(tmp_path: Path) -> None:
    pack = bakery(tmp_path)
    path = pack / "program.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"ovens#', '"ovens#No '), encoding="utf-8")

    told = [fault for fault in faults_of(pack) if "does not exist" in fault]
    assert len(told) == text.count('"ovens#')


def test_a_document_with_faults_of_its_own_is_not_blamed_twice(tmp_path: Path) -> None:
    pack = bakery(tmp_path)
    damage(pack, "documents/ovens.md", "The office is open on Mondays and Tuesdays.", "")

    (told,) = faults_of(pack)
    assert told.startswith("documents/ovens.md:")


def test_the_shipped_rules_say_what_the_documents_say() -> None:
    rules = load_pack(PROGRAMS / "lssc").program.rules
    review, appeal = rules.review, rules.appeal

    assert (review.met_percent, review.partially_percent, review.chances) == (70, 30, 1)
    assert review.combine[(MET, PARTIALLY)] is MET
    assert [rating for pair, rating in review.combine.items() if NOT_MET in pair] == [NOT_MET] * 3
    assert rules.routes[Route.PORTFOLIO].closed_on == date(2019, 1, 31)
    assert review.aim_days is None
    assert appeal is not None
    assert [step.days for step in appeal.steps] == [10, 30, 30, 30]
    assert appeal.against == {Outcome.MORE, Outcome.COURSE}


def test_a_heading_that_is_renamed_in_a_shipped_document_is_told(tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    shutil.copytree(PROGRAMS / "lssc", pack)
    damage(pack, "documents/appeals.md", "## Missing an appeal deadline", "## Missing a deadline")

    (told,) = faults_of(pack)
    assert "rules.appeal.forfeit_cites.0: appeals#Missing an appeal deadline does not exist" in told
