"""Time zones as options of commands."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import click


class Zone(click.ParamType[ZoneInfo]):
    """An IANA name, such as Europe/Berlin."""

    name = "zone"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> ZoneInfo:
        """The zone; fails with what to write instead."""
        if isinstance(value, ZoneInfo):
            return value
        try:
            return ZoneInfo(str(value))
        except (ValueError, OSError, KeyError):
            self.fail(f"{value!r} is no time zone: write it as Europe/Berlin.", param, ctx)


ZONE = Zone()
