"""A person's page: what is theirs to know and to do, at a glance, and nobody else's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.app import Knowledge
from bot.domain.messages import Bullets, Chart, Choice, OutboundMessage, Reply
from bot.domain.rights import Role
from bot.phrases.home import MOST
from channels.markup import plain_text
from handlers.router import command
from storage.tables import metadata
from tests.cast import ADA, BEA, DOT, MIA, REV, SAL
from tests.desk import House
from tests.filling import at, window
from tests.flows.props import prop
from tests.reviewed import appealable, begin_appeal, reply, staffed, submitted
from tests.submitted import asked_for_more, tokens

CYN = replace(BEA, name="Cyn Adler", email="cyn@example.org")


@pytest.fixture
def guild(other_knowledge: Knowledge, tmp_path: Path) -> Iterator[House]:
    """A Carrel for the invented program."""
    made = House(other_knowledge, tmp_path)
    yield made
    made.database.close()


def page(house: House, who: str) -> Reply:
    """What somebody's page shows."""
    return window(house).home(at(house, who))


def told(house: House, who: str) -> str:
    """The same as text."""
    return plain_text(page(house, who))


def says(reply: Reply) -> list[str]:
    """What its choices say."""
    return [choice.says for choice in reply.choices]


def everything(house: House) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables."""
    with house.database.engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(table.select())]
            for table in metadata.sorted_tables
        }


def test_a_candidate_sees_progress_and_the_next_step(home: House) -> None:
    home.send(ADA.email, prop("log.txt", home.folder), caption="for TECH-2")

    shown = page(home, ADA.email)
    text = plain_text(shown)

    assert text.startswith("Ada Reyes, 0 of 6 sets of your CAR are complete.\n\nNext: Go on with ")
    assert "- Technology: 1 of 10 parts: 1 of 9 competencies, no statement yet." in text
    assert "67 parts are still missing in 6 sets. To see which, say: missing." in text
    assert "Your subscription ends on Monday, 15 January 2029" in text
    assert "each of the 6 may take 4.3 months" in text
    (chart,) = [block for block in shown.blocks if isinstance(block, Chart)]
    assert len(chart.bars) == 6
    assert says(shown)[1:] == [
        "progress",
        "missing",
        "next",
        "files",
        "write statement",
        "submissions",
        "requests",
        "help",
    ]


def test_open_requests_come_with_their_codes_and_the_days_of_an_appeal(house: House) -> None:
    ada = asked_for_more(house)

    text = told(house, ADA.email)

    for section, code in tokens(house, ada).items():
        assert f"- {code}: {section} of Technology" in text
    assert "Next: Send a file for TECH-3" in text
    assert "you can appeal until 1 December 2026 (in 10 days)." in text
    assert says(page(house, ADA.email))[0] == "requests"
    assert says(page(house, ADA.email)).count("requests") == 1


def test_a_running_appeal_tells_whose_day_is_next(house: House) -> None:
    appealable(house)
    begin_appeal(house)

    text = told(house, ADA.email)

    assert "Appeal 1, submission 1 (Technology): " in text
    assert " due by " in text or " has until " in text


def test_before_electives_are_chosen_only_the_required_sets_count(home: House) -> None:
    assert "parts are still missing in 3 sets." in told(home, BEA.email)


def test_staff_see_what_waits_and_reviewers_what_is_theirs(house: House) -> None:
    staffed(house)
    submitted(house, house.enrol(ADA), "technology")
    reply(house, REV[1], "claim 1")
    reply(house, DOT, "ask staff: who reads this?")

    staff, reviewer = page(house, SAL[1]), page(house, REV[1])

    assert "Questions that wait for a reply: 1" in plain_text(staff)
    assert "In the queue: 1" in plain_text(staff)
    assert says(staff) == ["question 1", "queue", "my reviews", "questions", "help"]
    assert "Questions" not in plain_text(reviewer)
    assert "1: Ada Reyes, Technology, " in plain_text(reviewer)
    assert "9 left for you to rate" in plain_text(reviewer)
    assert says(reviewer) == ["dossier 1", "queue", "my reviews", "help"]


def test_who_has_a_record_and_an_office_sees_both(home: House) -> None:
    home.appoint(ADA.name, ADA.email, Role.STAFF)

    shown = page(home, ADA.email)
    text = plain_text(shown)

    assert text.index("0 of 6 sets") < text.index("For you to do:") < text.index("In the queue: 0")
    assert len(shown.choices) == MOST
    assert says(shown)[-1] == "help"


def test_a_stranger_is_told_what_this_is_and_how_to_connect(home: House) -> None:
    shown = page(home, DOT)
    text = plain_text(shown)

    assert "I am Carrel." in text
    assert "nobody has to know who you are" in text
    assert says(shown) == [
        "What should my Candidate Achievement Record include?",
        "connect",
        "link",
        "ask staff: Please connect me.",
        "help",
    ]


def test_who_is_known_and_nothing_more_sees_what_is_shared(home: House) -> None:
    home.appoint(*MIA)
    before = told(home, MIA[1])
    reply(home, ADA.email, f"share technology with {MIA[1]}")

    assert "You have no CAR of your own here" in before
    assert "Others let you look at their work: 1 share." in told(home, MIA[1])
    assert says(page(home, MIA[1])) == ["shared with me", "help"]


def test_nobody_sees_anything_of_somebody_else(house: House) -> None:
    ada = asked_for_more(house)
    house.appoint(*MIA)

    for who in (BEA.email, MIA[1], DOT):
        text = told(house, who)
        assert "Ada" not in text
        assert not any(code in text for code in tokens(house, ada).values())


def test_looking_leaves_no_trace(house: House) -> None:
    asked_for_more(house)
    before = everything(house)

    for who in (ADA.email, BEA.email, SAL[1], REV[1], DOT):
        page(house, who)
        for words in ("write statement", "write statement for technology", "decide 1", "rate 1"):
            window(house).form(at(house, who), words)

    assert everything(house) == before


def test_every_choice_is_a_command_or_a_question(house: House) -> None:
    asked_for_more(house)
    shown = [page(house, who) for who in (ADA.email, BEA.email, SAL[1], REV[1], DOT)]
    choices = [*window(house).prompts(), *(c for one in shown for c in one.choices)]

    assert all(command(choice.says) or choice.says.endswith("?") for choice in choices)


def test_first_things_to_say_are_in_the_programs_words(home: House, guild: House) -> None:
    question = "What should my Bench Book include?"
    first = Choice(label=question, says=question)

    assert window(guild).prompts()[0] == first
    assert len(window(guild).prompts()) == len(window(home).prompts()) == 4
    for house in (home, guild):
        record = house.desk.program.words.record
        assert record in reply(house, DOT, window(house).prompts()[0].says)


def test_the_other_program_has_a_page_too(guild: House) -> None:
    guild.enrol(BEA)
    staffed(guild)
    submitted(guild, guild.enrol(CYN), "movements")

    text = told(guild, BEA.email)

    assert "0 of 3 sets of your BB are complete" in text
    assert "Write a mender's essay" in text
    assert "CAR" not in text
    assert "Bench Book" in told(guild, DOT)
    assert "In the queue: 1" in told(guild, SAL[1])
    bullets = [block for block in page(guild, BEA.email).blocks if isinstance(block, Bullets)]
    assert bullets


def test_a_lost_address_is_somebodys_no_more(home: House) -> None:
    window(home).lost(at(home, ADA.email), why="account switched off")
    window(home).lost(at(home, ADA.email), why="account switched off")

    assert "I am Carrel." in told(home, ADA.email)
    with home.transaction() as uow:
        assert [e.action for e in uow.trail.entries()].count("address-lost") == 1


def test_carrel_takes_part_where_it_has_answered(home: House) -> None:
    here, thread = at(home, ADA.email), f"{home.channel.name}:room/1"
    answer = OutboundMessage(key="1", to=here, conversation=thread, reply=page(home, DOT))
    with home.transaction() as uow:
        uow.outbox.add(answer, due=home.clock())
        uow.commit()

    assert window(home).takes_part(here, thread)
    assert not window(home).takes_part(here, f"{home.channel.name}:room/2")
    assert not window(home).takes_part(at(home, BEA.email), thread)


def test_carrel_takes_part_where_it_was_spoken_to_and_has_not_answered_yet(home: House) -> None:
    thread = f"{home.channel.name}:room/1"
    asked = replace(home.message(ADA.email, "hello"), conversation=thread, shared=True, thread="1")
    home.pipeline.receive(asked)

    assert window(home).takes_part(asked.sender, thread)
    assert not window(home).takes_part(at(home, BEA.email), thread)
    home.pipeline.handle_one()
    assert window(home).takes_part(asked.sender, thread)


def test_a_file_for_the_person_is_found_by_its_name(home: House, tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Well done.", encoding="utf-8")
    name = home.files.put(path)

    assert window(home).file(name).read_text(encoding="utf-8") == "Well done."
