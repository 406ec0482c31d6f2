"""Greetings, help and the few words around them."""

from __future__ import annotations

from bot.domain.messages import Bullets, Choice, Paragraph, Reply
from bot.domain.program import Program


def greeting(program: Program, name: str) -> Reply:
    """Hello, and what to try first."""
    hello = f"Hello {name}." if name else "Hello."
    text = (
        f"{hello} Ask me about the {program.short_name} program, send me a file for your "
        f"{program.words.record_short}, or say: progress. Say: help, for everything I can do."
    )
    return Reply(blocks=(Paragraph(text=text),))


def welcome() -> Reply:
    """After thanks."""
    return plain("You are welcome.")


def goodbye() -> Reply:
    """At the end."""
    return plain("Goodbye. Everything you sent is safe.")


def announced(program: Program) -> Reply:
    """When a file is announced but none came."""
    code = program.sets[0].competencies[0].id
    return plain(
        "Send the file with your next message. What you write with it tells me its section, for "
        f"example: for {code}. In the terminal, type: file PATH for {code}."
    )


def help_text(program: Program) -> Reply:
    """Everything a candidate can say."""
    record = program.words.record_short
    code = program.sets[0].competencies[0].id
    lines = (
        f"Any question about the program, for example: what should my {record} include?",
        f"A file, with or without words on where it belongs, for example: for {code}.",
        "progress: how far you are, in words and as a picture.",
        "missing, or missing in SET: what is still needed.",
        "files: what you have filed and where.",
        f"move 3 to {code}; also 3 in {code}; remove 3; mark 3 as secondary.",
        "undo: takes back the last filing or move.",
        "receipt 3: the signed receipt of file 3.",
        "ask staff: QUESTION, to reach a person.",
        "code: a one-time code to connect another of your addresses; link CODE uses it.",
    )
    lead = Paragraph(text="This is what you can send me:")
    return Reply(blocks=(lead, Bullets(items=lines)))


def code_issued(code: str) -> Reply:
    """A linking code."""
    return plain(
        f"Send this from your other address within 30 minutes: link {code}. "
        "It works once. Do not show it to anyone."
    )


def linked(name: str) -> Reply:
    """An address was connected."""
    return plain(f"This address is now connected to {name}.")


def staff_question_missing() -> Reply:
    """Somebody wants a person but has not said what for."""
    return plain("What would you like to ask? Say: ask staff: YOUR QUESTION.")


def no_such_choice(choices: tuple[Choice, ...]) -> Reply:
    """A number that fits no open choice; open ones are offered again."""
    if not choices:
        return plain("There is nothing with that number to choose just now. Say: help.")
    text = f"Pick a number from 1 to {len(choices)}."
    return Reply(blocks=(Paragraph(text=text),), choices=choices)


def too_long(limit: int) -> Reply:
    """A message of more characters than are read."""
    return plain(
        f"That is longer than {limit:,} characters, and I have done nothing with it. "
        "Send a long text as a file."
    )


def failed() -> Reply:
    """When a message could not be handled after several tries."""
    return Reply(
        blocks=(
            Paragraph(
                text="Something went wrong on my side and I could not handle your message. It is "
                "kept. Please try again in other words or later."
            ),
        ),
        choices=(Choice(label="Help", says="help"),),
    )


def plain(text: str) -> Reply:
    """One paragraph."""
    return Reply(blocks=(Paragraph(text=text),))
