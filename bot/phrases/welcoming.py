"""What somebody is told once they are enrolled."""

from __future__ import annotations

from bot.domain.messages import Bullets, Choice, Paragraph, Reply
from bot.domain.people import Candidate
from bot.domain.program import Program
from bot.phrases.times import told_in_full


def welcome(program: Program, candidate: Candidate) -> Reply:
    """Who writes here, until when there is time, and what to do first."""
    record, code = program.words.record_short, program.sets[0].competencies[0].id
    lead = (
        f"Welcome, {candidate.person.name}. You are enrolled for the {program.short_name}, and "
        f"your subscription ends on {told_in_full(candidate.subscription_ends)}. I am Carrel: I "
        f"keep your {record}, tell you how far you are, and answer from the program's documents. "
        "To begin, write to me right here:"
    )
    first = (
        "next: the one thing to do first, and why.",
        f"a file, with a word on what it is for, such as: for {code}.",
        "any question about the program.",
        "connect, from a chat where I am too: then I tell you things there.",
        "notices: what I tell you without being asked, when and where; your time zone too.",
    )
    choices = (
        Choice(label="What to do first", says="next"),
        Choice(label="What you tell me, and when", says="notices"),
    )
    return Reply(blocks=(Paragraph(text=lead), Bullets(items=first)), choices=choices)
