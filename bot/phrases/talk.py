"""Greetings, help and the few words around them."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.messages import Choice, Paragraph, Reply
from bot.domain.program import Program

_HELP = Choice(label="Help", says="help")
_ONLY_ONE = "Pick 1, or say it in words."


def greeting(program: Program, name: str) -> Reply:
    """Hello, and what to try first."""
    hello = f"Hello {name}." if name else "Hello."
    return plain(
        f"{hello} Ask me about the {program.short_name} program, send me a file for your "
        f"{program.words.record_short}, or say: progress. Say: help, for everything I can do."
    )


def welcome() -> Reply:
    """After thanks."""
    return plain("You are welcome.")


def goodbye() -> Reply:
    """At the end."""
    return plain("Goodbye. Everything you sent is safe.")


def announced(program: Program, channel: str) -> Reply:
    """When a file is announced but none came; `channel` is where that was."""
    code = program.sets[0].competencies[0].id
    way, how = "Send the file with your next message", ""
    if channel == "email":
        way = "Attach the file to your next mail"
    elif channel == "console":
        how = f" In the terminal, type: file PATH for {code}."
    return plain(
        f"{way}. What you write with it tells me its section, for example: for {code}.{how}"
    )


def staff_question_missing() -> Reply:
    """Somebody wants a person but has not said what for."""
    return awaiting(
        "What would you like to ask? Say: ask staff: YOUR QUESTION.", heads="ask staff: "
    )


def no_such_choice(choices: tuple[Choice, ...]) -> Reply:
    """A number that fits no open choice; open ones are offered again."""
    if not choices:
        return plain("There is nothing with that number to choose just now. Say: help.")
    text = f"Pick a number from 1 to {len(choices)}." if len(choices) > 1 else _ONLY_ONE
    return Reply(blocks=(Paragraph(text=text),), choices=choices)


def pick_one(choices: tuple[Choice, ...]) -> Reply:
    """Several numbers at once, or a place that is not in the list; the choices again."""
    text = f"Pick one number from 1 to {len(choices)}." if len(choices) > 1 else _ONLY_ONE
    return Reply(blocks=(Paragraph(text=text),), choices=choices)


def unknown_command(name: str) -> Reply:
    """To somebody who says `/name`, which is no command."""
    text = f"I know no /{name}. Say help for what I know."
    return Reply(blocks=(Paragraph(text=text),), choices=(_HELP,))


def too_long(limit: int) -> Reply:
    """A message of more characters than are read."""
    return plain(
        f"That is longer than {limit:,} characters, and I have done nothing with it. "
        "Send a long text as a file."
    )


def late(file: str, channel: str) -> Reply:
    """A file cannot be fetched yet; `channel` is where it waits as people call it, or empty."""
    where = f" from {channel}" if channel else ""
    return plain(
        f"I cannot get {file}{where} just now; I keep trying. What you say meanwhile is answered "
        "after it."
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
        choices=(_HELP,),
    )


def plain(text: str) -> Reply:
    """One paragraph."""
    return Reply(blocks=(Paragraph(text=text),))


def awaiting(text: str, *, heads: str) -> Reply:
    """One paragraph that waits for the words to be said behind `heads`."""
    return replace(plain(text), heads=heads, awaits=True)
