"""The route table: what people say, and who handles it. First match wins."""

from __future__ import annotations

import re
from dataclasses import dataclass

from handlers import asking, correcting, linking, progress, talking
from handlers.request import Handler


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A pattern that the whole text must match, and its handler."""

    pattern: re.Pattern[str]
    handler: Handler


@dataclass(frozen=True, slots=True, kw_only=True)
class IntentRoute:
    """A handler for free text, when the guess is at least this sure."""

    floor: float
    handler: Handler


def _says(pattern: str, handler: Handler) -> Route:
    return Route(pattern=re.compile(pattern, re.IGNORECASE | re.DOTALL), handler=handler)


_NUMBER = r"(?:file |evidence )?#?(?P<number>\d{1,40})"

_LACKING = r"what(?:'s| is| am i| do i)(?: still)? (?:missing|need|lack)"

ROUTES: tuple[Route, ...] = (
    _says(r"/?help|\?", talking.help_text),
    _says(r"/?start|hello|hi|hey|good (?:morning|afternoon|evening)", talking.greet),
    _says(r"thanks|thank you|thank you very much|thx", talking.welcome),
    _says(r"bye|goodbye|good night", talking.goodbye),
    _says(r"/?undo(?: that| it| last| step (?P<step>\d{1,12}))?", correcting.take_back),
    _says(rf"/?undo {_NUMBER}", correcting.take_back),
    _says(r"/?(?:my )?progress|status|how far am i", progress.overview),
    _says(r"/?missing(?: for me)?(?: (?:in|for|from) (?P<where>.+))?", progress.missing),
    _says(rf"{_LACKING}(?: for me)?(?: (?:in|for) (?P<where>.+))?", progress.lacking),
    _says(r"/?(?:(?:list )?(?:my )?files|list)", correcting.list_files),
    _says(rf"(?:show|where is|move|file|also|mark) {_NUMBER}", correcting.show),
    _says(rf"(?:move|file) {_NUMBER} (?:to|in|into|under|as) (?P<section>.+)", correcting.move),
    _says(rf"also (?:file )?{_NUMBER} (?:to|in|into|under|as) (?P<section>.+)", correcting.also),
    _says(rf"(?:remove|withdraw|delete) {_NUMBER}", correcting.remove),
    _says(rf"mark {_NUMBER} (?:as )?(?P<kind>primary|secondary)", correcting.mark),
    _says(rf"receipt (?:for |of )?{_NUMBER}", correcting.receipt),
    _says(r"ask (?:the )?staff(?:\s*:?\s*(?P<question>.*))?", asking.staff),
    _says(r"/?code", linking.code),
    _says(r"/?link:? (?P<code>[A-HJ-NP-Z2-9]{4}[ -]?[A-HJ-NP-Z2-9]{4})", linking.link),
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
