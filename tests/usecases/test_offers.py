"""What others send enters no record before its candidate accepts it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.messages import Download
from bot.domain.portfolio import Evidence, Kind, State
from bot.domain.rights import Role
from bot.domain.sharing import Offer
from tests.cast import ADA, BEA, DOT, MIA, REV
from tests.desk import House
from tests.flows.props import prop
from tests.samples import archive

MENTOR = MIA[1]
CAPTION = "for ada@example.org: letter about TECH-8"


@pytest.fixture
def desk(home: House) -> House:
    """Mia is there; nobody shares anything with her."""
    home.appoint(*MIA)
    return home


def record(house: House, email: str = ADA.email) -> list[Evidence]:
    """What stands in or waits for somebody's record."""
    with house.transaction() as uow:
        person = uow.people.find(email)
        assert person
        return [e for e in uow.records.of(person) if e.filing.state is not State.WITHDRAWN]


def offers(house: House, email: str = ADA.email) -> tuple[Offer, ...]:
    """Every offer to somebody."""
    with house.transaction() as uow:
        person = uow.people.find(email)
        assert person
        return uow.shares.offers(person)


def says(house: House) -> list[str]:
    """What the choices of the newest message to Ada stand for."""
    own = [m for m in house.channel.sent if m.to.value == ADA.email]
    return [choice.says for choice in own[-1].reply.choices]


def answer(house: House, who: str, *paths: Path, caption: str) -> str:
    """What somebody is told when they send files."""
    house.send(who, *paths, caption=caption)
    return house.heard(who)[-1]


def letters(folder: Path, count: int, *, called: str = "letter") -> Path:
    """An archive of that many different files."""
    path = folder / f"{called}s.zip"
    texts: dict[str, str | bytes] = {
        f"{called}-{n}.txt": f"Letter {n} of {called}.".encode() for n in range(count)
    }
    path.write_bytes(archive(texts))
    return path


def test_an_offer_waits_outside_the_record_and_the_candidate_is_told(
    desk: House, tmp_path: Path
) -> None:
    said = answer(desk, MENTOR, prop("notes.txt", tmp_path), caption=CAPTION)

    assert said.startswith("If ada@example.org is a candidate here, they are asked")
    (told,) = desk.heard(ADA.email)
    assert "Mia Sato sent a file for you: notes.txt (77 bytes)." in told
    assert "\u201cletter about TECH-8\u201d" in told
    assert "It seems to belong to TECH-8" in told
    assert record(desk) == []
    assert "You have filed nothing yet" in desk.say(ADA.email, "files")


def test_an_accepted_offer_is_filed_as_secondary_and_can_be_undone(
    desk: House, tmp_path: Path
) -> None:
    desk.send(MENTOR, prop("notes.txt", tmp_path), caption=CAPTION)
    told = desk.say(ADA.email, "accept offer 1")

    assert "Accepted notes.txt of Mia Sato" in told
    (one,) = record(desk)
    assert (one.filing.sections, one.filing.kind) == (("TECH-8",), Kind.SECONDARY)
    assert desk.heard(MENTOR)[-1] == "Ada Reyes has accepted notes.txt, which you sent for them."
    with desk.transaction() as uow:
        (step,) = uow.records.latest_changes(uow.people.find(ADA.email) or pytest.fail("no Ada"))
    assert step.reason == "sent by Mia Sato, accepted by the candidate"

    assert "out of your record" in desk.say(ADA.email, "undo")
    assert record(desk) == []
    assert "TECH-3" in desk.say(ADA.email, "move 1 to TECH-3")


def test_the_candidate_may_name_another_section(desk: House, tmp_path: Path) -> None:
    desk.send(MENTOR, prop("notes.txt", tmp_path), caption=CAPTION)
    desk.say(ADA.email, "accept offer 1 to FND-3")

    (one,) = record(desk)
    assert one.filing.sections == ("FND-3",)


def test_a_section_that_is_not_open_is_refused_and_the_offer_waits_on(
    desk: House, tmp_path: Path
) -> None:
    desk.send(MENTOR, prop("notes.txt", tmp_path), caption=CAPTION)

    assert "not open to you" in desk.say(ADA.email, "accept offer 1 to YTH-1")
    assert "I know no section" in desk.say(ADA.email, "accept offer 1 to the moon")
    assert desk.heard(MENTOR)[1:] == []
    assert "Offer 1: notes.txt" in desk.say(ADA.email, "offers")


def test_an_unsure_offer_waits_for_a_section_once_accepted(desk: House, tmp_path: Path) -> None:
    desk.send(MENTOR, prop("notes.txt", tmp_path), caption="for ada@example.org")
    assert "I am not sure where it belongs." in desk.heard(ADA.email)[-1]
    assert says(desk)[-1] == "accept offer 1"

    told = desk.say(ADA.email, "accept offer 1")

    assert "waits for a section. Say: move 1 to SECTION." in told
    (one,) = record(desk)
    assert (one.filing.state, one.filing.kind) == (State.WAITING, Kind.SECONDARY)


