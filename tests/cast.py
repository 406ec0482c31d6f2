"""The characters of the tests."""

from __future__ import annotations

from datetime import date

from bot.usecases.enrol import Enrolment

ADAS_ZONE, BEAS_ZONE = "America/Chicago", "Europe/Paris"
ADA = Enrolment(
    name="Ada Reyes",
    email="ada@example.org",
    time_zone=ADAS_ZONE,
    enrolled_on=date(2025, 1, 15),
    electives=("access-services", "collection-management", "reference-and-information-services"),
)
BEA = Enrolment(
    name="Bea Okafor",
    email="bea@example.org",
    time_zone=BEAS_ZONE,
    enrolled_on=date(2026, 3, 1),
)
DOT = "dot@example.org"  # a stranger: nobody enrolled this address
REV = ("Rev Lindqvist", "rev@example.org")  # a reviewer
ROB = ("Rob Achebe", "rob@example.org")  # another
SAL = ("Sal Moreau", "sal@example.org")  # staff
ADE = ("Ade Kaya", "ade@example.org")  # admin
MIA = ("Mia Sato", "mia@example.org")  # a mentor, once somebody shares
