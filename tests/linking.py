"""What people read who connect addresses: the codes they are mailed, and what the trail holds."""

from __future__ import annotations

import re

from channels.markup import plain_text
from tests.desk import House

CODE = re.compile(r"link ([A-Z2-9]{4}-[A-Z2-9]{4})")
PHONE, TABLET = "phone", "tablet"


def mailed(house: House, to: str) -> list[str]:
    """What was mailed to an address on record, oldest first."""
    return [plain_text(m.reply) for m in house.mail.sent if m.to.value == to]


def codes(texts: list[str]) -> list[str]:
    """The codes told in those messages."""
    return [found[1] for text in texts for found in CODE.finditer(text)]


def steps(house: House, number: int = 1) -> list[str]:
    """What the trail holds about a person, and who did it."""
    with house.transaction() as uow:
        lines = uow.trail.entries(subject=f"person:{number}")
        return [f"{line.action} by {line.actor}" for line in lines if line.action != "enrolled"]
