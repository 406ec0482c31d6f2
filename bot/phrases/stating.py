"""How a learning statement is talked about while it is written, shown and filed."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.domain.messages import Block, Bullets, Choice, Paragraph, Quotation, Reply
from bot.domain.portfolio import Evidence
from bot.domain.program import CompetencySet, Program
from bot.domain.statement import Draft, StatementVersion
from bot.phrases.answering import short
from bot.phrases.filing import receipt_line
from bot.phrases.sections import full_name, needs_of
from bot.phrases.talk import plain
from bot.phrases.times import moment

LISTED = 12  # paragraphs of a text that was filed
LINE = 72  # characters of each


def opened(program: Program, draft: Draft, cited: Sequence[Quotation], *, zone: ZoneInfo) -> Reply:
    """Writing begins: what it is for, how long, what there is, and how to go on."""
    pages = program.rules.statement.pages
    sheets = "1 page" if pages == 1 else f"{pages} pages"
    title, most = draft.set.title, program.rules.statement.words
    blocks: list[Block] = [
        Paragraph(text=f"You are writing your {program.words.statement} for {title}. Its parts:"),
        Bullets(items=program.rules.statement.parts),
        Paragraph(text=f"Up to about {most:,} words ({sheets}) are advised."),
        *cited,
        Paragraph(text=_so_far(draft, zone)),
        *filed_notes(draft),
        Paragraph(
            text="From now on every message is the next paragraph and is kept at once; commands "
            "and questions still work. Say: show statement, replace 2: TEXT, cut paragraph 2, "
            "versions, pause writing; or: done, to file it."
        ),
    ]
    return Reply(blocks=tuple(blocks))


def not_needed(program: Program, draft: Draft, cited: Sequence[Quotation]) -> Reply:
    """The set is on a route that asks for none."""
    title, route = draft.set.title, program.rules.routes[draft.route].title
    text = (
        f"{title} is proved by {route} ({needs_of(program, draft.route)}), so it needs no "
        f"{program.words.statement}."
    )
    anyway = Choice(label="Write it anyway", says=f"write statement for {spoken(draft.set)} anyway")
    return Reply(blocks=(Paragraph(text=text), *cited), choices=(anyway,))


def kept(program: Program, version: StatementVersion, *, before: int) -> Reply:
    """New paragraphs stand behind the `before` ones that there were, and writing goes on."""
    then = "Say: show statement, done, or just go on."
    return plain(f"{new_ones(version, before)} kept ({measure(program, version)}). {then}")


def new_ones(version: StatementVersion, before: int) -> str:
    """The paragraphs behind the `before` ones that there were."""
    first, last = before + 1, len(version.paragraphs)
    return f"Paragraph {first}" if first == last else f"Paragraphs {first} to {last}"


def changed_since(competency_set: CompetencySet, version: str) -> str:
    """A whole text was made from a version that is not the newest any more."""
    begun = f"version {version}" if version != "0" else "nothing"
    return (
        f"Your text for {competency_set.title} was changed since: this one was made from {begun}, "
        "and would have replaced what came later. Nothing was replaced, and what you typed into "
        f"the form is kept in it. To see both in it, say: write statement for "
        f"{competency_set.title}."
    )


def changed(program: Program, version: StatementVersion, what: str, *, before: int) -> Reply:
    """Something else was done; `before` is the version that undoes it."""
    back = f"To take that back, say: back to version {before}."
    return plain(f"{what} ({measure(program, version)}). {back}")


def filed(
    program: Program,
    draft: Draft,
    evidence: Evidence,
    *,
    replaced: Sequence[Evidence],
    step: int,
    zone: ZoneInfo,
) -> Reply:
    """The newest version stands in its section."""
    number = draft.now.number if draft.now else 0
    places = " and ".join(full_name(program, section) for section in evidence.filing.sections)
    lines = [
        f"Filed version {number} of your {program.words.statement} for {draft.set.title} as file "
        f"{evidence.number}, {evidence.name}, in {places}. You are no longer writing.",
    ]
    text = draft.now.paragraphs if draft.now else ()
    lines += [f"File {one.number}, {one.name}, made room for it." for one in replaced]
    lines += _others(draft)
    lines.append(receipt_line(evidence, zone))
    undo = Choice(label="Undo", says=f"undo step {step}")
    head, *rest = (Paragraph(text=line) for line in lines)
    return Reply(blocks=(head, Bullets(items=_in_lines(text)), *rest), choices=(undo,))


def filed_already(draft: Draft, evidence: Evidence) -> Reply:
    """The very text is filed."""
    number = draft.now.number if draft.now else 0
    return plain(
        f"Version {number} for {draft.set.title} is filed already, as file {evidence.number}, "
        f"{evidence.name}. Nothing was filed twice, and you are no longer writing."
    )


def nothing_to_file(competency_set: CompetencySet) -> Reply:
    """There is no text."""
    return plain(
        f"Nothing is written for {competency_set.title}, so nothing was filed, and you are no "
        f"longer writing. {how_to_begin(competency_set)}"
    )


def paused(draft: Draft) -> Reply:
    """Writing stops, nothing is filed."""
    return plain(
        f"You are no longer writing; everything you wrote for {draft.set.title} is kept and not "
        f"filed. To go on, say: write statement for {draft.set.title}. To file it, say: done."
    )


def which(drafts: Sequence[Draft], says: Sequence[str]) -> Reply:
    """Several statements are begun; each choice says the whole command for one of them."""
    choices = tuple(
        Choice(label=draft.set.title, says=said) for draft, said in zip(drafts, says, strict=True)
    )
    return Reply(blocks=(Paragraph(text="For which set do you mean that?"),), choices=choices)


def question_met(answer: Reply, draft: Draft, question: str) -> Reply:
    """The answer to a question that was put while writing, which could have been a paragraph."""
    note = f"I took that for a question; it is not in your text for {draft.set.title}."
    instead = Choice(
        label="Put it into the text instead", says=f"add to {spoken(draft.set)}: {question}"
    )
    blocks = (*answer.blocks, Paragraph(text=note))
    return Reply(blocks=blocks, choices=(*answer.choices, instead))


def doubted(text: str, *, likely: str, how_to: Reply | None) -> Reply:
    """A few words that may be a command gone wrong; they are kept nowhere yet.

    `likely` is the command that they may be meant as, `how_to` tells how to say the whole of it.
    """
    lead = Paragraph(
        text=f"Shall this be a paragraph: \u201c{text}\u201d? It may be a command, so I have not "
        "added it."
    )
    other = likely or "show statement"
    choices = (
        Choice(label="Yes", says=f"add: {text}"),
        Choice(label=f"No: {other}" if likely else "No", says=other),
    )
    return Reply(blocks=(lead, *(how_to.blocks if how_to else ())), choices=choices)


def spoken(competency_set: CompetencySet) -> str:
    """The set as a command can name it: a colon would end the name."""
    return competency_set.id if ":" in competency_set.title else competency_set.title


def measure(program: Program, version: StatementVersion) -> str:
    """Which version it is and how long, beside the length advised."""
    advised = program.rules.statement.words
    advice = f"up to about {advised:,} advised"
    if version.words > advised:
        advice = f"more than the {advised:,} or so advised"
    return f"version {version.number}, {words(version)}; {advice}"


def filed_notes(draft: Draft) -> tuple[Paragraph, ...]:
    """What is filed in the statement's section, a line for each file."""
    lines = []
    for evidence in draft.filed:
        version = draft.version_in(evidence)
        what = f"which is version {version.number}" if version else "which you sent"
        if version and version == draft.now:
            what = "which is this text"
        lines.append(f"Filed for it: file {evidence.number}, {evidence.name}, {what}.")
    return tuple(Paragraph(text=line) for line in lines)


