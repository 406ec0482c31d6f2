"""Why a form that was filled in was not sent; its words stay in it."""

from __future__ import annotations


def nobody() -> str:
    """To whoever sends a form from an address that is nobody's any more."""
    return (
        "This account is not connected to anybody now, so nothing was sent. Copy your words, "
        "connect the account by saying: connect, and open the form again."
    )


def kept_here() -> str:
    """Behind the reason why what was filled in cannot be done any more."""
    return "Nothing was sent now; copy from here what you want to keep."
