"""How likely each open section is, given a look at the file and what people wrote beside it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping

from bot.domain.program import Section
from bot.domain.sections import SectionKind
from bot.evidence.hints import Named
from bot.evidence.look import Look
from bot.evidence.shelf import form_of

# Fitted by bench/fit_routing.py on the development set, then made more careful: other people's
# files are less like the program's lines than those, so confidence is spread wider than the fit.
SHARPNESS = 2.0  # log-odds for one step of fit between competencies
NAMED_SET = 2.0  # log-odds for one step of a set's being named in its own papers
BREADTH = 2.0  # log-odds for one step of mean fit of a set's competencies, in its own papers
# How much a person's words multiply a chance; by judgement, captions are too rare to fit them.
DOUBT = 0.5  # share of the chance that competencies named with doubt take over
MENTIONED = 3.0  # a set that a longer caption mentions
FORM_NAMED = 20.0  # a certificate, statement or letter whose set was not named


def chances(look: Look, sections: Mapping[str, Section]) -> dict[str, float]:
    """A probability for each of those sections; they sum to at most 1.

    What belongs to a section that is not open keeps its share, so a paper of another set leaves
    little for the open ones.
    """
    own_words = _from_text(look, sections)
    return _heeding(
        look.file_name, _heeding(look.caption, own_words, sections), sections, soft=True
    )


def _from_text(look: Look, sections: Mapping[str, Section]) -> dict[str, float]:
    ordinary = SectionKind.COMPETENCY.value
    forms = _softmax({ordinary: 0.0, **look.forms})
    open_fit = {id: fit for id, fit in look.fit.items() if id in sections}
    among = _softmax({id: SHARPNESS * look.substance * fit for id, fit in open_fit.items()})
    set_chances = _softmax(_set_odds(look))
    found = {}
    for id, section in sections.items():
        share = forms.get(form_of(section), 0.0)
        if section.kind is SectionKind.COMPETENCY:
            share *= among[id]
        elif section.set_id:
            share *= set_chances[section.set_id]
        found[id] = share
    return found


def _set_odds(look: Look) -> dict[str, float]:
    odds = {}
    for competency_set in look.program.sets:
        fits = [look.fit[c.id] for c in competency_set.competencies]
        breadth = sum(fits) / max(len(fits), 1)
        odds[competency_set.id] = (
            NAMED_SET * look.sets[competency_set.id] + BREADTH * look.substance * breadth
        )
    return odds


def _heeding(
    named: Named, before: dict[str, float], sections: Mapping[str, Section], *, soft: bool = False
) -> dict[str, float]:
    """The chances after people's words; a file name (`soft`) is a weaker word than a caption."""
    found = _weighted(before, lambda id: not _ruled_out(named, sections[id]))
    meant = () if soft else named.sets
    if any(section.set_id in meant for section in sections.values()):
        found = _weighted(found, lambda id: sections[id].set_id in meant)
    about = (*named.about, *named.sets) if soft else named.about
    found = _weighted(found, lambda id: MENTIONED if sections[id].set_id in about else 1.0)
    if not soft:
        forms = named.forms
        found = _weighted(found, lambda id: FORM_NAMED if form_of(sections[id]) in forms else 1.0)
    return _leaning(found, [id for id in named.maybe if id in sections])


def _ruled_out(named: Named, section: Section) -> bool:
    return section.id in named.excluded or section.set_id in named.excluded


def _weighted(before: dict[str, float], weight: Callable[[str], float]) -> dict[str, float]:
    """Multiplied and brought back to the sum it had, so that no certainty is made up.

    When nothing is left the sections with weight share that sum evenly.
    """
    after = {id: chance * weight(id) for id, chance in before.items()}
    kept = sum(before.values())
    if not (total := sum(after.values())):
        allowed = [id for id in before if weight(id)]
        return {id: kept / len(allowed) if id in allowed else 0.0 for id in before}
    return {id: kept * chance / total for id, chance in after.items()}


def _leaning(before: dict[str, float], towards: Iterable[str]) -> dict[str, float]:
    names = tuple(towards)
    if not names:
        return before
    return {
        id: (1 - DOUBT) * chance + (DOUBT / len(names) if id in names else 0.0)
        for id, chance in before.items()
    }


def _softmax(odds: Mapping[str, float]) -> dict[str, float]:
    highest = max(odds.values(), default=0.0)
    powers = {key: math.exp(value - highest) for key, value in odds.items()}
    total = sum(powers.values())
    return {key: power / total for key, power in powers.items()}
