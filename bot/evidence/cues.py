"""Phrases that tell what form a file has; ordinary English, each with its weight in log-odds."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.domain.sections import SectionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A pattern and how strongly finding it speaks for (or against) a form."""

    pattern: re.Pattern[str]
    weight: float


def _cues(*rows: tuple[str, float]) -> tuple[Cue, ...]:
    return tuple(Cue(pattern=re.compile(p, re.IGNORECASE), weight=w) for p, w in rows)


_SMALL = (
    r"\b(?:webinars?|workshops?|attendance record|certificate of (?:attendance|participation)"
    r"|seminars?|conferences?|participated in|attended|drills?|in-?service|first aid|CPR|CEUs?)\b"
)
_GREETING = r"(?:^|\n)\s*(?:dear|hello|hi)\b|\bto whom it may concern\b"
_JOY = r"\bcongratulations\b|\bcongratulate|\b(?:pleased|delighted|happy|glad|pleasure) to\b"
_COMPLETED = r"complet(?:ed|ing|ion)|passed|fulfill?ed"
_HEADINGS = {
    "work": r"(?:work|professional|relevant|employment|volunteer)?\s*(?:work|experience"
    r"|employment|history|positions?)(?: history)?",
    "education": r"education(?: and \w+)?|training|qualifications|certifications|academic\w*",
    "skills": r"(?:\w+ )?(?:skills|software|languages|strengths|interests)(?: and \w+)?",
    "summary": r"(?:professional )?(?:summary|profile|objective|about me)",
    "more": r"references|awards(?: and \w+)?|honors|memberships|affiliations|community"
    r"|volunteer(?: work)?|activities",
}


def _heading(pattern: str) -> str:
    return rf"(?:^|\n)[\s*#•-]*(?:{pattern})\s*(?::|\n)"


# What a form starts from before any phrase is found. Fitted by eye on the development set: half way
# between the best wrong form of ordinary evidence and the right form of the weakest other file.
FLOORS = {
    "resume": -5.5,
    "application": -5.5,
    "acceptance": -5.5,
    SectionKind.CERTIFICATE.value: -4.5,
    SectionKind.STATEMENT.value: -5.5,
    SectionKind.LETTER.value: -5.5,
}
# A set's own paper names the set: log-odds when it does not, and for each step that it does.
UNNAMED = {
    SectionKind.CERTIFICATE.value: (-3.5, 2.0),
    SectionKind.STATEMENT.value: (-1.0, 0.75),
    SectionKind.LETTER.value: (-1.0, 0.75),
}

