"""How roles, and looks at other people's records, are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.domain.messages import Bullets, Paragraph, Reply
from bot.domain.people import Person
from bot.domain.program import Program
from bot.domain.progress import Progress
from bot.domain.rights import Role
from bot.phrases.progress import set_state
from bot.phrases.talk import plain
from bot.phrases.times import told

_FIRST_WORDS = {
    Role.REVIEWER: "queue, for what waits for a review",
    Role.STAFF: "queue, or: questions",
    Role.ADMIN: "roles, for who is what",
}


def appointed(person: Person, role: Role) -> Reply:
    """To who appointed somebody."""
    return plain(
        f"{person.name} is {role} now and was told so. To take it back, say: "
        f"dismiss {person.email} {role}."
    )


def told_appointed(program: Program, role: Role) -> Reply:
    """To who was appointed, who may never have heard of Carrel."""
    return plain(
        f"You have the role {role} now. I am Carrel, which keeps candidates' records for the "
        f"{program.name} and takes your words on them by message. Say: "
        f"{_FIRST_WORDS.get(role, 'help')}."
    )


def dismissed(person: Person, role: Role, given_back: Sequence[int]) -> Reply:
    """To who dismissed somebody."""
    return plain(f"{person.name} is {role} no more and was told so.{_given_back(given_back)}")


def told_dismissed(role: Role) -> Reply:
    """To who was dismissed."""
    return plain(f"You do not have the role {role} any more. Whoever runs Carrel can tell why.")


def roles(holders: Mapping[Role, Sequence[Person]]) -> Reply:
    """Who has which role."""
    lines = tuple(f"{role}: {_names(people)}." for role, people in holders.items())
    hint = "To change it, say: appoint EMAIL ROLE, or: dismiss EMAIL ROLE."
    return Reply(
        blocks=(Paragraph(text="Who is what:"), Bullets(items=lines), Paragraph(text=hint))
    )


def record(program: Program, person: Person, progress: Progress) -> Reply:
    """Somebody's progress, told to somebody else."""
    count = f"{progress.sets_complete} of {progress.sets_needed} sets"
    lead = f"{count} of the {program.words.record_short} of {person.name} are complete."
    lines = tuple(f"{part.set.title}: {set_state(part)}." for part in progress.sets)
    ends = progress.subscription_ends
    end = f"The subscription ends on {told(ends)}. That you looked is on the trail."
    return Reply(blocks=(Paragraph(text=lead), Bullets(items=lines), Paragraph(text=end)))


def _given_back(numbers: Sequence[int]) -> str:
    if not numbers:
        return ""
    return f" Back in the queue: submission {', '.join(map(str, numbers))}."


def _names(people: Sequence[Person]) -> str:
    return ", ".join(f"{person.name} ({person.email})" for person in people) or "nobody"
