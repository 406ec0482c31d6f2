"""Where a person is told a kind of notice."""

from __future__ import annotations

from bot.domain.messages import Address
from bot.domain.notices.situation import Situation


def place_for(situation: Situation, kind_id: str) -> Address | None:
    """The best place for that kind; None where it is declined everywhere.

    The chosen channel goes first and what is avoided now last, then the newest. An empty kind is
    declined nowhere: so for what is mandatory.
    """
    places = situation.places
    declined = situation.wishes.declined
    if declined and kind_id:
        places = tuple(p for p in places if (p.channel, kind_id) not in declined)
    channel, avoided = situation.wishes.channel, situation.avoided
    if not channel and not avoided:
        return places[0] if places else None
    return min(places, key=lambda p: (p in avoided, p.channel != channel), default=None)
