"""Questions never seen while building: what is answered, declined, and quoted letter by letter."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.app import Knowledge
from bot.domain.knowledge import Answer, Citation, Passage, Status
from bot.usecases.ask_documents import Asking
from tests.clock import NOON

ITEMS = Path(__file__).with_name("questions.jsonl")

# All questions are put once, so the tests stay with one worker where workers can be chosen.
pytestmark = pytest.mark.xdist_group("answers")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question, what was said, and the passages thought of, best first."""

    id: str
    kind: str
    expect: tuple[str, ...]
    answer: Answer
    passages: tuple[Passage, ...]

    @property
    def inside(self) -> bool:
        """Whether the documents tell it."""
        return self.kind == "in"

    @property
    def answered(self) -> bool:
        """Whether something was told."""
        return self.answer.status is Status.ANSWERED

    @property
    def hit(self) -> bool:
        """Whether what was said tells it; of a decline, whether the best passage would have."""
        return self._tells(self.answer.text if self.answered else _text(self.passages[:1]))

    @property
    def hit_of_three(self) -> bool:
        """Whether that or any of the best three passages tells it."""
        return self.hit or any(self._tells(_text((p,))) for p in self.passages[:3])

    def _tells(self, text: str) -> bool:
        return all(re.search(e, text, re.IGNORECASE | re.DOTALL) for e in self.expect)


@pytest.fixture(scope="module")
def asked(knowledge: Knowledge) -> tuple[Asked, ...]:
    """Every question, put once."""
    asking = Asking(
        program=knowledge.pack.program, index=knowledge.index, intents=knowledge.intents
    )
    items = [json.loads(line) for line in ITEMS.read_text(encoding="utf-8").splitlines()]
    return tuple(_ask(asking, item) for item in items)


def test_the_first_answer_tells_what_was_asked(asked: tuple[Asked, ...]) -> None:
    _at_least(0.85, "hit@1", [a for a in asked if a.inside], lambda a: a.hit)


def test_the_answer_is_among_the_first_three_passages(asked: tuple[Asked, ...]) -> None:
    _at_least(0.95, "hit@3", [a for a in asked if a.inside], lambda a: a.hit_of_three)


def test_what_the_documents_tell_is_answered(asked: tuple[Asked, ...]) -> None:
    _at_least(0.92, "answered", [a for a in asked if a.inside], lambda a: a.answered)


def test_what_the_documents_do_not_tell_is_declined(asked: tuple[Asked, ...]) -> None:
    outside = [a for a in asked if not a.inside]

    _at_least(0.90, "declined", outside, lambda a: a.answer.status is Status.DECLINED)


def test_quotations_stand_letter_by_letter_in_the_file_they_name(
    asked: tuple[Asked, ...], knowledge: Knowledge
) -> None:
    cited = {c for a in asked for c in a.answer.citations}
    stands = _standing(knowledge.pack.folder)
    altered = [f"{c.file}: {c.quote}" for c in cited if not stands(c)]

    assert len(cited) > 100
    assert not altered, "\n".join(altered)


def _ask(asking: Asking, item: dict[str, Any]) -> Asked:
    answer = asking(item["question"], item["history"], now=NOON)
    index = asking.index
    return Asked(
        id=item["id"],
        kind=item["kind"],
        expect=tuple(item["expect"]),
        answer=answer,
        passages=tuple(index.passages[index.place(id)] for id in answer.passages),
    )


def _text(passages: Sequence[Passage]) -> str:
    return "\n".join("\n".join((p.lead, *p.units)) for p in passages)


def _at_least(
    floor: float, name: str, among: Sequence[Asked], good: Callable[[Asked], bool]
) -> None:
    """Fails with the figure and the ids of the questions that lower it."""
    missed = [a for a in among if not good(a)]
    share = 1 - len(missed) / len(among)
    ids = ", ".join(f"{a.id} ({a.kind})" for a in missed)
    assert share >= floor, f"{name} {share:.3f} of {len(among)}, wanted {floor:.2f}; missed: {ids}"


def _standing(pack: Path) -> Callable[[Citation], bool]:
    """Whether a citation's quote stands in its file, each file being read once."""
    texts: dict[str, list[str]] = {}

    def stands(citation: Citation) -> bool:
        if citation.file not in texts:
            texts[citation.file] = _texts(pack, citation.file)
        return any(citation.quote in text for text in texts[citation.file])

    return stands


def _texts(pack: Path, file: str) -> list[str]:
    """A document as it is; of YAML its values, since a line may be folded there.

    A list of sets is cited to program.yaml, which decides it and names the files of the titles.
    """
    if not file.endswith(".yaml"):
        return [(pack / "documents" / file).read_text(encoding="utf-8")]
    loaded = yaml.safe_load((pack / file).read_text(encoding="utf-8"))
    values = list(_values(loaded))
    if file == "program.yaml":
        for name in loaded["sets"]:
            values += _values(yaml.safe_load((pack / f"sets/{name}.yaml").read_text("utf-8")))
    return values


def _values(node: Any) -> Iterator[str]:
    match node:
        case dict():
            for value in node.values():
                yield from _values(value)
        case list():
            for value in node:
                yield from _values(value)
        case str():
            yield node
