"""`python -m bot` and the console script `carrel`."""

from __future__ import annotations

from bot.cli import cli


def main() -> None:
    """Runs the command line."""
    cli(prog_name="carrel")


if __name__ == "__main__":
    main()
