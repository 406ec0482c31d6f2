"""Kinds of notices that somebody may decline, as people call them."""

from __future__ import annotations

from bot.domain.messages import Choice, Paragraph, Reply

COMMENTS = "comments"
CHANGES = "changes"
_CALLED = {
    COMMENTS: "comments on what is shared",
    CHANGES: "changes in documents that an answer came from",
}
KINDS = frozenset(_CALLED)


def called(kind: str) -> str:
    """The kind in words."""
    return _CALLED.get(kind, kind)


def declined(kind: str) -> Reply:
    """To whoever wants to hear nothing of that kind where they say so."""
    text = f"I no longer send anything here about {called(kind)}."
    again = Choice(label="Send it again", says=f"subscribe {kind}")
    return Reply(blocks=(Paragraph(text=text),), choices=(again,))


def accepted(kind: str) -> Reply:
    """To whoever wants to hear of that kind again."""
    text = f"I send you here what there is about {called(kind)}."
    stop = Choice(label="Send it no more", says=f"unsubscribe {kind}")
    return Reply(blocks=(Paragraph(text=text),), choices=(stop,))


def which() -> str:
    """To whoever does not say of what."""
    lines = "; ".join(f"unsubscribe {kind} ({words})" for kind, words in _CALLED.items())
    return (
        f"Of what? Say: {lines}. All else that I send is an answer, or about a matter of your own."
    )
