"""A name that one process at a time has, among all on a database."""

from __future__ import annotations

from storage.database import open_database


def test_one_has_a_name_until_it_lets_go_of_it(server_url: str) -> None:
    with open_database(server_url) as first, open_database(server_url) as second:
        with first.held("talk") as mine, second.held("talk") as theirs:
            had = (mine, theirs)
            with second.held("mail") as other:
                pass
        with second.held("talk") as afterwards:
            pass

    assert had == (True, False)
    assert other
    assert afterwards


def test_on_a_file_whoever_asks_has_it() -> None:
    with open_database("sqlite://") as database, database.held("talk") as mine:
        assert mine
