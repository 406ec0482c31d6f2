"""The route table: what people say, and who handles it. First match wins."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.codes import ALONE, AMID, LETTER
from bot.phrases.confirming import SURE
from handlers import (
    asking,
    calendar,
    cancelling,
    confirming,
    correcting,
    deadlines,
    foreseeing,
    guiding,
    linking,
    mails,
    progress,
    talking,
)
from handlers.candidate_commands import CANDIDATE_COMMANDS
from handlers.command import MAIL, NUMBER, Command, says
from handlers.half_commands import HALF, HALF_OF_SET
from handlers.reminding_commands import REMINDING_COMMANDS
from handlers.request import Handler
from handlers.staff_commands import STAFF_COMMANDS
from handlers.wishing_commands import WISHING_COMMANDS


@dataclass(frozen=True, slots=True, kw_only=True)
class IntentRoute:
    """A handler for free text, when the guess is at least this sure."""

    floor: float
    handler: Handler


_FILE = rf"(?:file |evidence )?{NUMBER}"

_NEXT = (
    r"/?(?:next(?: steps?)?|(?:and )?(?:what(?:'s|.s|s| is)?|where)(?: (?:do|should|can|must) i)?"
    r"(?: (?:do|go|to do))?(?: from here)? (?:next|now)|what(?:'s|.s| is) (?:my|the) next(?: step)?"
    r"|what (?:do|should|must) i (?:do|have to do)(?: (?:next|now))?|my next step"
    r"|(?:and )?now what|and now)"
)

_LACKING = r"what(?:'s| is| am i| do i)(?: still)? (?:missing|need|lack)"

# What a stranger says who is on record: `connect ADA@EXAMPLE.ORG`, `link me as ...`, `I am ...`.
_CONNECT = (
    r"(?:(?:hello|hi|hey),? )?(?:/?(?:connect|link|log ?in|sign ?in)(?: me| (?:this|my) (?:address"
    r"|account))?(?: in)?(?: (?:as|to|with|by))?|i(?:.m| am)|this is|my (?:e-?mail(?: address)?"
    rf"|address)(?: on record)? is):? {MAIL}"
)
_CODE = rf"(?P<code>{LETTER}{{4}}[ -]?{LETTER}{{4}})"
_UNLINK = r"(?:unlink|disconnect)"
# What a link brings along that somebody follows to begin: a code, as far as links can hold one.
_STARTED = rf"(?P<code>{LETTER}{{4}}[ _-]?{LETTER}{{4}})"

ROUTES: tuple[Command, ...] = (
    says(r"/?help me(?: out)?", talking.help_text),
    says(r"/?help(?: (?:on |with )?(?P<topic>.+))?|\?", talking.help_text),
    says(rf"/start {_STARTED}", linking.link),
    says(r"/?start|/start .*|hello|hi|hey|good (?:morning|afternoon|evening)", talking.greet),
    says(r"thanks|thank you|thank you very much|thx", talking.welcome),
    says(r"bye|goodbye|good night", talking.goodbye),
    says(r"/?stop", cancelling.stop),
    says(_NEXT, guiding.next_step),
    says(r"/?undo(?: that| it| last| step (?P<step>\d{1,12}))?", correcting.take_back),
    says(rf"/?undo (?:only |just )?{_FILE}(?: only| alone)?", correcting.take_back),
    says(r"/?(?:cancel|never ?mind)(?: (?:it|that|this|everything|all))?", cancelling.cancel),
    says(rf"confirm mail:? {_CODE}(?:[:,]? *{mails.YES})?", mails.confirm),
    says(rf"confirm mail:? {_CODE}[:,]? *{mails.NO}", mails.discard),
    says(rf"discard mail:? {_CODE}", mails.discard),
    says(r"(?:discard|forget) (?:all|every) (?:those |these |the )?mails?", mails.discard_every),
    says(r"/?(?:(?:my )?private (?:mail )?address|my (?:mail )?address)", mails.address),
    says(r"/?(?:a )?new private (?:mail )?address", mails.new_address),
    says(foreseeing.UPCOMING, foreseeing.upcoming),
    says(deadlines.MINE, deadlines.mine),
    says(deadlines.DEADLINES, deadlines.named_bare),
    says(calendar.NEW, calendar.new),
    says(calendar.NONE, calendar.none),
    says(calendar.CALENDAR, calendar.calendar),
    *WISHING_COMMANDS,
    says(rf"{SURE.strip()} (?P<said>.+)", confirming.sure),
    says(r"/?(?:my )?progress|status|how far am i", progress.overview),
    says(r"/?missing(?: for me)?(?: (?:in|for|from) (?P<where>.+))?", progress.missing),
    says(r"missing (?P<where>.+)", progress.missing_in),
    says(rf"{_LACKING}(?: for me)?(?: (?:in|for) (?P<where>.+))?", progress.lacking),
    says(r"/?(?:(?:list )?(?:my )?files|list)", correcting.list_files),
    says(rf"(?:show|where is|move|file|also|mark) {_FILE}", correcting.show),
    says(rf"(?:move|file) {_FILE} (?:to|in|into|under|as) (?P<section>.+)", correcting.move),
    says(rf"also (?:file )?{_FILE} (?:to|in|into|under|as) (?P<section>.+)", correcting.also),
    says(rf"(?:remove|withdraw|delete) {_FILE}", correcting.remove),
    says(rf"mark {_FILE} (?:as )?(?P<kind>primary|secondary)", correcting.mark),
    says(rf"receipt (?:for |of )?{_FILE}", correcting.receipt),
    says(r"ask (?:the )?staff(?:\s*:?\s*(?P<question>.*))?", asking.staff),
    says(
        r"/?(?:flag|that(?: is|.s) (?:wrong|not right|false))(?:\s*:\s*(?P<why>.+))?",
        asking.flag,
    ),
    says(r"/?(?:bot|back to (?:the )?bot)", asking.resume),
    says(r"/?code(?: please)?|(?:i need|give me|send me) a code", linking.code),
    says(rf"/?link:? (?P<code>{LETTER}{{4}}[ -]?{LETTER}{{4}}|{ALONE})", linking.link),
    says(rf"(?P<code>{ALONE})", linking.pasted),
    says(linking.LINK, linking.half),
    says(_CONNECT, linking.connect),
    says(linking.CONNECT, linking.how),
    says(MAIL, linking.address),
    says(r"/?(?:my |list )?addresses|where am i connected", linking.addresses),
    says(rf"/?{_UNLINK}(?: (?:me|it|here|this|(?:this |my )(?:address|account)))?", linking.unlink),
    says(rf"/?{_UNLINK} (?:address )?{NUMBER}", linking.unlink),
    says(rf"/?{_UNLINK} (?:my |the )?(?P<channel>[a-z][a-z-]{{1,20}})", linking.unlink),
    *REMINDING_COMMANDS,
    *CANDIDATE_COMMANDS,
    *STAFF_COMMANDS,
    says(rf"(?:.*[^\w-])?(?P<code>{AMID})(?:[^\w-].*)?", linking.pasted_amid),
    says(HALF, guiding.half),  # the last ones: whole commands go before
    says(HALF_OF_SET, guiding.half),
)

# How sure a guess must be. Chosen on development questions: at most 1 in 100 of them is taken for
# something else. What is less sure is met as a question, which the asker's own record answers too.
INTENTS: dict[str, IntentRoute] = {
    "greeting": IntentRoute(floor=0.8, handler=talking.greet),
    "thanks": IntentRoute(floor=0.8, handler=talking.welcome),
    "goodbye": IntentRoute(floor=0.8, handler=talking.goodbye),
    "help": IntentRoute(floor=0.95, handler=talking.help_text),
    "next": IntentRoute(floor=0.95, handler=guiding.next_step),
    "announce": IntentRoute(floor=0.95, handler=talking.announce),
    "progress": IntentRoute(floor=0.95, handler=progress.overview),
    "files": IntentRoute(floor=0.95, handler=correcting.list_files),
    "undo": IntentRoute(floor=0.95, handler=correcting.take_back_asked),
    "human": IntentRoute(floor=0.8, handler=asking.staff),
}
