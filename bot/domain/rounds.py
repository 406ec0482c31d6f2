"""From one round of a review to the next: what is submitted again, and what differs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass, replace

from bot.domain.portfolio import Evidence, State
from bot.domain.submission import Item, RatingGiven, Submission, items_of

_SAME_PLACE: tuple[Callable[[Item], Hashable], ...] = (
    lambda item: (item.section, item.number),
    lambda item: (item.section, item.sha256),
    lambda item: (item.section, item.name.casefold()),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaced:
    """One file of a section before and now: another version of it, or another kind of proof."""

    before: Item
    after: Item


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What a later snapshot has that the earlier one had not, and the other way round.

    Every item of both is in exactly one of the four.
    """

    added: tuple[Item, ...]
    replaced: tuple[Replaced, ...]
    removed: tuple[Item, ...]
    unchanged: tuple[Item, ...]

    @property
    def any(self) -> bool:
        """Whether anything differs."""
        return bool(self.added or self.replaced or self.removed)


def next_items(
    first: Submission, evidence: Sequence[Evidence], asked: Collection[str]
) -> tuple[Item, ...]:
    """The next round's snapshot: what is filed now where more was asked for, the rest as it was.

    In the order of the first snapshot's sections, those that were empty then last.
    """
    kept = (item for item in first.items if item.section not in asked)
    now = items_of(evidence, tuple(asked))
    order = {section: place for place, section in enumerate(_sections(first.items, asked))}
    return tuple(sorted((*kept, *now), key=lambda item: order[item.section]))


def seen_before(first: Submission, section: str, sha256: str) -> bool:
    """Whether that very file was in that section when the reviewers asked for more."""
    return any(item.section == section and item.sha256 == sha256 for item in first.items)


def carried_ratings(first: Submission, asked: Collection[str]) -> tuple[RatingGiven, ...]:
    """The ratings that still hold: those of competencies that nothing more was asked for."""
    kept = (rating for rating in first.ratings if rating.competency not in asked)
    return tuple(replace(rating, carried=True) for rating in kept)


def difference(first: Submission, second: Submission) -> Difference:
    """What changed from one snapshot to the other.

    A file counts as replaced when its section holds the same file, or one of the same name, that
    is not the same in everything.
    """
    unchanged = tuple(item for item in second.items if item in first.items)
    before = [item for item in first.items if item not in unchanged]
    added, replaced = [item for item in second.items if item not in unchanged], []
    for same in _SAME_PLACE:
        for item in tuple(added):
            old = next((one for one in before if same(one) == same(item)), None)
            if old:
                replaced.append(Replaced(before=old, after=item))
                before.remove(old)
                added.remove(item)
    return Difference(
        added=tuple(added),
        replaced=tuple(replaced),
        removed=tuple(before),
        unchanged=unchanged,
    )


def since(submission: Submission, evidence: Sequence[Evidence]) -> Difference:
    """What changed in the record, in the sections of that submission, since it was submitted."""
    filed = [one for one in evidence if one.filing.state is State.FILED]
    now = items_of(filed, _sections(submission.items, ()))
    return difference(submission, replace(submission, items=now))


def kept_by(
    submissions: Sequence[Submission], evidence: Sequence[Evidence]
) -> tuple[tuple[Submission, Item], ...]:
    """Submissions on their way, with what they hold of these files where the record does not."""
    stands = {one.number: one.filing.sections for one in evidence}
    return tuple(
        (submission, item)
        for submission in submissions
        if submission.open
        for item in submission.items
        if item.section not in stands.get(item.number, (item.section,))
    )


def _sections(items: Sequence[Item], further: Collection[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*(item.section for item in items), *further)))
