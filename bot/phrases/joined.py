"""One reply made of several."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.messages import Choice, Paragraph, Reply


def joined(first: Reply, *others: Reply) -> Reply:
    """One reply of several; the first one's choices stay last, since an undo is among them."""
    blocks = tuple(block for reply in (first, *others) for block in reply.blocks)
    choices: tuple[Choice, ...] = tuple(c for reply in (*others, first) for c in reply.choices)
    return Reply(blocks=blocks, choices=choices, once=_once((first, *others)))


def together(replies: tuple[Reply, ...]) -> Reply:
    """One reply for one message, so that a number picks among all its choices."""
    if len(replies) == 1:
        return replies[0]
    choices = dict.fromkeys(choice for reply in replies for choice in reply.choices)
    undo = [choice for choice in choices if choice.says.startswith("undo")]
    others = [choice for choice in choices if choice not in undo]
    blocks = tuple(block for reply in replies for block in reply.blocks)
    last = (Choice(label="Undo all of this", says=undo[0].says),) if undo else ()
    return Reply(blocks=blocks, choices=(*others, *last), once=_once(replies))


def headed(head: str, reply: Reply) -> Reply:
    """The reply below a line of its own."""
    return replace(reply, blocks=(Paragraph(text=head), *reply.blocks))


def _once(replies: tuple[Reply, ...]) -> bool:
    """What is kept nowhere is not kept beside others either."""
    return any(reply.once for reply in replies)
