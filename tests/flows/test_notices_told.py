"""Everything that people are told unasked, as tests/data/notices has it for every channel.

`pytest --update-transcripts` writes them anew; read the difference before you keep it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.desk import House
from tests.told.among_staff import AMONG_STAFF, MORE_AMONG_STAFF
from tests.told.by_clock import BY_CLOCK, MORE
from tests.told.happening import HAPPENING, MORE_HAPPENS
from tests.told.on_channels import on_all
from tests.told.otherwise import OTHERWISE
from tests.told.seen import Scene

FOLDER = Path(__file__).parent.parent / "data" / "notices"
SCENES: Mapping[str, Scene] = {
    **BY_CLOCK,
    **MORE,
    **OTHERWISE,
    **HAPPENING,
    **MORE_HAPPENS,
    **AMONG_STAFF,
    **MORE_AMONG_STAFF,
}


@pytest.mark.parametrize("name", SCENES)
def test_it_is_shown_as_it_is_kept_here(
    name: str, house: House, request: pytest.FixtureRequest
) -> None:
    path = FOLDER / f"{name.replace(', ', '-').replace(' ', '-')}.txt"
    shown = on_all(name, SCENES[name](house), house.files)

    if request.config.getoption("--update-transcripts"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(shown, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == shown