def test_no_choice_declines_by_a_bare_number(desk: House, tmp_path: Path) -> None:
    desk.send(MENTOR, prop("notes.txt", tmp_path), caption=CAPTION)

    assert says(desk) == ["accept offer 1"]
    desk.say(ADA.email, "offers")
    assert says(desk) == ["offer 1"]


def test_a_declined_offer_leaves_nothing_and_its_sender_is_told(
    desk: House, tmp_path: Path
) -> None:
    desk.send(MENTOR, prop("notes.txt", tmp_path), caption=CAPTION)
    desk.say(ADA.email, "decline offer 1")

    assert record(desk) == []
    assert desk.heard(MENTOR)[-1] == "Ada Reyes has declined notes.txt, which you sent for them."
    assert "Nothing that others sent waits" in desk.say(ADA.email, "offers")


@pytest.mark.parametrize("first", ["accept", "decline"])
@pytest.mark.parametrize("second", ["accept offer 1", "decline offer 1", "offer 1"])
def test_an_offer_is_settled_once_and_the_second_is_told_when(
    desk: House, tmp_path: Path, first: str, second: str
) -> None:
    desk.send(MENTOR, prop("notes.txt", tmp_path), caption=CAPTION)
    desk.say(ADA.email, f"{first} offer 1")
    heard, kept = desk.heard(MENTOR), record(desk)

    told = desk.say(ADA.email, second)

    assert "ed on 21 November 2026 at 12:00 (America/Chicago); nothing was changed." in told
    assert (desk.heard(MENTOR), record(desk)) == (heard, kept)


@pytest.mark.parametrize(
    "said", ["offer {}", "accept offer {}", "accept {} to TECH-8", "decline offer {}"]
)
def test_another_s_offer_looks_like_none(desk: House, tmp_path: Path, said: str) -> None:
    desk.send(MENTOR, prop("notes.txt", tmp_path), caption=CAPTION)

    there, absent = (desk.say(BEA.email, said.format(n)) for n in (1, 77))

    assert there.replace("1", "77") == absent
    assert record(desk, BEA.email) == []
    assert offers(desk)[0].settled_at is None


def test_the_sender_learns_nothing_of_who_is_enrolled(desk: House, tmp_path: Path) -> None:
    desk.appoint(*REV, Role.REVIEWER)
    notes = prop("notes.txt", tmp_path)
    answers = {
        answer(desk, MENTOR, notes, caption=f"for {who}: hello").replace(who, "")
        for who in (ADA.email, "nobody@example.org", REV[1], ADA.email)
    }

    assert len(answers) == 1
    with desk.transaction() as uow:
        assert uow.people.find("nobody@example.org") is None


def test_the_same_bytes_again_ask_nobody_again(desk: House, tmp_path: Path) -> None:
    for _ in range(2):
        desk.send(MENTOR, prop("notes.txt", tmp_path), caption=CAPTION)
    assert len(offers(desk)) == 1
    desk.say(ADA.email, "decline offer 1")
    heard = len(desk.heard(ADA.email))

    desk.send(MENTOR, prop("notes.txt", tmp_path), caption=CAPTION)

    assert len(offers(desk)) == 1
    assert len(desk.heard(ADA.email)) == heard


def test_beyond_ten_of_one_sender_and_twenty_in_all_nothing_is_kept_in_the_same_words(
    desk: House, tmp_path: Path
) -> None:
    desk.appoint("Max", "max@example.org")
    desk.appoint("Moe", "moe@example.org")

    def send(who: str, count: int, called: str) -> str:
        path = letters(tmp_path, count, called=called)
        return answer(desk, who, path, caption="for ada@example.org")

    send(MENTOR, 11, "mia")
    assert len(offers(desk)) == 10
    full = send(MENTOR, 1, "more")
    assert len(offers(desk)) == 10
    send("max@example.org", 11, "max")
    send("moe@example.org", 2, "moe")
    assert len(offers(desk)) == 20
    absent = answer(
        desk, MENTOR, letters(tmp_path, 1, called="more"), caption="for nobody@example.org"
    )
    assert full == absent.replace("nobody@", "ada@")

    desk.say(ADA.email, "decline offer 1")
    send("moe@example.org", 2, "moe")
    assert len(offers(desk)) == 21


def test_several_files_are_told_as_one_list(desk: House, tmp_path: Path) -> None:
    desk.send(MENTOR, letters(tmp_path, 3), caption="for ada@example.org")

    (told,) = desk.heard(ADA.email)
    assert told.count("- Offer ") == 3


