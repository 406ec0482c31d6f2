"""`python -m bot` and the console script `carrel`."""

from __future__ import annotations

import os

# numpy reads this when it is loaded. Our products of matrices are small: threads that wait for each
# other gain nothing on an idle machine and cost tens of milliseconds on a busy one.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from bot.cli import cli


def main() -> None:
    """Runs the command line."""
    cli(prog_name="carrel")


if __name__ == "__main__":
    main()
