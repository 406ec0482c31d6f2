"""What reviewers and staff say; first match wins."""

from __future__ import annotations

from handlers import (
    answering,
    appointing,
    broadcasting,
    deciding,
    dossiers,
    halves,
    rating,
    reviewing,
    tracking,
)
from handlers.command import MAIL, NOTE, NUMBER, SUBMISSION, TEXT, Command, says

_REASON = r"(?:\s*:\s*(?P<reason>.*))?"
_SECTIONS = r"(?:\s+(?:for\s+)?(?P<sections>[^:]+?))?"
_MORE = r"(?:ask|request) more(?: documents)?(?: (?:for|of|from|in))?"
_GROUP = r"(?P<group>[^:\n]{1,200}?)"
_STEP = r"(?P<step>[a-z0-9][a-z0-9-]*)(?: on (?P<day>\d{4}-\d\d-\d\d))?"

STAFF_COMMANDS: tuple[Command, ...] = (
    # the queue and the review
    says(r"/?queue(?: after (?P<after>\d{1,12}))?", reviewing.queue),
    says(r"/?my reviews", reviewing.mine),
    says(rf"claim {SUBMISSION}", reviewing.claim),
    says(rf"release {SUBMISSION}", reviewing.release),
    says(rf"dossier(?: of| for)? {SUBMISSION}", dossiers.dossier),
    says(rf"open {NUMBER} (?:file )?#?(?P<file>\d{{1,40}})", dossiers.open_file),
    says(rating.RATE_LINES, rating.rate_lines),
    says(rating.RATE, rating.rate),
    says(halves.RATE, halves.rate),
    says(rf"ratings(?: of| for)? {SUBMISSION}", rating.ratings),
    # decisions
    says(halves.DECIDE, halves.decide),
    says(rf"approve {SUBMISSION}{_REASON}", deciding.approve),
    says(halves.ASK_MORE, halves.ask_more),
    says(
        rf"{_MORE} {SUBMISSION}{_SECTIONS}{_REASON}",
        deciding.ask_more,
    ),
    says(
        rf"recommend (?:a |the )?course(?: (?:for|of|in))? {SUBMISSION}{_REASON}",
        deciding.recommend_course,
    ),
    # appeals
    says(r"/?appeals", tracking.appeals),
    says(rf"(?:show )?appeal case {NUMBER}", tracking.show),
    says(
        rf"appeal step {NUMBER} {_STEP}{NOTE}",
        tracking.step,
    ),
    says(rf"appeal result {NUMBER} (?P<result>[^:]+?){NOTE}", tracking.result),
    # questions to staff
    says(r"/?questions", answering.questions),
    says(rf"(?:show )?question {NUMBER}", answering.show),
    says(rf"take(?: question)? {NUMBER}", answering.take),
    says(rf"answer(?: question)? {NUMBER}\s*:\s*{TEXT}", answering.answer),
    says(halves.ANSWER, halves.answer),
    says(rf"curate(?: question)? {NUMBER}(?:\s*:\s*(?P<question>.+))?", answering.curate),
    says(r"/?curated", answering.curated),
    says(rf"retire(?: curated)? {NUMBER}", answering.retire),
    says(
        r"/?unanswered(?: (?:for|in|of)? ?(?:the )?(?:last )?(?P<days>\d{1,4}) days?)?",
        answering.unanswered,
    ),
    # messages to many
    says(rf"send (?:the )?broadcast {NUMBER}", broadcasting.send),
    says(rf"test (?:the )?broadcast {NUMBER}", broadcasting.test),
    says(rf"(?:cancel|stop) (?:the )?broadcast {NUMBER}", broadcasting.cancel),
    says(rf"change (?:the )?broadcast {NUMBER}\s*:\s*{TEXT}", broadcasting.change),
    says(rf"change (?:the )?broadcast {NUMBER}\s*:?", broadcasting.half_change),
    says(rf"(?:show )?broadcast {NUMBER}", broadcasting.show),
    says(r"/?broadcasts", broadcasting.every),
    says(rf"/?broadcast(?: to)? {_GROUP}\s*:\s*{TEXT}", broadcasting.write),
    says(rf"/?broadcast(?: to)?(?: {_GROUP})?\s*:?", broadcasting.half),
    says(r"/?(?:staff digest|digest (?:for|of) (?:the )?staff)", broadcasting.digest),
    # people
    says(rf"appoint {MAIL}(?: as)? (?:a |an )?(?P<role>[a-z]+)", appointing.appoint),
    says(rf"dismiss {MAIL}(?: as)? (?:a |an )?(?P<role>[a-z]+)", appointing.dismiss),
    says(r"/?roles", appointing.roles),
    says(rf"(?:look at|record of|who is) {MAIL}", appointing.record),
)
