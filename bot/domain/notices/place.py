"""Where a person is told a kind of notice."""

from __future__ import annotations

from bot.domain.messages import Address
from bot.domain.notices.manner import Manner, in_order
from bot.domain.notices.situation import Situation


def place_for(manner: Manner, situation: Situation) -> Address | None:
    """The best place for that kind, if need be one that is avoided; None where it is declined."""
    wishes = situation.wishes
    places = in_order(situation.places, wishes, situation.avoided)
    return next((place for place in places if manner.wanted(wishes, place)), None)
