"""`carrel enrol`: make one person a candidate."""

from __future__ import annotations

from typing import Any

import click

from bot.app import open_store, utc_now
from bot.commands.lines import write_line
from bot.domain.people import Candidate
from bot.knowledge.pack import load_pack
from bot.settings import Settings
from bot.usecases.enrol import Enrolment
from bot.usecases.enrol import enrol as enrol_candidate
from bot.usecases.welcome import welcome
from bot.vendors.email import begins

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command()
@click.argument("name")
@click.argument("email")
@click.option("--time-zone", default="UTC", show_default=True, help="For example America/Chicago.")
@click.option("--enrolled-on", type=DAY, help="Day of enrolment; today when not given.")
@click.option("--ends", type=DAY, help="Last day of the subscription; worked out if absent.")
@click.option("--elective", "electives", multiple=True, help="Id of a chosen elective; repeatable.")
@click.option("--welcome/--no-welcome", default=True, help="Mail them what to do first.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line.")
@click.pass_obj
def enrol(settings: Settings, /, *, as_json: bool, **given: Any) -> None:
    """Enrol NAME, reached at EMAIL, as a candidate.

    Where mail is set up they are told by mail what to do first.
    """
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
        if by_mail and given["welcome"] and welcome(uow, program, candidate, now=now):
            by_mail += " They are told by mail what to do first."
        uow.commit()
    _tell(candidate, by_mail, as_json=as_json)


def _tell(candidate: Candidate, by_mail: str, *, as_json: bool) -> None:
    person, ends = candidate.person, candidate.subscription_ends.isoformat()
    if as_json:
        write_line({"id": person.id, "email": person.email, "subscription_ends": ends})
        return
    click.echo(
        f"Enrolled {person.name} as candidate {person.id}; the subscription ends on {ends}. "
        f"Next: carrel chat --as {person.email}, or carrel link {person.email}. {by_mail}".rstrip()
    )
