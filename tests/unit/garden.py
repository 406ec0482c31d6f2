"""A small certification program of gardeners, to show that routing knows no program by heart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.program import Competency, CompetencySet, Program, Section, Words
from bot.domain.rules import (
    AppealResult,
    AppealRule,
    AppealStep,
    CompletionRule,
    LetterRule,
    Need,
    Outcome,
    Party,
    Rating,
    ReviewRule,
    Route,
    RouteRule,
    Rules,
    StatementRule,
)
from bot.domain.sections import SectionKind

_COMPETENCIES = {
    "SOIL": {
        "Tests soil and corrects it": (
            "Soil test report: pH 5.4, potassium low, lime to be spread in autumn",
            "I dug five samples, mixed them in a bucket and sent them to the laboratory",
            "Acid or chalky ground, and how much sulphur or lime corrects it",
        ),
        "Makes compost": (
            "Three-bin compost heap: kitchen scraps, leaves, turning every two weeks",
            "Temperature log of a hot compost pile and why it smelled of ammonia",
            "Worm bin for apple peels and coffee grounds, step by step",
        ),
        "Prevents erosion": (
            "Terraces and straw mats keep the slope from washing away after heavy rain",
            "Ground cover planted on the bank to hold the earth",
            "Gullies measured after the storm, and the contour ditch we dug",
        ),
        "Keeps tools in working order": (
            "Sharpening spades and hoes with a file, oiling the handles",
            "Fault table for the mower: does not start, spark plug, fuel filter",
            "Winter storage of hoses, pumps and wheelbarrows",
        ),
    },
    "TREE": {
        "Prunes fruit trees": (
            "Winter pruning of apple trees: open the crown, remove water shoots",
            "Before and after photos of a pear espalier I cut back",
            "Where to cut above an outward bud, and when to leave a branch",
        ),
        "Recognises diseases of trees": (
            "Fire blight, scab and canker: symptoms on leaf and bark, what to do",
            "Oak wilt found in the park and reported to the forester",
            "Spots on the leaves of a cherry, under the magnifying glass",
        ),
        "Plants and stakes young trees": (
            "Planting hole twice as wide as the root ball, stake on the windy side",
            "Watering bags and tree guards for forty street trees",
            "Bare-root whips heeled in until the frost was over",
        ),
    },
    "POND": {
        "Keeps pond water clear": (
            "Algae bloom in July: oxygen readings, barley straw, less fish food",
            "Cleaning the filter and the ultraviolet lamp of a koi pond",
            "Water lilies and hornwort use up nutrients and keep the pond clear",
        ),
        "Builds ponds with liners": (
            "Laying the rubber liner, fleece beneath, stones on the rim",
            "Digging plan of a pond with a shallow and a deep zone",
            "How I patched a leak in the liner with tape",
        ),
        "Protects wildlife in and around water": (
            "Frog spawn counted each March, and a ramp so that hedgehogs get out",
            "Dragonflies, newts and toads seen at our pond, a diary",
            "No goldfish where newts breed: sign for visitors",
        ),
    },
}
_TITLES = {
    "SOIL": ("soil-care", "Soil Care", ("soil", "dirt set"), True),
    "TREE": ("trees-and-shrubs", "Trees and Shrubs", ("trees", "tree set"), False),
    "POND": ("water-gardens", "Water Gardens", ("ponds", "pond set"), False),
}
_RECORD = {
    "resume": ("Resume", "Work experience, education, skills, references"),
    "application": ("Application", "Application form of a candidate: name, fee, diploma"),
    "acceptance": ("Letter of acceptance", "You have been accepted as a candidate"),
}
_PARTS = {
    SectionKind.CERTIFICATE: "Certificate of course completion: has completed the course",
    SectionKind.STATEMENT: "Learning essay: what I learned from the set",
    SectionKind.LETTER: "Congratulations, you have achieved the set",
}


NEEDS = {
    Route.COURSE: (SectionKind.CERTIFICATE,),
    Route.PORTFOLIO: (SectionKind.COMPETENCY, SectionKind.STATEMENT),
}


def garden() -> Program:
    """The program: one required set and two electives."""
    sets = tuple(_set(code) for code in _COMPETENCIES)
    record = tuple(
        Section(id=id, title=title, kind=SectionKind.RECORD, looks_like=(line,))
        for id, (title, line) in _RECORD.items()
    )
    return Program(
        id="garden",
        name="Master Gardener Certification",
        short_name="MGC",
        words=Words(
            record="Gardener's Book",
            record_short="GB",
            certificate="proof of schooling (POS)",
            statement="learning essay",
            letter="congratulation letter",
        ),
        sets=sets,
        sections=(*record, *(section for s in sets for section in _sections(s))),
        electives_needed=1,
        subscription_years=2,
        rules=rules(),
        primary_looks_like=("An essay about what I did", "A plan or a list that I made"),
        secondary_looks_like=("Letter of recommendation", "Certificate of attendance"),
    )


def asking(course: Sequence[SectionKind], portfolio: Sequence[SectionKind]) -> Program:
    """The same program, but its routes need files of those kinds."""
    program, routes = garden(), {Route.COURSE: course, Route.PORTFOLIO: portfolio}
    needs = {route: route_rule(route, *kinds) for route, kinds in routes.items()}
    return replace(program, rules=replace(program.rules, routes=needs))


def route_rule(route: Route, *kinds: SectionKind) -> RouteRule:
    """A route that needs a file in each section of those kinds."""
    return RouteRule(
        route=route,
        title=route.capitalize(),
        needs=tuple(Need(kind=kind, reason=f"The board wants each {kind}.") for kind in kinds),
        closed_on=None,
        cites=(),
    )


def rules() -> Rules:
    """Quiet rules: one reviewer of a course, two of a portfolio, nothing cited."""
    return Rules(
        routes={route: route_rule(route, *NEEDS[route]) for route in Route},
        statement=StatementRule(pages=2, words_a_page=300, parts=("What I grew",), cites=()),
        review=review_rule(),
        appeal=appeal_rule(),
        letter=LetterRule(
            title="Congratulation letter",
            paragraphs=("Dear {name}, {set} of the {program} is yours.", "{date}, {number}"),
            signed=("The garden office",),
        ),
        completion=CompletionRule(next="Fetch your spade.", cites=()),
        ready_cites=dict.fromkeys(Route, ()),
        elective_cites=(),
        pace_cites=(),
    )


def review_rule() -> ReviewRule:
    """Two ratings give the worse one; all is to be met but a third, which may be met in part."""
    order = tuple(Rating)
    pairs = [(one, two) for one in order for two in order[order.index(one) :]]
    return ReviewRule(
        reviewers={Route.COURSE: 1, Route.PORTFOLIO: 2},
        words={rating: rating.replace("-", " ") for rating in Rating},
        combine={pair: pair[1] for pair in pairs},
        asks_for_more=frozenset({Rating.PARTIALLY, Rating.NOT_MET}),
        met_percent=66,
        partially_percent=34,
        chances=1,
        aim_days=None,
        waiting_from=3,
        pass_cites=(),
        more_cites=(),
        course_cites=(),
    )


def appeal_rule() -> AppealRule:
    """A notice within 5 days, its reasons within 15, an answer within 20 more."""
    steps = (
        ("notice", Party.CANDIDATE, 5, "decision"),
        ("reasons", Party.CANDIDATE, 15, "decision"),
        ("answer", Party.STAFF, 20, "reasons"),
    )
    return AppealRule(
        against=frozenset({Outcome.MORE, Outcome.COURSE}),
        steps=tuple(
            AppealStep(
                id=id,
                title=id.capitalize(),
                party=party,
                who="the gardener" if party is Party.CANDIDATE else "the garden board",
                days=days,
                after=after,
                cites=(),
            )
            for id, party, days, after in steps
        ),
        results=(
            AppealResult(title="upheld", reopens=False),
            AppealResult(title="returned", reopens=True),
        ),
        addressee="Head Gardener",
        notice="To the {addressee}: {name} appeals against {outcome} of {set}. {today}",
        cites=(),
        forfeit_cites=(),
    )


def open_ids(program: Program, *set_ids: str) -> list[str]:
    """Ids of the record's sections and those of the sets; of all sets when none is given."""
    return [s.id for s in program.sections if not set_ids or s.set_id in {"", *set_ids}]


def _set(code: str) -> CompetencySet:
    id, title, aliases, required = _TITLES[code]
    competencies = tuple(
        Competency(id=f"{code}-{number}", text=text, looks_like=lines)
        for number, (text, lines) in enumerate(_COMPETENCIES[code].items(), 1)
    )
    return CompetencySet(
        id=id,
        code=code,
        title=title,
        required=required,
        overview="",
        competencies=competencies,
        aliases=aliases,
    )


def _sections(owner: CompetencySet) -> list[Section]:
    competencies = [
        Section(
            id=c.id,
            title=c.text,
            kind=SectionKind.COMPETENCY,
            set_id=owner.id,
            looks_like=c.looks_like,
        )
        for c in owner.competencies
    ]
    parts = [
        Section(
            id=f"{owner.id}/{kind}",
            title=f"{kind.value.capitalize()}, {owner.title}",
            kind=kind,
            set_id=owner.id,
            looks_like=(f"{line} {owner.title}",),
        )
        for kind, line in _PARTS.items()
    ]
    return competencies + parts
