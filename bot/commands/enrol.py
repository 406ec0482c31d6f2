"""`carrel enrol`: make one person a candidate, or move a candidate's dates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from bot.app import open_store, utc_now
from bot.commands.lines import write_line
from bot.domain.people import Candidate
from bot.domain.program import Program
from bot.errors import Refused
from bot.knowledge.pack import load_pack
from bot.ports import UnitOfWork
from bot.settings import Settings
from bot.usecases.change_enrolment import Changed, Move, change_enrolment
from bot.usecases.correct_email import correct_email
from bot.usecases.enrol import Enrolment
from bot.usecases.enrol import enrol as enrol_candidate
from bot.usecases.welcome import welcome
from bot.vendors.email import EMAIL, begins, unable_to_welcome

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command()
@click.argument("name")
@click.argument("email")
@click.option("--time-zone", help="For example America/Chicago; UTC for somebody new.")
@click.option("--enrolled-on", type=DAY, help="Day of enrolment; today when not given.")
@click.option("--ends", type=DAY, help="Last day of the subscription; worked out if absent.")
@click.option("--elective", "electives", multiple=True, help="Id of a chosen elective; repeatable.")
@click.option("--welcome/--no-welcome", default=None, help="Mail them what to do first.")
@click.option("--change", is_flag=True, help="Move the dates, or replace the electives, of one.")
@click.option("--email", "new_email", help="With --change: the address in place of EMAIL.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line.")
@click.pass_obj
def enrol(settings: Settings, /, *, change: bool, as_json: bool, **given: Any) -> None:
    """Enrol NAME, reached at EMAIL, as a candidate.

    Where mail is set up they are told by mail what to do first. With --change they are one already:
    the dates and electives that are given take the place of those known, everything else stays.
    Anybody's address on record is corrected by --change --email NEW, with the old one as EMAIL.
    """
    if change:
        _change(settings, given, as_json=as_json)
        return
    if given["new_email"]:
        raise Refused("--email takes the place of an address on record: add --change.")
    now = utc_now()
    who = Enrolment(
        name=given["name"],
        email=given["email"],
        time_zone=given["time_zone"],
        enrolled_on=(given["enrolled_on"] or now).date(),
        subscription_ends=given["ends"].date() if given["ends"] else None,
        electives=given["electives"],
    )
    program = load_pack(settings.program).program
    with open_store(settings).uow() as uow:
        candidate = enrol_candidate(uow, program, who, now=now)
        by_mail = begins(settings, candidate.person.email)
        wanted = given["welcome"]
        if wanted is not False:
            told = _welcome(settings, uow, program, candidate, asked=bool(wanted))
            by_mail = f"{by_mail} {told}".strip()
        uow.commit()
    _tell(candidate, by_mail, as_json=as_json)


def _welcome(
    settings: Settings, uow: UnitOfWork, program: Program, candidate: Candidate, *, asked: bool
) -> str:
    """Welcomes them; what becomes of it, unless it is not `asked` and nobody wants mail here."""
    if unable := unable_to_welcome(settings):
        return unable if asked or EMAIL.setup(settings).touched else ""
    if welcome(uow, program, candidate, now=utc_now()):
        return "They are told by mail what to do first."
    return "They were welcomed before, and are not again."


def _tell(candidate: Candidate, by_mail: str, *, as_json: bool) -> None:
    person, ends = candidate.person, candidate.subscription_ends.isoformat()
    if as_json:
        write_line({"id": person.id, "email": person.email, "subscription_ends": ends})
        return
    click.echo(
        f"Enrolled {person.name} as candidate {person.id}; the subscription ends on {ends}. "
        f"Next: carrel chat --as {person.email}, or carrel link {person.email}. {by_mail}".rstrip()
    )


def _change(settings: Settings, given: Mapping[str, Any], *, as_json: bool) -> None:
    if given["time_zone"]:
        raise Refused("Candidates choose their time zone themselves: leave out --time-zone.")
    if given["new_email"]:
        _correct(settings, given, as_json=as_json)
        return
    move = Move(
        name=given["name"],
        email=given["email"],
        enrolled_on=given["enrolled_on"].date() if given["enrolled_on"] else None,
        subscription_ends=given["ends"].date() if given["ends"] else None,
        electives=given["electives"],
    )
    program = load_pack(settings.program).program
    with open_store(settings).uow() as uow:
        changed = change_enrolment(uow, program, move, now=utc_now())
        uow.commit()
    _tell_changed(changed, as_json=as_json)


def _correct(settings: Settings, given: Mapping[str, Any], *, as_json: bool) -> None:
    if given["enrolled_on"] or given["ends"] or given["electives"]:
        raise Refused("--email goes alone: move dates and electives by another --change.")
    name, old, new = given["name"], given["email"], given["new_email"]
    with open_store(settings).uow() as uow:
        person = correct_email(uow, name, old, new=new, now=utc_now())
        uow.commit()
    if as_json:
        write_line({"id": person.id, "email": person.email, "changed": True})
        return
    click.echo(
        f"The address on record of {person.name} is {person.email} now. The old one is connected "
        "to nobody, and what waits for it goes to where they are reached now; they are told."
    )


def _tell_changed(changed: Changed, *, as_json: bool) -> None:
    person, ends = changed.after.person, changed.after.subscription_ends.isoformat()
    if as_json:
        told = {"id": person.id, "email": person.email, "subscription_ends": ends}
        write_line({**told, "changed": changed.anything})
        return
    if not changed.anything:
        click.echo(f"Nothing was changed: {person.name} is enrolled like that already.")
        return
    before = changed.before.subscription_ends.isoformat()
    until = f"ends on {ends}" if ends == before else f"ends on {ends}, where it was {before}"
    click.echo(f"Changed the enrolment of {person.name}: the subscription {until}.")
