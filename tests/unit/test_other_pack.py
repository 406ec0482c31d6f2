"""An invented program is read, filed into and asked like the shipped one, in its own words."""

from __future__ import annotations

import pytest

from bot.app import Knowledge
from bot.domain.filing import Action
from bot.domain.rules import Rating, Route
from bot.evidence.look import look
from bot.evidence.routing import decide

OPEN = ("movements", "customers", "tower-clocks")


def test_the_other_program_differs_in_every_number(
    knowledge: Knowledge, other_knowledge: Knowledge
) -> None:
    one, other = knowledge.pack.program, other_knowledge.pack.program

    assert other.sets_needed == 3
    assert other.subscription_years != one.subscription_years
    assert other.rules.review.chances != one.rules.review.chances
    assert other.rules.review.met_percent != one.rules.review.met_percent
    assert other.rules.review.combine != one.rules.review.combine
    assert other.rules.statement.pages != one.rules.statement.pages
    assert one.rules.appeal is not None
    assert other.rules.appeal is not None
    assert [s.days for s in other.rules.appeal.steps] == [7, 21, 14, 14]
    assert not {s.title for s in other.sections} & {s.title for s in one.sections}
    assert other.rules.routes[Route.PORTFOLIO].closed_on is None
    assert other.rules.review.words[Rating.NOT_MET] == "stands still"


EVIDENCE = {
    "MOVE-1": (
        "I took the movement apart and laid out every wheel in order. The brass plates were black "
        "with old oil, so they went into the ultrasonic bath. I pegged out the pivot holes, dried "
        "everything in sawdust and assembled it again. Photos before and after are below."
    ),
    "MOVE-3": (
        "The mainspring was broken near the arbor. I let it down with the let-down key, took it "
        "out of its barrel with the mainspring winder, measured its height and thickness and "
        "ordered a new one. Gloves on: a mainspring let go can break a finger."
    ),
    "CUST-3": (
        "Leaflet for owners of a mantel clock. Wind it every Sunday. Never turn the hands back. "
        "Keep it level and away from radiators. If it has to be moved, take off the pendulum."
    ),
    "CUST-4": (
        "Complaint book. An angry owner came back because the clock had stopped after a week. I "
        "listened, apologised and gave a second repair under warranty. My answer is copied below."
    ),
    "TOWER-10": (
        "Pigeons had nested in the clock room for years. We carried down two sacks of droppings, "
        "put bird netting over the louvres, sealed the leaking roof and built a wooden case "
        "around the movement to keep the weather out."
    ),
    "TOWER-15": (
        "I taught the new sexton to wind the three trains by crank. We made a winding rota for "
        "the volunteers and a one-page guide for whoever keeps the tower, and hung up the book "
        "to write each winding in."
    ),
    "movements/statement": (
        "Mender's essay on Movements. Looking back on Movements, I see how my hands and my eye "
        "have changed. What my bench looked like before: I feared mainsprings and oiled too much. "
        "What I learned from every skill of the set: patience, and to measure before I file. "
        "What I would do otherwise today: I would keep a log from the first day on. My goal for "
        "the next year is to learn more about the escapement. This essay sums up my growth."
    ),
    "tower-clocks/certificate": (
        "School slip. Certificate of completion. This certifies that the student Ida Brandt has "
        "successfully completed the guild school's class Tower Clocks on 3 May, with the "
        "teacher's signature. Certificate number 1807."
    ),
}


@pytest.mark.parametrize(("section", "text"), EVIDENCE.items(), ids=list(EVIDENCE))
def test_simple_evidence_is_filed_where_it_belongs(
    text: str, section: str, other_knowledge: Knowledge
) -> None:
    program = other_knowledge.pack.program
    opened = [s.id for s in program.sections if s.set_id in {"", *OPEN}]
    seen = look(other_knowledge.shelf, name="scan.txt", title="", text=text, caption="")

    decision = decide(seen, open_sections=opened)
    assert (decision.action, decision.section) == (Action.FILE, section)
