"""The words of a plain yes, which are one wherever something is to be confirmed."""

from __future__ import annotations

YES = frozenset(
    (
        "yes", "y", "yep", "yup", "yeah", "yes thanks", "yes thank you", "yes please", "yes do it",
        "yes do", "do it",
    )
)  # fmt: skip
