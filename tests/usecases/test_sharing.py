"""A record is private until it is shared, and then no more of it is seen than was shared."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.domain.messages import Address, Download
from bot.domain.rights import Role
from bot.usecases.enrol import Enrolment
from tests.cast import ADA, BEA, DOT, MIA, REV, SAL
from tests.desk import House
from tests.flows.props import prop

MENTOR = MIA[1]


@pytest.fixture
def desk(home: House, tmp_path: Path) -> House:
    """Ada has a file for Technology, one for Foundations, one for both and a resume; Mia is there.

    The files are numbers 1 to 4, and number 5 waits for a section.
    """
    home.appoint(*MIA)
    home.send(ADA.email, prop("notes.txt", tmp_path), caption="for TECH-8")
    home.send(ADA.email, prop("weeding-notes.docx", tmp_path), caption="for FND-3")
    home.send(ADA.email, prop("printer-guide.pdf", tmp_path), caption="for TECH-3 and FND-2")
    home.send(ADA.email, prop("resume.txt", tmp_path))
    home.send(ADA.email, prop("orders.txt", tmp_path))
    return home


def trail(house: House) -> list[tuple[str, str, str]]:
    """Actor, action and subject of every line."""
    with house.transaction() as uow:
        return [(e.actor, e.action, e.subject) for e in uow.trail.entries()]


def told(house: House, who: str) -> str:
    """The newest thing somebody was told."""
    return house.heard(who)[-1]


def test_a_mentor_is_told_at_once_and_reads_that_set_alone(desk: House) -> None:
    said = desk.say(ADA.email, "share technology with mia@example.org for 30 days")
    assert "until the end of 21 December 2026 (America/Chicago): share 1" in said
    assert "Say: look at share 1." in told(desk, MENTOR)

    seen = desk.say(MENTOR, "look at share 1")
    assert "evidence for 2 of 9 competencies" in seen
    assert "TECH-8: file 1, notes.txt (77 bytes, primary)" in seen
    assert "TECH-3: file 3" in seen
    assert "FND" not in seen
    assert "resume.txt" not in seen
    assert "orders.txt" not in seen


def test_a_shared_file_opens_and_no_other_does(desk: House) -> None:
    desk.say(ADA.email, "share technology with mia@example.org")

    assert "FND" not in desk.say(MENTOR, "open share 1 file 3")
    (download,) = [b for b in desk.channel.sent[-1].reply.blocks if isinstance(b, Download)]
    assert download.name == "printer-guide.pdf"
    for number in (2, 4, 5, 99):
        refused = desk.say(MENTOR, f"open share 1 file {number}")
        assert refused.startswith(f"Share 1 shows no file {number}.")
        assert len(desk.channel.sent[-1].reply.blocks) == 1


def test_all_shows_every_set_and_what_is_for_the_record_as_a_whole(desk: House) -> None:
    desk.say(ADA.email, "share everything with mia@example.org")

    seen = desk.say(MENTOR, "look at share 1")
    assert "Technology: " in seen
    assert "Foundations of Library Services: " in seen
    assert "Resume: file 4" in seen
    assert "orders.txt" not in seen
    assert "FND-3: file 2" in desk.say(MENTOR, "look at share 1 foundations")
    assert "File: resume.txt" in desk.say(MENTOR, "open share 1 file 4")
    assert "shows no file 5" in desk.say(MENTOR, "open share 1 file 5")


def test_the_statement_of_a_shared_set_is_read_and_no_other(desk: House) -> None:
    for title in ("technology", "foundations"):
        desk.say(ADA.email, f"write statement for {title}")
        desk.say(ADA.email, f"What I learned in {title}.\n\nIt was much.")
        desk.say(ADA.email, "pause writing")
    desk.say(ADA.email, "share technology with mia@example.org")

    assert "statement of 8 words" in desk.say(MENTOR, "look at share 1")
    assert desk.say(MENTOR, "look at share 1 statement").endswith(
        "version 1, 8 words:\n\nWhat I learned in technology.\n\nIt was much."
    )
    other = desk.say(MENTOR, "look at share 1 foundations statement")
    assert other == "Share 1 does not show Foundations of Library Services. Say: look at share 1."


def test_of_a_whole_record_the_set_of_a_statement_is_asked(desk: House) -> None:
    desk.say(ADA.email, "share all with mia@example.org")

    assert "Which set's?" in desk.say(MENTOR, "look at share 1 statement")
    assert "has written no" in desk.say(MENTOR, "look at share 1 technology statement")


@pytest.mark.parametrize(
    "said",
    [
        "look at share {}",
        "look at {}",
        "look at share {} technology",
        "look at share {} statement",
        "open share {} file 1",
        "comment share {}: hello",
        "comment share {} TECH-8: hello",
    ],
)
@pytest.mark.parametrize("ending", ["unshare 1", "time", "none"])
def test_what_is_not_shared_looks_like_what_does_not_exist(
    desk: House, said: str, ending: str
) -> None:
    desk.say(ADA.email, "share technology with mia@example.org for 1 day")
    who = BEA.email if ending == "none" else MENTOR
    if ending == "time":
        desk.clock.forward(timedelta(days=3))
    elif ending == "unshare 1":
        desk.say(ADA.email, ending)
    before, heard = trail(desk), len(desk.heard(ADA.email))

    there, absent = (desk.say(who, said.format(number)) for number in (1, 77))

    assert there.replace("1", "77") == absent
    assert trail(desk) == before
    assert len(desk.heard(ADA.email)) == heard


@pytest.mark.parametrize(
    "said", ["share technology with x@example.org", "shares", "unshare 1", "who looked", "comments"]
)
def test_a_stranger_is_told_that_their_address_is_not_connected(desk: House, said: str) -> None:
    desk.say(ADA.email, "share technology with mia@example.org")

    assert "I do not know yet who you are here" in desk.say(DOT, said)


def test_only_the_owner_ends_a_share_and_only_once(desk: House) -> None:
    desk.say(ADA.email, "share technology with mia@example.org")

    other, absent = desk.say(BEA.email, "unshare 1"), desk.say(BEA.email, "unshare 77")
    assert other.replace("1", "77") == absent
    assert "nothing of Technology" in desk.say(ADA.email, "unshare 1")
    assert "Ada Reyes has ended share 1" in told(desk, MENTOR)
    heard = len(desk.heard(MENTOR))
    assert "Share 1 ended on 21 November 2026 at 12:00" in desk.say(ADA.email, "unshare 1")
    assert len(desk.heard(MENTOR)) == heard


def test_it_ends_with_the_day_where_the_owner_lives(desk: House) -> None:
    desk.say(ADA.email, "share technology with mia@example.org until 2026-11-21")

    desk.clock.forward(timedelta(hours=11, minutes=59))  # 23:59 in Chicago, tomorrow in London
    assert "TECH-8" in desk.say(MENTOR, "look at share 1")
    desk.clock.forward(timedelta(minutes=1))
    assert "There is no share 1" in desk.say(MENTOR, "look at share 1")
    assert "Share 1: Technology with mia@example.org, over on" in desk.say(ADA.email, "shares")
    assert "Nobody shares anything" in desk.say(MENTOR, "shared with me")


def test_sharing_again_takes_the_place_of_the_earlier_share(desk: House) -> None:
    desk.say(ADA.email, "share technology with mia@example.org")
    said = desk.say(ADA.email, "share TECH with MIA@example.org until 2027-01-31")

    assert "It takes the place of share 1" in said
    assert "It takes the place of share 1" in told(desk, MENTOR)
    listed = desk.say(MENTOR, "shared with me")
    assert "Share 2: Technology of Ada Reyes, until 1 February 2027 at 06:00" in listed
    assert "Share 1" not in listed


def test_without_a_time_it_is_said_that_it_is_thirty_days(desk: House) -> None:
    said = desk.say(ADA.email, "share technology with mia@example.org")

    assert "You named no time, so it is 30 days." in said
    assert "30 days" not in desk.say(ADA.email, "share foundations with mia@example.org for 9 days")


@pytest.mark.parametrize(
    ("said", "advice"),
    [
        ("share technology with ada@example.org", "your own address"),
        ("share technology with mia@example.org for 400 days", "366 days"),
        ("share technology with mia@example.org for a while", "for 2 weeks"),
        ("share technology with mia@here", "is no e-mail address"),
        ("share technology and foundations with mia@example.org", "one set at a time"),
        ("share the moon with mia@example.org", "I know no set 'the moon'"),
        ("share TECH-8 with mia@example.org", "I know no set 'TECH-8'"),
    ],
)
def test_what_cannot_be_shared_is_said_and_nothing_is_kept(
    desk: House, said: str, advice: str
) -> None:
    before = trail(desk)

    assert advice in desk.say(ADA.email, said)
    assert trail(desk) == before
    assert desk.heard(MENTOR) == []


def test_words_that_only_look_like_sharing_are_a_question(desk: House) -> None:
    said = desk.say(ADA.email, "share the joy with me@example.org about the program")

    assert "I know no set" not in said


def test_more_than_twenty_shares_at_a_time_are_refused(desk: House) -> None:
    for number in range(20):
        desk.say(ADA.email, f"share technology with m{number}@example.org")

    assert "End one first" in desk.say(ADA.email, "share technology with mia@example.org")
    assert "takes the place" in desk.say(ADA.email, "share technology with m3@example.org")
    desk.say(ADA.email, "unshare 1")
    assert "share 22" in desk.say(ADA.email, "share technology with mia@example.org")


def test_an_address_nobody_has_can_be_connected_later(desk: House) -> None:
    answers = []
    for number, who in enumerate(("mia@example.org", "sup@example.org"), start=1):
        desk.say(ADA.email, f"share technology with {who}")
        said = told(desk, ADA.email)
        answers.append(said.replace(who, "").replace(f"share {number}", ""))

    assert answers[0] == answers[1].replace("End share 2", "End share 1")
    assert "Only whoever proves that sup@example.org is theirs will see it." in said
    assert [mail.to.value for mail in desk.mail.sent] == ["sup@example.org"]
    assert "I do not know yet who you are here" in desk.say("sup@example.org", "look at share 2")
    desk.appoint("Sup", "sup@example.org")  # as `carrel link` and a code do
    assert "TECH-8" in desk.say("sup@example.org", "look at share 2")


def test_whoever_was_made_known_by_a_share_can_be_enrolled_later(desk: House) -> None:
    desk.say(ADA.email, "share technology with fay@example.org")
    desk.enrol(Enrolment(name="Fay Lund", email="fay@example.org", enrolled_on=date(2026, 11, 1)))

    assert desk.say("fay@example.org", "hello").startswith("Hello Fay.")
    assert "You have filed nothing yet" in desk.say("fay@example.org", "files")
    assert "TECH-8" in desk.say("fay@example.org", "look at share 1")


def test_an_address_proved_for_mail_is_known_as_its_person(desk: House) -> None:
    with desk.transaction() as uow:
        ada = uow.people.find(ADA.email)
        assert ada
        work = Address(channel="email", value="ada@work.example.org")
        uow.people.connect(ada, work, at=desk.clock())
        uow.commit()

    said = desk.say(ADA.email, "share technology with ada@work.example.org")
    assert "your own address" in said


def test_comments_go_to_the_other_of_the_two_and_are_kept_by_place(desk: House) -> None:
    desk.say(ADA.email, "share technology with mia@example.org")
    desk.say(MENTOR, "comment share 1: A good beginning.")
    desk.say(MENTOR, "comment share 1 tech 8: Which printers?")
    assert "Mia Sato on TECH-8 in Technology (share 1): \u201cWhich printers?\u201d" in told(
        desk, ADA.email
    )
    desk.say(ADA.email, "comment share 1 TECH-8: The two in the hall.")
    assert "Ada Reyes on TECH-8" in told(desk, MENTOR)
    desk.say(MENTOR, "comment 1 TECH-3: And here?")

    listed = desk.say(ADA.email, "comments")
    places = ("On Technology:", "On TECH-3", "Which printers?", "The two in the hall.")
    assert [listed.index(words) for words in places] == sorted(listed.index(w) for w in places)
    assert "Mia Sato, 21 November 2026 at 12:00: Which printers?" in listed
    assert "at 18:00: Which printers?" in desk.say(MENTOR, "comments")
    assert "at 18:00: Which printers?" in desk.say(MENTOR, "look at share 1")
    assert "Nobody has said anything" in desk.say(ADA.email, "comments on foundations")


def test_nobody_reads_what_another_mentor_said(desk: House) -> None:
    desk.appoint("Max", "max@example.org")
    desk.say(ADA.email, "share technology with mia@example.org")
    desk.say(ADA.email, "share technology with max@example.org")
    desk.say(MENTOR, "comment share 1: For Ada alone.")

    assert "For Ada alone" not in desk.say("max@example.org", "look at share 2")
    assert "For Ada alone" not in desk.say("max@example.org", "comments")


@pytest.mark.parametrize(
    ("said", "advice"),
    [
        ("comment share 1 FND-3: hm", "Share 1 does not show that"),
        ("comment share 1 foundations: hm", "Share 1 does not show that"),
        ("comment share 1 resume: hm", "Share 1 does not show that"),
        (f"comment share 1: {'long ' * 500}", "at most 2,000 characters"),
    ],
)
def test_a_comment_is_about_what_is_shared_and_short(desk: House, said: str, advice: str) -> None:
    desk.say(ADA.email, "share technology with mia@example.org")
    desk.say(ADA.email, "share foundations with mia@example.org")

    assert advice in desk.say(MENTOR, said)
    assert "Nobody has said anything" in desk.say(ADA.email, "comments")


def test_after_the_end_the_owner_is_told_that_nobody_reads(desk: House) -> None:
    desk.say(ADA.email, "share technology with mia@example.org")
    desk.say(ADA.email, "unshare 1")

    assert "share it again first" in desk.say(ADA.email, "comment share 1: still there?")


def test_a_mentor_who_is_a_candidate_keeps_records_apart(desk: House) -> None:
    desk.say(ADA.email, "share technology with bea@example.org")
    desk.say(BEA.email, "comment share 1: Well done.")

    assert "notes.txt" in desk.say(BEA.email, "look at share 1")
    assert "You have filed nothing yet" in desk.say(BEA.email, "files")
    assert "Nobody has said anything" in desk.say(BEA.email, "comments")
    assert "You share nothing" in desk.say(BEA.email, "shares")
    assert "You have no file number 1" in desk.say(BEA.email, "move 1 to TECH-1")


def test_the_owner_sees_what_a_mentor_sees_and_leaves_no_line(desk: House) -> None:
    desk.say(ADA.email, "share technology with mia@example.org")

    assert "TECH-8: file 1" in desk.say(ADA.email, "look at share 1")
    desk.say(ADA.email, "open share 1 file 1")
    assert "Nobody but you" in desk.say(ADA.email, "who looked")


def test_the_owner_sees_who_looked_when_and_at_what_newest_first(desk: House) -> None:
    desk.appoint(*SAL, Role.STAFF)
    desk.say(ADA.email, "share technology with mia@example.org")
    desk.say(MENTOR, "look at share 1")
    desk.clock.forward(timedelta(hours=1))
    desk.say(MENTOR, "open share 1 file 1")
    desk.clock.forward(timedelta(hours=1))
    desk.say(SAL[1], "look at ada@example.org")

    lines = desk.say(ADA.email, "who looked").splitlines()
    assert [line for line in lines if line.startswith("-")] == [
        "- 21 November 2026 at 14:00, Sal Moreau: the whole CAR",
        "- 21 November 2026 at 13:00, Mia Sato: opened file 1 of share 1",
        "- 21 November 2026 at 12:00, Mia Sato: Technology",
    ]


def test_a_reviewer_is_not_named_and_what_they_looked_at_is_told(desk: House) -> None:
    desk.appoint(*SAL, Role.STAFF)
    desk.appoint(*REV, Role.REVIEWER)
    desk.say(ADA.email, "prove technology by course")
    desk.send(ADA.email, prop("certificate.txt", desk.folder), caption="certificate for technology")
    desk.say(ADA.email, "submit technology")
    for who in (REV[1], SAL[1]):
        desk.say(who, "claim 1")
        for said in ("dossier 1", "open 1 6", "ratings 1", "submission 1"):
            desk.say(who, said)

    lines = desk.say(ADA.email, "who looked").splitlines()

    looks = [line.partition("12:00, ")[2] for line in lines if line.startswith("-")]
    parts = ("how submission 1 stands", "the ratings of", "opened file 6 of", "the dossier of")
    matters = [part if "1" in part else f"{part} submission 1" for part in parts]
    assert looks == [f"{who}: {one}" for who in ("Sal Moreau", "a reviewer") for one in matters]


def test_dossiers_appeals_and_what_the_operator_does_are_looks_too(desk: House) -> None:
    with desk.transaction() as uow:
        for actor, action in (("person:1", "read"), ("operator", "read-dossier")):
            details = {"submission": "12"}
            uow.trail.append(
                at=desk.clock(), actor=actor, action=action, subject="person:1", details=details
            )
        uow.trail.append(
            at=desk.clock(),
            actor="person:2",
            action="read-appeal",
            subject="person:1",
            details={"appeal": "7"},
        )
        uow.commit()

    looked = desk.say(ADA.email, "who looked")
    assert "operator: the dossier of submission 12" in looked
    assert "Bea Okafor: appeal 7" in looked
    assert "Ada Reyes" not in looked


def test_of_many_comments_the_newest_are_listed(desk: House) -> None:
    desk.say(ADA.email, "share technology with mia@example.org")
    for number in range(32):
        desk.say(MENTOR, f"comment share 1: Remark {number}.")

    listed = desk.say(ADA.email, "comments")
    assert listed.startswith("The newest 30 of 32 comments.")
    assert "Remark 1." not in listed
    assert "Remark 2." in listed
    assert "Remark 26." not in desk.say(MENTOR, "look at share 1")


def test_a_set_proved_by_course_and_a_filed_statement_are_told_as_such(
    desk: House, tmp_path: Path
) -> None:
    desk.send(ADA.email, prop("how-to-print.pdf", tmp_path), caption="certificate for Technology")
    desk.send(ADA.email, prop("photo.bmp", tmp_path), caption="statement for Technology")
    desk.say(ADA.email, "share technology with mia@example.org")

    seen = desk.say(MENTOR, "look at share 1")
    assert "It has its course completion certificate" in seen
    assert "a personal learning statement as a file" in seen
    assert "Nothing is filed for" not in seen


def test_an_owner_who_moved_is_told_the_hour_at_which_it_ends(desk: House) -> None:
    desk.say(ADA.email, "share technology with mia@example.org for 1 day")
    with desk.transaction() as uow:
        ada = uow.people.find(ADA.email)
        assert ada
        uow.people.rename(ada, ada.name, time_zone="Europe/Paris")
        uow.commit()

    assert "until 23 November 2026 at 07:00" in desk.say(ADA.email, "shares")


def test_words_after_comments_that_name_no_set_are_a_question(desk: House) -> None:
    assert "said anything" not in desk.say(ADA.email, "comments on the weather")


def test_a_set_that_was_not_begun_can_be_shared_too(desk: House) -> None:
    desk.say(ADA.email, "share youth services with mia@example.org")
    desk.say(BEA.email, "share all with mia@example.org")

    assert "evidence for 0 of" in desk.say(MENTOR, "look at share 1")
    assert "Nothing is filed in it yet." in desk.say(MENTOR, "look at share 2")


def test_times_are_told_in_the_reader_s_zone(desk: House) -> None:
    desk.enrol(replace(BEA, email="zoe@example.org", name="Zoe", time_zone="Asia/Tokyo"))
    desk.say("zoe@example.org", "no quiet hours")
    desk.say(ADA.email, "share technology with zoe@example.org for 1 day")

    assert "until 23 November 2026 at 15:00 (Asia/Tokyo)" in told(desk, "zoe@example.org")