FORMS: dict[str, tuple[Cue, ...]] = {
    "resume": _cues(
        *((_heading(p), 2.0) for p in _HEADINGS.values()),
        (r"\b(?:resum(?:e|\u00e9)|r\u00e9sum\u00e9|curriculum vitae|work history|c\.?v\.?)\b", 2.0),
        (r"\b(?:19|20)\d\d\s*(?:-|\u2013|\u2014|to)\s*(?:present|now|current|(?:19|20)\d\d)", 2.0),
        (r"\breferences (?:available|on request|upon request)|available (?:up)?on request", 2.0),
        (r"\b(?:diploma|degree|A\.A\.|B\.A\.|associate|bachelor)", 0.5),
        (_GREETING, -3.0),
        (r"\bsign(?:ed|ature)\b|\bfee\b", -2.0),
        (r"\b(?:handout|workshop for|how to write|tips|template|class for|your resume)\b", -4.0),
    ),
    "application": _cues(
        (r"\b(?:application|enrol?lment|registration)(?: and enrol?lment)?(?: form)?\b", 2.0),
        (r"\bapplicant", 2.0),
        (r"\bcertification\b|\bcandida(?:te|cy)\b", 1.5),
        (r"\bfees?\b|\bpayment\b|\$\s?\d", 1.0),
        (r"\bdiploma\b|\bGED\b|\bhigh[ -]school\b", 1.0),
        (r"\bemployer\b|\b(?:hours|years) (?:of|a week|per week|in)\b", 1.0),
        (r"\bsign(?:ed|ature)\b", 0.5),
        (r"\b(?:true and (?:complete|correct|accurate)|i (?:state|confirm|certify|declare))\b",
         1.5),
        (r"(?:\b(?:name|address|phone|e-?mail|position|date|home|contact)\b[^:\n]{0,20}:)", 1.0),
        (_JOY, -4.0),
        (r"\b(?:library card|borrower|job|interview|grant|meeting room|funder|volunteer) ?"
         r"(?:application|form|applicants?|registration)", -5.0),
        (_GREETING, -2.0),
    ),
    "acceptance": _cues(
        (r"\b(?:letter of acceptance|acceptance letter|acceptance as)\b", 3.0),
        (r"\b(?:accepted|admitted|admission|acceptance|enrolled|approved) (?:as|to|into?)\b", 2.0),
        (r"\b(?:candidate|candidacy)\b", 2.0),
        (r"\b(?:your|the) (?:application|enrol?lment)\b|\bfor (?:applying|enrol?ling)\b", 1.5),
        (r"\bwelcome\b", 1.0),
        (r"\b(?:eligib\w+|requirements)\b", 0.5),
        (_JOY, 0.5),
        (_GREETING, 1.0),
        (r"\b(?:recommend\w*|reference for)\b", -2.0),
        (r"\b(?:have|has been|recorded as) achieved\b|\bcredited with\b|\bachievement of\b", -4.0),
    ),
    SectionKind.CERTIFICATE.value: _cues(
        (r"\bcourse completion\b|\bcompletion certificate\b|\bcertificate of (?:course )?complet",
         3.0),
        (r"\bcertificate\b", 1.0),
        (r"\b(?:certif(?:y|ies|ied) that|hereby|(?:awarded|presented|granted) to|in recognition of"
         r"|document confirms)\b", 1.5),
        (rf"\b(?:successful\w*|has|have|and) (?:{_COMPLETED})\b|\bsuccessful completion\b", 1.5),
        (r"\bcourse\b", 1.0),
        (r"\b(?:instructor|registrar|provider|professor|dean)\b", 1.0),
        (r"\bapproved (?:\w+ )?(?:course|provider|by|for|as)\b", 1.5),
        (r"\b(?:contact hours|credits?|grade|passing|passed|\d+ hours)\b", 0.5),
        (r"\b(?:certificate|verification|registration) (?:no|number|code|id)\b", 0.5),
        (_SMALL, -4.0),
        (r"\b(?:I|my|I'm|I've|we)\b[^.]*\b(?:I|my|I'm|I've|we)\b", -4.0),
        (_JOY, -1.5),
        (r"\bachieved (?:the )?(?:competency )?set\b|\b(?:credited with|set achieved)\b", -4.0),
        (r"\blesson|handout|syllabus\b", -1.0),
    ),
    SectionKind.STATEMENT.value: _cues(
        (r"\b(?:personal )?learning statement\b", 5.0),
        (r"\b(?:this|the|whole|entire|that) (?:competency )?set\b", 2.0),
        (r"\b(?:competencies|(?:every|each) competency|responses|portfolio)\b", 1.0),
        (r"\b(?:looking (?:back|over)|summing up|sum up|seen together|taken together|all in all"
         r"|reflect\w*)\b", 1.0),
        (r"\b(?:before I (?:began|started)|when I (?:began|started)|I used to|I (?:have )?learned"
         r"|taught me|I now|I(?:'ve| have) grown|I gained)\b", 1.0),
        (r"\b(?:important|importance|matters?)\b[^.]{0,40}\b(?:my|me)\b"
         r"|\bmatters?\b", 1.0),
        (_GREETING, -4.0),
        (r"\b(?:certif(?:y|ies) that|hereby|in recognition of)\b", -4.0),
    ),
    SectionKind.LETTER.value: _cues(
        (r"\b(?:achievement letter|letter of achievement)\b", 3.0),
        (r"\bachiev(?:ed|ement)\b", 2.0),
        (r"\b(?:competency|required|elective|the|this|your) sets?\b", 1.5),
        (r"\b(?:reviewed and approved|has been (?:approved|awarded|recorded|accepted)|credited with"
         r"|rated as met|have (?:passed|met)|award\w*[^.]{0,60}\bset)\b", 1.5),
        (r"\b(?:toward|towards) (?:your |the )?certification\b|\bremain(?:s|ing)?\b"
         r"|\bare left\b", 1.0),
        (r"\b(?:evaluators?|reviewers?|evidence you submitted|your (?:submission|portfolio))\b",
         1.0),
        (_JOY, 1.0),
        (_GREETING, 1.0),
        (r"\b(?:your candidacy begins|accepted as a candidate|letter of acceptance)\b", -4.0),
        (r"\b(?:recommend\w*|thank you for (?:your )?help)\b", -2.0),
        (r"\bcertif(?:y|ies) that\b", -1.0),
    ),
}  # fmt: skip

# Log-odds that a file for a competency is indirect proof: what others say of the candidate.
INDIRECT_FLOOR = -2.5
INDIRECT = _cues(
    (r"\bcertificate of (?:attendance|participation|completion)|\bcertif(?:y|ies) that\b", 4.0),
    (r"\b(?:took part|participant|attended)\b.*\b(?:hours|h)\b|\b(?:transcript|CEUs?)\b", 1.5),
    (r"\bto whom it may concern\b|\bletter of (?:recommendation|reference|support|thanks)\b", 3.5),
    (r"\b(?:recommend (?:her|him|them|m[rs]+\.|\w+ without)|it is (?:a|my) pleasure to)\b", 2.5),
    (r"\bthank[- ]you (?:note|letter|card|from)\b|\bthank you (?:so much|for)\b", 1.5),
    (r"(?:^|\n)\s*dear\b", 1.5),
    (r"\b(?:sincerely|gratefully|with thanks|kind regards|yours truly)\b", 1.0),
    (r"\b(?:performance|annual|employee) (?:evaluation|review|appraisal)\b|\bjob description\b",
     3.5),
    (r"\b(?:observed|evaluated|supervisor'?s? (?:comments|signature|observation))\b", 2.0),
    (r"\b(?:exceeds|meets|needs improvement|expectations|rating|strong:|to work on:)", 1.5),
    (r"\b(?:newspaper|clipping|courier|gazette|tribune|press (?:report|article)|reporter|herald)\b"
     r"|\bstaff writer\b", 2.5),
    (r"\baward(?:ed)?\b|\bcommendation\b|\bemployee of the\b", 1.0),
    (r"\b(?:by|from) (?:my|the|her|his) (?:supervisor|manager|boss|director|teacher)\b", 1.5),
    (r"\b(?:transcript|attendance record|participant record|continuing education)\b", 3.0),
)  # fmt: skip
