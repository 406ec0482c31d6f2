"""People who open forms, fill them in and send them, as a channel with forms lets them."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.forms import Field, Form
from bot.domain.messages import Address
from bot.errors import Refused
from handlers.window import DeskWindow
from tests.desk import House
from tests.reviewed import reply


def window(house: House) -> DeskWindow:
    """What a channel has of this Carrel."""
    return DeskWindow(house.desk, house.transaction)


def at(house: House, who: str) -> Address:
    """Where that person is."""
    return Address(channel=house.channel.name, value=who)


def asked(house: House, who: str, words: str) -> Form | None:
    """The form that somebody is shown for words, if there is one."""
    return window(house).form(at(house, who), words)


def opened(house: House, who: str, words: str) -> Form:
    """The form that somebody is shown for words."""
    form = asked(house, who, words)
    assert form is not None
    return form


def field(form: Form, name: str) -> Field:
    """The form's field of that name."""
    return next(field for field in form.fields if field.name == name)


def typed(form: Form) -> dict[str, str]:
    """What stands in the form's fields."""
    return {field.name: field.value for field in form.fields if field.value}


def send(house: House, who: str, key: str, values: Mapping[str, str]) -> str:
    """What somebody is answered to a form that they filled in, in the form or in a message."""
    try:
        words = window(house).filled(at(house, who), key, values, at=house.clock())
    except Refused as refused:
        return str(refused)
    return reply(house, who, words)


def close(house: House, who: str, key: str, values: Mapping[str, str]) -> None:
    """Somebody closes a form with something typed into it."""
    window(house).keep_draft(at(house, who), key, values, at=house.clock())
