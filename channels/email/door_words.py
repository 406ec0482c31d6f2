"""What Carrel says on the pages to which its mails link."""

from __future__ import annotations

from dataclasses import dataclass

BUTTON = "No more of these"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page: a few words above, and what there is to say."""

    title: str
    text: str


GONE = Page(
    title="This file is not here any more",
    text="Such a link works for a while only. Ask Carrel for the file again: you get a new one.",
)
UNKNOWN = Page(
    title="This link is not known",
    text="Nothing was changed. See whether the whole link is in the address of this page, or reply "
    "to the mail and say in your own words what you want.",
)
NOTHING = Page(title="Nothing is here", text="See whether the whole link is in the address.")
AWAY = Page(
    title="Carrel cannot look that up just now", text="Nothing was changed. Try again in a minute."
)


def offer(kind: str) -> Page:
    """Before anything is changed; `kind` is what sort of notice it is, in words."""
    return Page(
        title=f"No more mails about {kind}?",
        text="You get them until you press the button. What is due, such as a decision, is told "
        "you all the same.",
    )


def declined(kind: str) -> Page:
    """Once it is done."""
    return Page(
        title=f"You get no more mails about {kind}",
        text="What is due, such as a decision, is told you all the same. To get these again, or to "
        "see where else you are told of it, say to Carrel: notices.",
    )
