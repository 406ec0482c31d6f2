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
        r"|(?:my )?(?:notice |notification )(?:settings|preferences)|what do you tell me"
        r"|(?:(?:tell|show) me )?(?:what|which) (?:notices|notifications) (?:do )?i (?:will )?get)",
        wishing.overview,
    ),
    says(
        r"/?mute(?: me)?|/?(?:my )?(?:notices|notifications) off"
        r"|(?:please )?stop (?:sending|notifying|messaging|writing(?: to)?)"
        r"(?: me(?: (?:(?:any|all|these|your|the) )*(?:notices|notifications|messages))?"
        r"| (?:any |all |these |your )*(?:notices|notifications))",
        wishing.what_to_stop,
    ),
    says(rf"/?(?:my )?(?:notices|notifications){_OF} {KIND} {OFTEN}{BY}", wishing.choose),
    says(rf"/?(?:my )?(?:notices|notifications){_OF} {KIND}", wishing.one),
    says(
        r"(?:please )?(?:stop|(?:turn|switch) off|mute|no(?: more)?) (?:all )?(?:of )?"
        r"(?:my |the |your )?(?:notices|notifications)",
        wishing.no_more,
    ),
    says(
        r"(?:please )?(?:stop|(?:turn|switch) off|mute|no more) "
        rf"(?:(?:sending|giving) me )?(?:my |the |your )?{KIND} "
        r"(?:notices|notifications)",
        wishing.no_more,
    ),
    says(
        r"(?:notify|tell|write(?: to)?|message) me (?:(?:of )?(?:things|everything) )?"
        r"(?:(?:only|just) )?(?P<often>daily|weekly)",
        wishing.digest,
    ),
    says(
        r"/?(?:(?:a |my )?digests? (?P<often>off|daily|weekly)|(?:a )?(?P<also>daily|weekly) digest"
        r"|(?P<no>no) (?:more )?digests?)",
        wishing.digest,
    ),
    says(r"/?(?:my )?digests?", wishing.digest_as_it_is),
    says(
        r"/?(?:my )?digests? (?:(?:hour|month|year)ly|every|twice|once|on|at|daily|weekly)"
        r"\b.{0,40}|(?:an? )?(?:hour|month|year)ly digests?",
        wishing.no_such_digest,
    ),
    says(r"/?no quiet hours|quiet hours (?:off|none)", wishing.no_hours),
    says(r"/?(?:the )?usual quiet hours|quiet hours (?:as )?usual", wishing.usual_hours),
    says(
        r"/?(?:my )?quiet hours(?: (?:are )?(?P<hours>(?:from |between )?(?:\d|noon|mid).{0,40}))?",
        wishing.hours,
    ),
    says(
        r"/?(?:(?:set |change )?(?:my )?time ?zone)"
        r"(?: (?:is |to )?(?P<zone>[a-z+-][\w/+: -]{1,60}))?",
        wishing.zone,
    ),
    says(
        r"(?:please )?(?:don.?t|do not|never|stop) (?:disturb|bother|writ|messag|notify|tell)"
        r"(?:e|ing)?(?: to)? me between (?P<hours>.{1,40})",
        wishing.hours,
    ),
    says(
        r"(?:please )?(?:don.?t|do not|never) (?:disturb|bother|write|message|notify|tell)"
        r"(?: to)?(?: me)? (?P<hours>(?:from )?(?:\d|noon|mid)[\w:. ]{0,12}?"
        r"\s?(?:\b(?:to|till|until)\b|-|\u2013)\s?(?:\d|noon|mid).{0,20})",
        wishing.hours,
    ),
    says(r"(?:please )?(?:don.?t|do not) disturb(?: me)?", wishing.hours),
    says(
        r"(?:please )?(?:don.?t|do not|never) (?:disturb|bother|write(?: to)?|message|notify|tell) "
        r"me (?:after|past|from) (?P<begins>(?:\d|noon|mid)[\w:. ]{0,12})",
        wishing.hours_from,
    ),
    says(
        r"i(?:.ve| have)? (?:just |now )?(?:moved to|live in) "
        r"(?P<zone>[a-z][\w/ .-]{1,60}?)(?: now)?[.!]?",
        wishing.lives_there,
    ),
    says(rf"{_TOLD} (?:by|on|via) (?P<channel>[a-z][a-z-]{{1,20}})(?: first)?", wishing.place),
    says(
        rf"{_TOLD} (?:anywhere|wherever i (?:wrote|write|am)(?: last)?"
        r"|at my (?:newest|last) (?:address|place))",
        wishing.newest,
    ),
)
