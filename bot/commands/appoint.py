"""`carrel appoint`: give somebody a role, or take it away."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from bot.app import open_store, utc_now
from bot.commands.lines import write_line
from bot.domain.people import Person
from bot.errors import NotFound
from bot.knowledge.pack import load_pack
from bot.ports import UnitOfWork
from bot.settings import Settings
from bot.usecases.appoint import OPERATOR, give_role, make_known, role_named, take_role
from bot.vendors.email import begins


@click.command()
@click.argument("email")
@click.argument("role")
@click.option("--name", default="", help="Name of somebody who is not known yet.")
@click.option("--time-zone", default="UTC", show_default=True, help="Of somebody new.")
@click.option("--dismiss", is_flag=True, help="Take the role away.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line.")
@click.pass_obj
def appoint(settings: Settings, /, *, email: str, dismiss: bool, **given: Any) -> None:
    """Give the person reached at EMAIL the ROLE reviewer, staff or admin.

    Whoever is not known yet is made known under --name.
    """
    now, role = utc_now(), role_named(given["role"])
    program = load_pack(settings.program).program
    back: tuple[int, ...] = ()
    with open_store(settings).uow() as uow:
        if dismiss:
            person = _known(uow, email)
            back = take_role(uow, program, person, role, by=OPERATOR, now=now)
        else:
            person = uow.people.find(email) or _new(uow, email, given, now)
            give_role(uow, program, person, role, by=OPERATOR, now=now)
        uow.commit()
    if given["as_json"]:
        told = {"id": person.id, "email": person.email, "role": role.value}
        write_line({**told, "has_role": not dismiss, "given_back": list(back)})
    else:
        by_mail = begins(settings, person.email)
        click.echo(_told(person, role.value, by_mail, has=not dismiss))


def _known(uow: UnitOfWork, email: str) -> Person:
    person = uow.people.find(email)
    if person is None:
        raise NotFound(f"Nobody is known by {email!r}: give the e-mail address on record.")
    return person


def _new(uow: UnitOfWork, email: str, given: dict[str, Any], now: datetime) -> Person:
    if not given["name"]:
        raise NotFound(f"Nobody is known by {email!r} yet: give a name too, with --name NAME.")
    return make_known(uow, given["name"], email=email, time_zone=given["time_zone"], now=now)


def _told(person: Person, role: str, by_mail: str, *, has: bool) -> str:
    if not has:
        return f"{person.name} is {role} no more."
    return (
        f"{person.name} is {role} now. "
        f"Next: carrel chat --as {person.email}, or carrel link {person.email}. {by_mail}".rstrip()
    )
