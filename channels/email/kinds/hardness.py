"""Whether a failure means that nobody is there, or that it may work another time."""

from __future__ import annotations

import re

STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_CODE = re.compile(r"(?<![\d.])([45]\d\d)(?=[ -])(?![\d.])")

# RFC 3463, and the codes that large providers made up: nobody is there.
_NOBODY = {
    "5.1.1", "5.1.2", "5.1.3", "5.1.4", "5.1.6", "5.1.10", "5.2.1", "5.4.4", "5.4.310", "5.5.6",
    "5.0.350", "5.7.17", "5.7.18",
}  # fmt: skip
_SENDER = {"5.1.7", "5.1.8"}  # who sent it is at fault, not who was to have it
_FULL = (
    "mailbox full", "mailbox is full", "over quota", "overquota", "quota exceeded",
    "exceeded quota", "exceeds quota", "insufficient disk", "disk quota", "over the maximum",
    "not enough storage", "storage quota", "mailbox exceeds", "exceeded storage", "out of space",
    "quota", "inbox is full", "mailbox size limit", "too much mail", "full mailbox",
    "receiving mail at a rate", "no space left", "exceeds allowed size", "容量", "voll", "pleine",
    "llena", "переполнен", "mailfolder is full", "insufficient system storage", "box full",
    "message too large", "size limit", "too big", "too large", "exceeds size", "exceeded maximum",
    "fixed maximum",
)  # fmt: skip
_GONE = (
    "user unknown", "unknown user", "no such user", "no such person", "user not found",
    "does not exist", "doesn't exist", "not exist", "no such recipient", "unknown recipient",
    "recipient unknown", "no such mailbox", "mailbox unavailable", "mailbox not found",
    "no mailbox here", "unknown address", "address unknown", "invalid recipient",
    "invalid mailbox", "invalid address", "not a valid", "no longer", "disabled", "inactive",
    "not active", "unrouteable", "unrouted", "unroutable", "host unknown", "host not found",
    "unknown host", "domain not found", "unknown domain", "domain does not", "name service error",
    "no such domain", "bad destination", "recipient not found", "address not found",
    "couldn't be found", "could not be found", "wasn't found", "no account", "unknown local",
    "not our customer", "not listed in", "user doesn't", "no user", "unknown mailbox",
    "unable to find", "account has been", "is not a known", "not known", "no recipient",
    "no valid recipient", "undeliverable address", "bad address", "isn't a valid", "badrcptto",
    "couldn't find any host", "cannot be resolved", "recipient address rejected: access denied",
    "nxdomain", "unknown or illegal alias", "no existe", "n'existe pas", "inconnu", "unbekannt",
    "existiert nicht", "nicht gefunden", "desconocido", "non esiste", "sconosciuto", "não existe",
    "nie istnieje", "не найден", "не существует", "見つから", "見つかり", "存在し", "不存在",
    "bestaat niet", "onbekend", "finns inte", "mailbox is disabled",
    "invalid final delivery userid", "deactivated", "account expired", "user is no",
    "not in directory", "isn't listed", "user not listed", "not listed in public", "unknown to",
    "relayrecipientnotfound", "recipnotfound", "resolver.adr.", "no matches to name",
    "is not recognized", "no mx", "mx record", "domain is not reachable", "not accept mail",
    "リストにありません", "user not known", "not a known",
)  # fmt: skip
_BARRED = (
    "spam", "blocked", "block list", "blacklist", "blocklist", "reputation", "dnsbl", "too many",
    "unauthenticated", "dmarc", "spf", "dkim", "rate limit", "a virus", "infected", "greylist",
    "graylist", "domain of sender", "sender address", "sender domain", "sender verify",
    "will be retried", "message expired", "time expired", "retry time", "timed out", "try again",
    "after mail from", "reverse dns", "ptr record", "invalid sender",
)  # fmt: skip
_REFUSED = (
    "policy", "rbl", "temporar", "try again", "timed out", "timeout", "deferred", "refused",
    "denied", "not authorized", "violation", "frozen", "in reply to data", "content rejected",
    "loop", "hop count", "expired", "relay", "delay", "retry", "not permitted", "prohibited",
    "suspended", "rejected",
)  # fmt: skip
_HOST_GONE = re.compile(r"\bhost [^\s]{1,200} not found")


def status_of(*texts: str) -> str:
    """The first enhanced status code of 4 or 5 in these texts; empty when there is none."""
    found = (one for text in texts for one in STATUS.findall(text) if one[0] in "45")
    return next(found, "")


def says(words: str) -> bool:
    """Whether these words tell anything of why a mail failed."""
    said = words[:2_000].casefold()
    known = any(one in said for one in (*_FULL, *_GONE, *_BARRED, *_REFUSED))
    return known or bool(STATUS.search(said) or _CODE.search(said) or _HOST_GONE.search(said))


def is_hard(*, status: str, words: str) -> bool:
    """Whether nobody is there, by the status and what the failing server said.

    What neither tells is taken as soft: an address that is tried once more does less harm than
    one that is given up wrongly.
    """
    said = words[:2_000].casefold()
    if any(one in said for one in _FULL):
        return False
    if status.startswith("4") or (not status and _only_says_later(said)):
        return False
    if any(one in said for one in _BARRED) and not status.startswith("5.1.1"):
        return False
    return _is_gone(status, said) or _is_plain_no(status, said)


def _only_says_later(said: str) -> bool:
    codes = _CODE.findall(said)
    return bool(codes) and all(code.startswith("4") for code in codes)


def _is_gone(status: str, said: str) -> bool:
    if any(one in said for one in _GONE) or _HOST_GONE.search(said):
        return True
    return status in _NOBODY and not any(one in said for one in _BARRED)


def _is_plain_no(status: str, said: str) -> bool:
    """A refusal of the recipient that gives no reason: 550 and its like."""
    if any(one in said for one in (*_BARRED, *_REFUSED)):
        return False
    told = status not in {"", "5.0.0"}
    if status in _SENDER or (told and not status.startswith("5.1")):
        return False
    code = _CODE.search(said)
    return status.startswith("5.1") or (code is not None and code[1] in {"550", "551", "553"})
