"""What reviewers and staff say; first match wins."""

from __future__ import annotations

from handlers import answering, appointing, deciding, dossiers, rating, reviewing, tracking
from handlers.command import Command, says

_NUMBER = r"#?(?P<number>\d{1,40})"
_SUBMISSION = rf"(?:submission )?{_NUMBER}"
_REASON = r"(?:\s*:\s*(?P<reason>.*))?"
_TEXT = r"(?P<text>.+)"
_NOTE = r"(?:\s*:\s*(?P<note>.*))?"
_SECTIONS = r"(?:\s+(?:for\s+)?(?P<sections>[^:]+?))?"
_MORE = r"(?:ask|request) more(?: documents)?(?: (?:for|of|from|in))?"
_STEP = r"(?P<step>[a-z0-9][a-z0-9-]*)(?: on (?P<day>\d{4}-\d\d-\d\d))?"

STAFF_COMMANDS: tuple[Command, ...] = (
    # the queue and the review
    says(r"/?queue(?: after (?P<after>\d{1,12}))?", reviewing.queue),
    says(r"/?my reviews", reviewing.mine),
    says(rf"claim {_SUBMISSION}", reviewing.claim),
    says(rf"release {_SUBMISSION}", reviewing.release),
    says(rf"dossier(?: of| for)? {_SUBMISSION}", dossiers.dossier),
    says(rf"open {_NUMBER} (?:file )?#?(?P<file>\d{{1,40}})", dossiers.open_file),
    says(rating.RATE_LINES, rating.rate_lines),
    says(rating.RATE, rating.rate),
    says(rf"ratings(?: of| for)? {_SUBMISSION}", rating.ratings),
    # decisions
    says(rf"approve {_SUBMISSION}{_REASON}", deciding.approve),
    says(
        rf"{_MORE} {_SUBMISSION}{_SECTIONS}{_REASON}",
        deciding.ask_more,
    ),
    says(
        rf"recommend (?:a |the )?course(?: (?:for|of|in))? {_SUBMISSION}{_REASON}",
        deciding.recommend_course,
    ),
    # appeals
    says(r"/?appeals", tracking.appeals),
    says(rf"(?:show )?appeal case {_NUMBER}", tracking.show),
    says(
        rf"appeal step {_NUMBER} {_STEP}{_NOTE}",
        tracking.step,
    ),
    says(rf"appeal result {_NUMBER} (?P<result>[^:]+?){_NOTE}", tracking.result),
    # questions to staff
    says(r"/?questions", answering.questions),
    says(rf"(?:show )?question {_NUMBER}", answering.show),
    says(rf"take(?: question)? {_NUMBER}", answering.take),
    says(rf"answer(?: question)? {_NUMBER}\s*:\s*{_TEXT}", answering.answer),
    says(rf"curate(?: question)? {_NUMBER}(?:\s*:\s*(?P<question>.+))?", answering.curate),
    says(r"/?curated", answering.curated),
    says(rf"retire(?: curated)? {_NUMBER}", answering.retire),
    says(
        r"/?unanswered(?: (?:for|in|of)? ?(?:the )?(?:last )?(?P<days>\d{1,4}) days?)?",
        answering.unanswered,
    ),
    # people
    says(r"appoint (?P<who>\S+@\S+)(?: as)? (?:a |an )?(?P<role>[a-z]+)", appointing.appoint),
    says(r"dismiss (?P<who>\S+@\S+)(?: as)? (?:a |an )?(?P<role>[a-z]+)", appointing.dismiss),
    says(r"/?roles", appointing.roles),
    says(r"(?:look at|record of|who is) (?P<who>\S+@\S+)", appointing.record),
)
