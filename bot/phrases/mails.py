"""What is said about mails that anybody may have written, and about private addresses."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.domain.filenames import printable
from bot.domain.messages import Bullets, Choice, InboundMessage, Paragraph, Reply
from bot.phrases.linking import CHOICES
from bot.phrases.talk import plain
from bot.phrases.times import moment

CONFIRM = "confirm mail"
DISCARD = "discard mail"
_MOST_NAMES, _LONGEST = 10, 80  # of files, and characters of what a stranger may have written


def is_it_yours(message: InboundMessage, code: str, *, zone: ZoneInfo, days: int) -> Reply:
    """To the address on record: what came in its person's name, and how it counts.

    Its first sentence, which is the subject, has no code.
    """
    lead = (
        "Was this mail from you? It names you as its sender, and nothing shows that it is. It "
        "came on "
    )
    ask = (
        "If you sent it, reply with: yes. Then it counts as if you had sent it from here. If you "
        f"did not, do nothing, or reply with: no. Nothing was kept in your record, and in {days} "
        "days it is forgotten."
    )
    return Reply(
        blocks=(
            Paragraph(text=f"{lead}{moment(message.sent_at, zone)}:"),
            Bullets(items=tuple(_content(message))),
            Paragraph(text=ask),
        ),
        choices=(
            Choice(label="Yes", says=f"{CONFIRM} {code}"),
            Choice(label="No", says=f"{DISCARD} {code}"),
        ),
        heads=f"{CONFIRM} {code}: ",
        awaits=True,
    )


def _content(message: InboundMessage) -> list[str]:
    subject = message.envelope.subject if message.envelope else ""
    lines = [f"From: {_shown(message.sender.value)}"]
    lines += [f"Subject: {_shown(subject)}"] if subject else []
    names = [_shown(one.name) for one in message.attachments]
    lines += [f"File: {name}" for name in names[:_MOST_NAMES]]
    if len(names) > _MOST_NAMES:
        lines.append(f"And {len(names) - _MOST_NAMES} more files.")
    if not names:
        lines.append(f"It says: {_shown(message.text)}")
    return lines


def _shown(text: str) -> str:
    """Words of whoever wrote it, on one line and with nothing to press on."""
    line = printable(text).replace("://", ": //").replace("www.", "www .")
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}\u2026"


def not_sure(files: int) -> Reply:
    """To where a mail says that it came from, whoever that is: it tells nothing of who is known."""
    what = "this" if not files else "your file" if files == 1 else "your files"
    kept = f"I could not keep {what}" if files else "I could not answer this"
    text = (
        f"{kept}: nothing shows that the mail is really from the address that it names. If I know "
        "that address, a mail is on its way to the one on record, and a reply to it is enough. If "
        "I do not, say: connect. Questions about the program I answer at once."
    )
    return Reply(blocks=(Paragraph(text=text),), choices=CHOICES)


def confirmed() -> Reply:
    """To whoever said that a mail is theirs, which came from another address."""
    return plain("Thank you. It counts as yours now, and I answer it where it came from.")


def discarded() -> Reply:
    """To whoever said that a mail was not theirs."""
    return plain("Thank you. It is forgotten, and nothing of it was kept in your record.")


def more_wait(count: int) -> str:
    """A line for whoever settled one mail while others wait."""
    mails = "One more mail waits" if count == 1 else f"{count} more mails wait"
    return f"{mails} for your word: each is asked about by a mail of its own."


def cannot_link() -> str:
    """To whoever sends a code by a mail that anybody may have written."""
    return (
        "Nothing shows that this mail is really from the address that it names, so the code was "
        "not used. Send it from your address on record, or from Slack or Telegram."
    )


def enough_for_now(hours: int = 1) -> Paragraph:
    """Below the last answer for a while."""
    within = "an hour" if hours == 1 else f"{hours} hours"
    return Paragraph(
        text=f"That were as many answers as I send to one address within {within}. What you send "
        "now is kept, and I answer it when the time is over."
    )


def private_address(address: str) -> Reply:
    """To a person: the address that is theirs alone, and what it is good for."""
    return Reply(
        blocks=(
            Paragraph(text=f"Your private mail address is {address}"),
            Paragraph(
                text="What you send there from an address of yours counts as yours, also where "
                "your mail server cannot prove who you are. My mails to you have it as their reply "
                "address. Show it to nobody. For another one, say: new private address."
            ),
        ),
        choices=(Choice(label="A new one", says="new private address"),),
    )


def new_private_address(address: str) -> Reply:
    """The same, just made; the old one proves nothing any more."""
    return plain(
        f"Your private mail address is now {address} and the old one is good for nothing any more. "
        "Replies to my older mails may be asked about once."
    )


def no_mail_comes() -> str:
    """Where nothing is received by mail."""
    return "I receive no mail here, so there is no private address. Say: addresses."
