"""What anybody says about what they are told without asking; first match wins."""

from __future__ import annotations

from handlers import mails, wishing
from handlers.command import Command, says
from handlers.wishing import BY, KIND, OFTEN

_OF = r"(?: (?:about|for|of|on))?"
_TOLD = r"(?:tell|write(?: to)?|reach|message|notify) me(?: (?:things|everything|first))?"

WISHING_COMMANDS: tuple[Command, ...] = (
    says(rf"/?unsubscribe(?: (?:me )?(?:from )?{KIND})?", mails.unsubscribe),
    says(rf"/?subscribe(?: (?:me )?(?:to )?{KIND})?", mails.subscribe),
    says(
        r"/?(?:(?:show |list |see )?(?:all )?(?:my )?(?:notices|notifications)"
        r"|(?:my )?(?:notice |notification )(?:settings|preferences)|what do you tell me)",
        wishing.overview,
    ),
    says(rf"/?(?:my )?(?:notices|notifications){_OF} {KIND} {OFTEN}{BY}", wishing.choose),
    says(rf"/?(?:my )?(?:notices|notifications){_OF} {KIND}", wishing.one),
    says(
        r"/?(?:(?:a |my )?digests? (?P<often>off|daily|weekly)|(?:a )?(?P<also>daily|weekly) digest"
        r"|(?P<no>no) (?:more )?digests?)",
        wishing.digest,
    ),
    says(r"/?(?:my )?digests?", wishing.digest_as_it_is),
    says(r"/?no quiet hours|quiet hours (?:off|none)", wishing.no_hours),
    says(r"/?(?:the )?usual quiet hours|quiet hours (?:as )?usual", wishing.usual_hours),
    says(
        r"/?(?:my )?quiet hours(?: (?:are )?(?P<hours>(?:from |between )?(?:\d|noon|mid).{0,40}))?",
        wishing.hours,
    ),
    says(
        r"/?(?:(?:set |change )?(?:my )?time ?zone)(?: (?:is |to )?(?P<zone>[a-z][\w/+ -]{1,60}))?",
        wishing.zone,
    ),
    says(rf"{_TOLD} (?:by|on|via) (?P<channel>[a-z][a-z-]{{1,20}})(?: first)?", wishing.place),
    says(
        rf"{_TOLD} (?:anywhere|wherever i (?:wrote|write|am)(?: last)?"
        r"|at my (?:newest|last) (?:address|place))",
        wishing.newest,
    ),
)
