"""Every conversation of tests/data/transcripts goes the way it is written down there.

`pytest --update-transcripts` writes them anew; read the difference before you keep it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.usecases.check_store import check_store
from tests.desk import House
from tests.flows.stage import Stage

FOLDER = Path(__file__).parent.parent / "data" / "transcripts"
TRANSCRIPTS = sorted(FOLDER.glob("*.txt"))


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_the_conversation_goes_as_written(
    path: Path, home: House, request: pytest.FixtureRequest
) -> None:
    written = path.read_text(encoding="utf-8")

    heard = Stage(home).play(written)

    if request.config.getoption("--update-transcripts"):
        path.write_text(heard, encoding="utf-8")
    else:
        assert heard == written
    _assert_all_is_well(home)


def _assert_all_is_well(house: House) -> None:
    """What holds after any conversation: nothing waits, the trail fits, every file is whole."""
    report = check_store(house.transaction(), house.files)
    with house.transaction() as uow:
        inbox, outbox = uow.inbox.counts(), uow.outbox.counts()

    assert report.ok, report
    assert (inbox["waiting"], inbox["claimed"], inbox["given-up"]) == (0, 0, 0)
    assert (outbox["waiting"], outbox["claimed"], outbox["given-up"]) == (0, 0, 0)
