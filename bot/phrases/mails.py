"""What is said about mails that anybody may have written, and about private addresses."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.domain.filenames import printable
from bot.domain.messages import Bullets, Choice, InboundMessage, Paragraph, Reply
from bot.domain.proving import is_disowned
from bot.phrases.linking import CHOICES
from bot.phrases.talk import plain
from bot.phrases.times import moment

CONFIRM = "confirm mail"
DISCARD = "discard mail"
ABOUT_ANYBODYS = "your mail to Carrel"  # in the subject in place of words that anybody may send
DISCARD_ALL = "discard all mails"
_MOST_NAMES, _LONGEST = 10, 80  # of files, and characters of what a stranger may have written


def is_it_yours(
    message: InboundMessage, code: str, *, zone: ZoneInfo, days: int, others: int = 0
) -> Reply:
    """To the address on record: what came in its person's name, and how it counts.

    Its first sentence, which is the subject, has no code. `others` were found forged as it was.
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
            *((Paragraph(text=_forged(others)),) if is_disowned(message) else ()),
            Paragraph(text=ask),
        ),
        choices=(
            Choice(label="Yes", says=f"{CONFIRM} {code}"),
            Choice(label="No", says=f"{DISCARD} {code}"),
        ),
        heads=f"{CONFIRM} {code}: ",
        awaits=True,
    )


def _forged(others: int) -> str:
    more = f" {others} more such mails wait." if others > 1 else ""
    more = " One more such mail waits." if others == 1 else more
    return (
        "Our mail server found that its sender is forged, so it is hardly from you. I ask about "
        f"one such mail a day at most.{more} To forget all that wait, say: {DISCARD_ALL}."
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
    text = (
        f"{_not_done(files)}: nothing shows that the mail is really from the address that it "
        "names. If I know that address, I ask at the one on record whether the mail is theirs, a "
        "few times an hour at most, and a reply there is enough. If I do not, say: connect. "
        "Questions about the program I answer at once."
    )
    return Reply(blocks=(Paragraph(text=text),), choices=CHOICES)


def not_your_address(files: int) -> Reply:
    """To where a mail says that it came from, which went to somebody else's private address."""
    text = (
        f"{_not_done(files)}: the mail was sent to the private address of somebody else than it "
        "names as its sender. Send it again to my own address, without what stands behind its +. "
        "If I do not know you yet, say: connect."
    )
    return Reply(blocks=(Paragraph(text=text),), choices=CHOICES)


def _not_done(files: int) -> str:
    what = "this" if not files else "your file" if files == 1 else "your files"
    return f"I could not keep {what}" if files else "I could not answer this"


def asked_enough() -> Reply:
    """To the address on record, about a mail in its person's name that they are not asked about."""
    text = (
        "One more mail came in your name, and nothing shows that it is from you. I kept it, and "
        "ask about no more of them within this hour. I ask about this one as soon as there is "
        f"time, so you need not send it again. If none is yours, say: {DISCARD_ALL}."
    )
    forget = Choice(label="Forget them all", says=DISCARD_ALL)
    return Reply(blocks=(Paragraph(text=text),), choices=(forget,))


def fell_out() -> Reply:
    """To the person, when mails in their name had to make room for others."""
    return plain(
        "More mails came in your name without proof than I keep, so I forgot the oldest that I had "
        "not asked you about. If you sent me something lately that I did not answer, send it "
        "again, at best to your private address: say, private address."
    )


def confirmed() -> Reply:
    """To whoever said that a mail is theirs, which came from another address."""
    return plain("Thank you. It counts as yours now, and I answer it where it came from.")


def without_words() -> Reply:
    """To a reply or a forward in which nothing was written."""
    return plain(
        "I found no words of yours in this mail, so nothing was done. Write above what you reply "
        "to; for what I can do, say: help."
    )


def not_theirs_any_more() -> Reply:
    """To whoever said that a mail is theirs, from an address that is not theirs by now."""
    return plain(
        "That address is not connected to you any more, so the mail does not count as yours. It is "
        "forgotten. Send it again from an address of yours."
    )


def discarded() -> Reply:
    """To whoever said that a mail was not theirs."""
    return plain("Thank you. It is forgotten, and nothing of it was kept in your record.")


def all_discarded(count: int) -> Reply:
    """To whoever wanted to hear no more of what came in their name."""
    if not count:
        return plain("No mail waits for your word.")
    what = "One mail is" if count == 1 else f"{count} mails are"
    return plain(f"Thank you. {what} forgotten, and nothing of it was kept in your record.")


def more_wait(count: int) -> str:
    """A line for whoever settled one mail while others wait."""
    if count == 1:
        return "One more mail waits for your word: a mail of its own asks about it."
    return (
        f"{count} more mails wait for your word: each is asked about by a mail of its own, a few "
        f"within an hour. To forget them all, say: {DISCARD_ALL}."
    )


def cannot_link() -> str:
    """To whoever sends a code by a mail that anybody may have written."""
    return (
        "Nothing shows that this mail is really from the address that it names, so the code was "
        "not used. Send it from your address on record, or from Slack or Telegram."
    )


def enough_for_now() -> Paragraph:
    """Below the last answer for a while."""
    return Paragraph(
        text="Those were as many answers as I send to one person within an hour. What you send now "
        "counts at once, and I tell you of it when there is time."
    )


def enough_for_anybody() -> Paragraph:
    """The same where nothing shows who writes."""
    return Paragraph(
        text="Those were as many answers as I send within an hour to where nothing shows who "
        "writes. What comes from there now is not answered: ask again in an hour."
    )


def private_address(address: str) -> Reply:
    """To a person: the address that is theirs alone, and what it is good for."""
    return Reply(
        blocks=(
            Paragraph(text=f"Your private mail address is {address}"),
            Paragraph(
                text="What you send there from an address of yours counts as yours, also where "
                "your mail server cannot prove who you are. Show it to nobody. For another one, "
                "say: new private address."
            ),
        ),
        choices=(Choice(label="A new one", says="new private address"),),
    )


def new_private_address(address: str) -> Reply:
    """The same, just made; the old one proves nothing any more."""
    return plain(
        f"Your private mail address is now {address} and the old one is good for nothing any more."
    )


def set_aside(sender: str, why: str) -> Reply:
    """To the staff: a mail that somebody sent and nobody answers, unless they do."""
    whom = f"The mail names {_shown(sender)} as its sender." if sender else "It names no sender."
    return plain(
        f"I set a mail aside that I could not process: {_shown(why)}. {whom} It lies in the "
        "mailbox, in the folder Failed: look at it there, and answer it yourself if it needs one."
    )


def more_set_aside() -> Reply:
    """To the staff: of the next ones, for an hour, they are not told one by one."""
    return plain(
        "I set aside more mails than I tell you of one by one. They lie in the mailbox, in the "
        "folder Failed: look through it within the hour, and answer those that need it."
    )


def no_mail_comes() -> str:
    """Where nothing is received by mail."""
    return "I receive no mail here, so there is no private address. Say: addresses."
