"""Measures Carrel: `python -m bench` runs all of it, `python -m bench NAME` one part.

Every line has a ratio to a baseline or a target, because absolute times say more about the machine
than about Carrel. Nothing fails when a figure is bad.
"""

from __future__ import annotations

import os
import time

import click

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as bot/__main__.py does

from bench import answers, files, limits, mail, messages, people, queue, slack, sweep, telegram
from bench.progress import tell
from bench.table import lines_of_table

BENCHMARKS = {
    "answers": ("Questions", answers.run),
    "files": ("Files", files.run),
    "limits": ("The dispatcher at a vendor's limits", limits.run),
    "mail": ("A mailbox full of mail", mail.run),
    "messages": ("Messages, from receipt to sent reply", messages.run),
    "people": ("The cost of size", people.run),
    "queue": ("The reviewers' queue", queue.run),
    "slack": ("Slack's wire", slack.run),
    "sweep": ("Sweeps of notices", sweep.run),
    "telegram": ("Telegram's wire", telegram.run),
}


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(list(BENCHMARKS)), metavar="[NAME]...")
@click.option("--quick", is_flag=True, help="Fewer rounds: a minute in all, rougher figures.")
def main(names: tuple[str, ...], *, quick: bool) -> None:
    """Measure all, or NAME: the first words of what `bench/` has.

    These are answers, files, limits, mail, messages, people, queue, slack, sweep and telegram.
    """
    started = time.perf_counter()
    for name in names or BENCHMARKS:
        title, run = BENCHMARKS[name]
        lines = run(quick=quick)
        tell("")
        click.echo("\n".join(lines_of_table(title, lines)) + "\n")
    took, load = time.perf_counter() - started, os.getloadavg()[0]
    click.echo(f"{took:.0f} s in all; load {load:.1f} on {os.cpu_count()} processors at the end")


if __name__ == "__main__":
    main()
