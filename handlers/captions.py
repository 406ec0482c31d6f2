"""What a mail says beside its words: in its subject, and behind the plus of its address."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.messages import InboundMessage
from bot.domain.program import Program
from handlers import courtesy, paragraphs, talking
from handlers.request import Handler
from handlers.router import command
from handlers.tagged import place_of

FEW = 12  # words
_POLITE: frozenset[Handler] = frozenset((talking.greet, talking.welcome, talking.goodbye))


def caption_of(program: Program, message: InboundMessage) -> str:
    """What was said with the files of a message, each thing on a line of its own."""
    if message.envelope is None:
        return message.text
    lines = (
        courtesy.caption(message.text),
        _subject_with_files(message),
        place_of(program, message.envelope.tag),
    )
    return "\n".join(line for line in lines if line)


def question_in(message: InboundMessage) -> str:
    """What is asked: the subject goes with it where the words alone are no question.

    A few words below a question only say hello, or why it is asked.
    """
    subject = _own_subject(message)
    if not subject or paragraphs.is_question(message.text):
        return message.text
    if paragraphs.is_question(subject) and len(message.text.split()) < FEW:
        return subject
    known = message.text.casefold()
    new = any(word not in known for word in subject.casefold().split())
    return f"{subject}\n{message.text}" if new else message.text


def worded(message: InboundMessage) -> InboundMessage:
    """The message with its subject for words, where those below it are no more than polite."""
    subject = _own_subject(message)
    routed = command(message.text)
    polite = routed is not None and routed.handler in _POLITE
    return replace(message, text=subject) if subject and polite else message


def _own_subject(message: InboundMessage) -> str:
    """The subject, unless it is that of what the mail replies to."""
    envelope = message.envelope
    if envelope is None or message.answers or envelope.reply:
        return ""
    return envelope.subject


def _subject_with_files(message: InboundMessage) -> str:
    """The same; with files also that of what is passed on, which says what they are."""
    envelope = message.envelope
    if envelope and envelope.forward and message.attachments and not message.answers:
        return envelope.subject
    return _own_subject(message)
