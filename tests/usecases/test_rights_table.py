"""The whole table of rights, cell by cell: what is allowed is, and what is denied does nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import product

import pytest

from bot.app import Knowledge
from bot.domain.rights import Action, Relation, Role
from bot.errors import NotFound, Refused
from bot.usecases.permit import permit
from tests.desk import House
from tests.usecases.matters import Matter, every_matter, expected, rows
from tests.usecases.rights import DO, Attempt

CELLS = tuple(product(Role, Action, Relation))
STEPS = [(action, do) for action, steps in DO.items() for do in steps]
READS = {Action.READ: "read", Action.READ_DOSSIER: "read-dossier"}


@pytest.fixture(scope="module")
def shared(knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One Carrel for all cells: nothing that succeeds is kept."""
    made = House(knowledge, tmp_path_factory.mktemp("rights"))
    yield made
    made.database.close()


@pytest.fixture(scope="module")
def matters(shared: House) -> Mapping[tuple[Role, Relation], Matter]:
    """A person for each role and relation."""
    return every_matter(shared)


@pytest.mark.parametrize(("role", "action", "relation"), CELLS, ids=lambda one: one.name)
def test_each_cell_holds(
    shared: House,
    matters: Mapping[tuple[Role, Relation], Matter],
    role: Role,
    action: Action,
    relation: Relation,
) -> None:
    matter = matters[role, relation]
    if expected(role, action, relation):
        assert noted(shared, matter, action) == (
            [READS[action]] if action in READS and relation is not Relation.OWN else []
        )
        return
    before = rows(shared)
    with shared.transaction() as uow:
        with pytest.raises((NotFound, Refused)):
            permit(uow, matter.person, action, submission=matter.submission, now=shared.clock())
        for do in DO[action]:
            with pytest.raises((NotFound, Refused)):
                do(Attempt(house=shared, uow=uow, matter=matter))
        uow.commit()  # whatever a refused step had written would stay
    assert rows(shared) == before


@pytest.mark.parametrize(("action", "do"), STEPS, ids=lambda one: getattr(one, "__name__", "do"))
def test_each_use_case_works_for_somebody_who_may(
    shared: House,
    matters: Mapping[tuple[Role, Relation], Matter],
    action: Action,
    do: Callable[[Attempt], None],
) -> None:
    allowed = [m for (role, to), m in matters.items() if expected(role, action, to)]

    assert any(worked(shared, do, matter) for matter in allowed)


def worked(house: House, do: Callable[[Attempt], None], matter: Matter) -> bool:
    """Whether it went through; it is not kept."""
    with house.transaction() as uow:
        try:
            do(Attempt(house=house, uow=uow, matter=matter))
        except (NotFound, Refused):
            return False
    return True


def noted(house: House, matter: Matter, action: Action) -> list[str]:
    """What the trail says of an action that is allowed; it is not kept."""
    with house.transaction() as uow:
        subject = f"person:{matter.owner.id}"
        before = len(list(uow.trail.entries(subject=subject)))
        permit(uow, matter.person, action, submission=matter.submission, now=house.clock())
        fresh = list(uow.trail.entries(subject=subject))[before:]
    assert all(entry.actor == f"person:{matter.person.id}" for entry in fresh)
    return [entry.action for entry in fresh]


def test_every_action_has_its_use_cases() -> None:
    assert set(DO) == set(Action)
    assert all(DO.values())
