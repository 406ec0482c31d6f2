"""Which time zone somebody names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from types import MappingProxyType
from zoneinfo import ZoneInfo, available_timezones

from rapidfuzz import fuzz, process

_ODD = ("Etc/", "SystemV/", "posix/", "right/", "US/", "Canada/", "Mexico/", "Brazil/", "Chile/")
_LIKE = 75  # of 100
MOST = 4  # that are suggested
# What people call a zone; none of the names means another one elsewhere.
_EVERYDAY: Mapping[str, str] = MappingProxyType(
    {
        "utc": "UTC",
        "gmt": "UTC",
        "eastern": "America/New_York",
        "us central": "America/Chicago",
        "central": "America/Chicago",
        "mountain": "America/Denver",
        "arizona": "America/Phoenix",
        "pacific": "America/Los_Angeles",
        "alaska": "America/Anchorage",
        "hawaii": "Pacific/Honolulu",
        "hst": "Pacific/Honolulu",
        "uk": "Europe/London",
        "british": "Europe/London",
        "india": "Asia/Kolkata",
        "japan": "Asia/Tokyo",
    }
)
# Names that stand for several.
_SEVERAL: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "est": ("America/New_York", "America/Toronto"),
        "edt": ("America/New_York", "America/Toronto"),
        "cst": ("America/Chicago", "America/Winnipeg", "Asia/Shanghai"),
        "cdt": ("America/Chicago", "America/Winnipeg"),
        "mst": ("America/Denver", "America/Phoenix", "America/Edmonton"),
        "mdt": ("America/Denver", "America/Edmonton"),
        "pst": ("America/Los_Angeles", "America/Vancouver"),
        "pdt": ("America/Los_Angeles", "America/Vancouver"),
        "ast": ("America/Halifax", "America/Puerto_Rico", "Asia/Riyadh"),
        "bst": ("Europe/London", "Asia/Dhaka"),
        "wet": ("Europe/Lisbon", "Atlantic/Canary"),
        "ist": ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"),
        "cet": ("Europe/Berlin", "Europe/Paris", "Europe/Madrid"),
        "cest": ("Europe/Berlin", "Europe/Paris", "Europe/Madrid"),
        "central european": ("Europe/Berlin", "Europe/Paris", "Europe/Madrid"),
        "eet": ("Europe/Athens", "Europe/Helsinki", "Europe/Kyiv"),
        "australia": ("Australia/Sydney", "Australia/Brisbane", "Australia/Perth"),
    }
)
# Where most people live whose clocks show so much; which of them do changes with the season.
_USUAL = (
    "Pacific/Honolulu America/Anchorage America/Los_Angeles America/Denver America/Phoenix "
    "America/Chicago America/New_York America/Halifax America/St_Johns America/Sao_Paulo "
    "Atlantic/Azores Europe/London Europe/Berlin Africa/Lagos Europe/Athens Africa/Johannesburg "
    "Europe/Istanbul Africa/Nairobi Asia/Tehran Asia/Dubai Asia/Kabul Asia/Karachi Asia/Kolkata "
    "Asia/Kathmandu Asia/Dhaka Asia/Yangon Asia/Bangkok Asia/Shanghai Asia/Tokyo Australia/Darwin "
    "Australia/Sydney Pacific/Noumea Pacific/Auckland Pacific/Tongatapu Pacific/Kiritimati"
)
_OFFSET = re.compile(r"(?:utc|gmt)? ?([+-])(\d{1,2})(?::?([03450]{2}))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneMeant:
    """The `zone` that is meant, or (where that is empty) those that `perhaps` are."""

    zone: str = ""
    perhaps: tuple[str, ...] = ()


def zone_named(words: str) -> ZoneMeant:
    """The time zone of that name: an IANA one, the name of a city, or what people call it.

    Letters' case does not matter, and blanks may stand for what separates the parts of a name.
    """
    said = _plain(words)
    everyday = said.removesuffix(" time").removesuffix(" standard").removesuffix(" daylight")
    exact = _names().get(said) or _EVERYDAY.get(everyday)
    if exact:
        return ZoneMeant(zone=exact)
    found = _SEVERAL.get(everyday) or _cities().get(said) or ()
    return ZoneMeant(zone=found[0]) if len(found) == 1 else ZoneMeant(perhaps=found or _like(said))


def zones_at(words: str, *, now: datetime) -> tuple[str, ...] | None:
    """Some zones whose clocks show that now: `UTC+2`, `GMT-5`, `+05:30`; None for other words."""
    found = _OFFSET.fullmatch(_plain(words))
    if found is None:
        return None
    apart = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    wanted = apart if found[1] == "+" else -apart
    known = (
        zone for zone in _USUAL.split() if now.astimezone(ZoneInfo(zone)).utcoffset() == wanted
    )
    return tuple(known)[:MOST]


def _like(said: str) -> tuple[str, ...]:
    names = {**{city: zones[0] for city, zones in _cities().items()}, **_names()}
    found = process.extract(said, names.keys(), scorer=fuzz.ratio, limit=2 * MOST)
    like = dict.fromkeys(names[name] for name, score, _ in found if score >= _LIKE)
    return tuple(like)[:MOST]


@lru_cache(maxsize=1)
def _names() -> Mapping[str, str]:
    """Zones by their plain names; old names that say a country's own are left out."""
    known = (zone for zone in available_timezones() if "/" in zone and not zone.startswith(_ODD))
    return MappingProxyType({_plain(zone): zone for zone in sorted(known)} | {"utc": "UTC"})


@lru_cache(maxsize=1)
def _cities() -> Mapping[str, tuple[str, ...]]:
    """Zones by the last part of their names."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for zone in _names().values():
        found[_plain(zone.rpartition("/")[2])].append(zone)
    return MappingProxyType({city: tuple(zones) for city, zones in found.items()})


def _plain(words: str) -> str:
    return " ".join(words.casefold().replace("_", " ").replace("/", " ").split())
