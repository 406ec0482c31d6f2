"""The route table: what people say, and who handles it. First match wins."""

from __future__ import annotations

from dataclasses import dataclass

from handlers import asking, correcting, linking, progress, talking
from handlers.candidate_commands import CANDIDATE_COMMANDS
from handlers.command import Command, says
from handlers.request import Handler
from handlers.staff_commands import STAFF_COMMANDS


@dataclass(frozen=True, slots=True, kw_only=True)
class IntentRoute:
    """A handler for free text, when the guess is at least this sure."""

    floor: float
    handler: Handler


_NUMBER = r"(?:file |evidence )?#?(?P<number>\d{1,40})"

_LACKING = r"what(?:'s| is| am i| do i)(?: still)? (?:missing|need|lack)"

ROUTES: tuple[Command, ...] = (
    says(r"/?help(?: (?:on |with )?(?P<topic>.+))?|\?", talking.help_text),
    says(r"/?start|hello|hi|hey|good (?:morning|afternoon|evening)", talking.greet),
    says(r"thanks|thank you|thank you very much|thx", talking.welcome),
    says(r"bye|goodbye|good night", talking.goodbye),
    says(r"/?undo(?: that| it| last| step (?P<step>\d{1,12}))?", correcting.take_back),
    says(rf"/?undo {_NUMBER}", correcting.take_back),
    says(r"/?(?:my )?progress|status|how far am i", progress.overview),
    says(r"/?missing(?: for me)?(?: (?:in|for|from) (?P<where>.+))?", progress.missing),
    says(rf"{_LACKING}(?: for me)?(?: (?:in|for) (?P<where>.+))?", progress.lacking),
    says(r"/?(?:(?:list )?(?:my )?files|list)", correcting.list_files),
    says(rf"(?:show|where is|move|file|also|mark) {_NUMBER}", correcting.show),
    says(rf"(?:move|file) {_NUMBER} (?:to|in|into|under|as) (?P<section>.+)", correcting.move),
    says(rf"also (?:file )?{_NUMBER} (?:to|in|into|under|as) (?P<section>.+)", correcting.also),
    says(rf"(?:remove|withdraw|delete) {_NUMBER}", correcting.remove),
    says(rf"mark {_NUMBER} (?:as )?(?P<kind>primary|secondary)", correcting.mark),
    says(rf"receipt (?:for |of )?{_NUMBER}", correcting.receipt),
    says(r"ask (?:the )?staff(?:\s*:?\s*(?P<question>.*))?", asking.staff),
    says(
        r"/?(?:flag|that(?: is|.s) (?:wrong|not right|false))(?:\s*:\s*(?P<why>.+))?",
        asking.flag,
    ),
    says(r"/?(?:bot|back to (?:the )?bot)", asking.resume),
    says(r"/?code", linking.code),
    says(r"/?link:? (?P<code>[A-HJ-NP-Z2-9]{4}[ -]?[A-HJ-NP-Z2-9]{4})", linking.link),
    *CANDIDATE_COMMANDS,
    *STAFF_COMMANDS,
)

# How sure a guess must be. Chosen on development questions: at most 1 in 100 of them is taken for
# something else. What is less sure is met as a question, which the asker's own record answers too.
INTENTS: dict[str, IntentRoute] = {
    "greeting": IntentRoute(floor=0.8, handler=talking.greet),
    "thanks": IntentRoute(floor=0.8, handler=talking.welcome),
    "goodbye": IntentRoute(floor=0.8, handler=talking.goodbye),
    "help": IntentRoute(floor=0.95, handler=talking.help_text),
    "announce": IntentRoute(floor=0.95, handler=talking.announce),
    "progress": IntentRoute(floor=0.95, handler=progress.overview),
    "files": IntentRoute(floor=0.95, handler=correcting.list_files),
    "undo": IntentRoute(floor=0.95, handler=correcting.take_back),
    "human": IntentRoute(floor=0.8, handler=asking.staff),
}
