"""What the program files itself is not the candidate's to undo."""

from __future__ import annotations

from bot.domain.letter import letter_key
from bot.ports import UnitOfWork
from tests.contract.examples import NOW, filed_in, person, stored


def test_undo_goes_past_what_the_program_filed(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        for key, section in [("talk:1", "A-1"), (letter_key(12), "A/letter")]:
            unit.records.change(
                stored(unit, ada), filed_in(section), message_key=key, reason="sent", at=NOW
            )

        assert [step.message_key for step in unit.records.latest_changes(ada)] == ["talk:1"]
        unit.records.undo(unit.records.latest_changes(ada), at=NOW)
        assert unit.records.latest_changes(ada) == ()
        assert [one.filing for one in unit.records.of(ada)][1] == filed_in("A/letter")