def words(version: StatementVersion) -> str:
    """How many words it has, as a phrase."""
    return "1 word" if version.words == 1 else f"{version.words:,} words"


def how_to_begin(competency_set: CompetencySet) -> str:
    """What opens writing."""
    return f"Say: write statement for {competency_set.title}."


def _so_far(draft: Draft, zone: ZoneInfo) -> str:
    if draft.now is None or not draft.now.paragraphs:
        return "Nothing is written so far."
    count = len(draft.now.paragraphs)
    paragraphs = "1 paragraph" if count == 1 else f"{count} paragraphs"
    since = moment(draft.now.at, zone)
    return f"So far: {paragraphs}, {words(draft.now)}; version {draft.now.number} of {since}."


def _in_lines(paragraphs: Sequence[str]) -> tuple[str, ...]:
    """Each paragraph on one line, shortened."""
    numbered = enumerate(paragraphs, start=1)
    lines = tuple(f"{number}. {short(text, most=LINE)}" for number, text in numbered)
    more = len(lines) - LISTED
    return (*lines[:LISTED], f"and {more} more") if more > 0 else lines


def _others(draft: Draft) -> list[str]:
    sent = [one for one in draft.filed if draft.version_in(one) is None]
    return [
        f"File {one.number}, {one.name}, which you sent, stands there too. To take it out, say: "
        f"remove {one.number}."
        for one in sent
    ]
