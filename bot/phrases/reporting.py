"""What was not answered, and what changed since it was."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.messages import Block, Bullets, Choice, Paragraph, Quotation, Reply
from bot.phrases.answering import short
from bot.phrases.talk import plain

LONGEST = 600  # characters of a passage's words in a message


def unanswered(lines: Sequence[str], *, days: int, most: int, cut: int) -> Reply:
    """Groups of declined questions, each a `group_line`.

    `cut` is how many questions were looked at when there may be more, else 0.
    """
    if not lines:
        return plain(f"In the last {days} days nothing was asked that I did not answer.")
    of = f" (of the newest {cut})" if cut else ""
    lead = f"Asked in the last {days} days and not answered from documents, most often first{of}:"
    blocks: list[Block] = [
        Paragraph(text=lead),
        Bullets(items=tuple(lines[:most])),
    ]
    if len(lines) > most:
        blocks.append(Paragraph(text=f"And {len(lines) - most} more, asked less often."))
    return Reply(blocks=tuple(blocks))


def changed(
    question: str,
    *,
    document: str,
    heading: str,
    old: Sequence[str],
    new: Sequence[str],
    gone: bool,
) -> Reply:
    """To somebody who was given an answer from a heading that changed since."""
    fate = "no longer stands in the documents" if gone else "has changed since then"
    head = (
        f"You asked: \u201c{short(question)}\u201d What I answered from, \u201c{heading}\u201d, "
        f"{fate}."
    )
    blocks: list[Block] = [Paragraph(text=head)]
    if old:
        blocks.append(Paragraph(text=f"It said: \u201c{short(' '.join(old), LONGEST)}\u201d"))
    if new:
        blocks.append(Paragraph(text="It says now:"))
        words = short(" ".join(new), LONGEST)
        blocks.append(Quotation(text=words, document=document, heading=heading))
    elif not gone:
        blocks.append(Paragraph(text="That was taken out."))
    return Reply(blocks=tuple(blocks), choices=(Choice(label="Ask it again", says=question),))


def group_line(
    example: str,
    count: int,
    newest: str,
    *,
    handover: int | None,
    curated: int | None,
    again: bool,
) -> str:
    """One group of declined questions; `again` tells that one is younger than the answer."""
    done = [f"passed on as question {handover}"] if handover else []
    since = ", but declined again since" if again else ""
    done += [f"answered by curated answer {curated}{since}"] if curated else []
    by_now = " and ".join(done) or "nothing was done about it yet"
    return f"{count} \u00d7 \u201c{short(example)}\u201d, last on {newest}; {by_now}"