def test_a_supervisor_to_whom_nothing_is_shared_and_a_candidate_may_offer_too(
    desk: House, tmp_path: Path
) -> None:
    desk.send(BEA.email, prop("notes.txt", tmp_path), caption=CAPTION)

    assert "Bea Okafor sent a file for you" in desk.heard(ADA.email)[-1]
    assert record(desk, BEA.email) == []


def test_a_stranger_offers_nothing(desk: House, tmp_path: Path) -> None:
    said = desk.send(DOT, prop("notes.txt", tmp_path), caption=CAPTION)

    assert "I do not know yet who you are here" in said
    assert offers(desk) == ()


def test_who_has_no_record_and_names_nobody_is_told_how(desk: House, tmp_path: Path) -> None:
    said = answer(desk, MENTOR, prop("notes.txt", tmp_path), caption="a letter")

    assert "for SOMEBODY@EXAMPLE.ORG" in said


def test_a_candidate_s_own_address_and_addresses_further_on_are_one_s_own_filing(
    desk: House, tmp_path: Path
) -> None:
    desk.send(ADA.email, prop("notes.txt", tmp_path), caption="for ada@example.org: TECH-8")
    desk.send(ADA.email, prop("resume.txt", tmp_path), caption="for TECH-3, from bea@example.org")

    assert [e.filing.sections for e in record(desk)] == [("TECH-8",), ("TECH-3",)]
    assert offers(desk, BEA.email) == ()


def test_what_cannot_be_kept_is_refused_to_the_sender(desk: House, tmp_path: Path) -> None:
    said = answer(
        desk, MENTOR, prop("locked.pdf", tmp_path), prop("notes.txt", tmp_path), caption=CAPTION
    )

    assert "Not filed: locked.pdf" in said
    assert "asked whether to take notes.txt." in said
    assert [offer.name for offer in offers(desk)] == ["notes.txt"]
    alone = answer(desk, MENTOR, prop("locked.pdf", tmp_path), caption=CAPTION)
    assert alone.startswith("Not filed: ")
    assert "is a candidate here" not in alone


def test_bytes_that_are_in_the_record_already_are_not_filed_twice(
    desk: House, tmp_path: Path
) -> None:
    desk.send(ADA.email, prop("notes.txt", tmp_path), caption="for FND-3")
    desk.send(MENTOR, prop("notes.txt", tmp_path), caption=CAPTION)
    desk.send(BEA.email, prop("notes.txt", tmp_path), caption=CAPTION)

    assert "nothing was stored twice" in desk.say(ADA.email, "accept offer 1")
    assert [e.filing.sections for e in record(desk)] == [("FND-3",)]
    assert "TECH-8" in desk.say(ADA.email, "accept offer 2 to TECH-8")
    assert [e.filing.sections for e in record(desk)] == [("FND-3", "TECH-8")]
    desk.say(ADA.email, "undo")
    assert [e.filing.sections for e in record(desk)] == [("FND-3",)]


def test_a_section_that_closed_meanwhile_is_asked_for(desk: House, tmp_path: Path) -> None:
    desk.send(MENTOR, prop("notes.txt", tmp_path), caption="for ada@example.org: COLL-3")
    with desk.transaction() as uow:
        person = uow.people.find(ADA.email)
        assert person
        uow.people.choose(person, (*ADA.electives[:1], *ADA.electives[2:], "youth-services"))
        uow.commit()

    assert "waits for a section" in desk.say(ADA.email, "accept offer 1")


def test_bytes_that_are_gone_are_said_to_be(desk: House, tmp_path: Path) -> None:
    desk.send(MENTOR, prop("notes.txt", tmp_path), caption=CAPTION)
    (offer,) = offers(desk)
    desk.files.discard(offer.sha256)

    assert "are no longer here" in desk.say(ADA.email, "accept offer 1")
    assert offers(desk) == (offer,)


def test_the_candidate_sees_the_file_before_deciding(desk: House, tmp_path: Path) -> None:
    desk.send(MENTOR, prop("notes.txt", tmp_path), caption=CAPTION)
    desk.say(ADA.email, "offer 1")

    (file,) = [b for b in desk.channel.sent[-1].reply.blocks if isinstance(b, Download)]
    assert (file.name, file.size) == ("notes.txt", 77)


def test_the_words_that_came_with_it_are_kept_short(desk: House, tmp_path: Path) -> None:
    desk.send(MENTOR, prop("notes.txt", tmp_path), caption=f"{CAPTION} {'very ' * 300}long")

    assert len(offers(desk)[0].words) == 500


def test_an_address_names_no_section(desk: House, tmp_path: Path) -> None:
    desk.enrol(replace(BEA, name="Tec", email="tec@tech-8.example.org"))
    desk.send(MENTOR, prop("notes.txt", tmp_path), caption="for tec@tech-8.example.org")

    assert offers(desk, "tec@tech-8.example.org")[0].section == ""
