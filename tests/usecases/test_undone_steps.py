"""A step that was undone is certified by nothing and told as undone."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.receipts import parse
from storage.archive.page import index_page
from tests.exporting import NOON, Harbour, contents


@pytest.fixture
def harbour(tmp_path: Path) -> Iterator[Harbour]:
    """An installation without candidates."""
    made = Harbour(tmp_path)
    yield made
    made.database.close()


def test_a_receipt_certifies_the_step_that_still_holds(harbour: Harbour) -> None:
    ada = harbour.enrol()
    one = harbour.keep(ada, "deck.txt", "BOA-1")
    filed_at = NOON + timedelta(minutes=3)
    away = harbour.move(one, one.filing.moved("BOA-2"))
    harbour.move(away, one.filing)  # back in BOA-1 ...
    harbour.undo(ada)
    harbour.undo(ada)  # ... but there since the first step alone, as both others were undone

    (file,) = harbour.export(ada).files

    receipt = parse(file.receipt).receipt
    assert (receipt.sections, receipt.filed_at) == (("BOA-1",), filed_at)


def test_the_export_tells_when_a_step_was_undone(harbour: Harbour) -> None:
    ada = harbour.enrol()
    one = harbour.keep(ada, "deck.txt", "BOA-1")
    harbour.move(one, one.filing.moved("BOA-2"))
    undone_at = harbour.undo(ada)

    export = harbour.export(ada)
    found = contents(harbour.archive(ada))

    record = json.loads(found["record.json"])
    table = csv.DictReader(io.StringIO(found["history.csv"].decode("utf-8-sig")))
    assert [step["undone_at"] for step in record["history"]] == [None, undone_at.isoformat()]
    assert [line["undone_at"] for line in table] == ["", undone_at.isoformat()]
    assert index_page(export).count("<small>Undone ") == 1
    assert export.as_of == undone_at
