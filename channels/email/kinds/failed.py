"""The addresses that a bounce names, from its report or else from its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from channels.email.kinds import hardness, report
from channels.email.kinds.kind import Failure
from channels.email.mail import Mail

MOST = 50  # addresses of one bounce; ours go to one person each
LONGEST_LINE = 5_000  # characters of a header or a line of addresses
_ADDRESS = r"[^\s<>()\[\]\"',:;@*|]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,200}[a-z0-9])?"
_ANY = re.compile(_ADDRESS, re.IGNORECASE)
# A line that an address begins, bare or in brackets: how most systems list those who failed.
_LISTED = re.compile(
    r"^[ \t>*•・-]{0,12}(?:\d{1,3}[.)][ \t]*)?(?:smtp:|mailto:)?"
    rf"[<\[(\"']?(?:smtp:)?({_ADDRESS})[>\])\"']?"
    r"(?:<mailto:[^<>\s]{1,200}>)?[ \t]*(?=[:;,.(-]|\.\.\.|$|[ \t])",
    re.IGNORECASE | re.MULTILINE,
)
_NAMED = re.compile(
    r"(?:\b(?:rcpt to|recipients?|address|user|delivered to|deliver to|sent to|failed for|send to"
    r"|for|to|mailbox|attempts|undeliverable to|userid|size|adresse|destinatario)|宛)"
    rf"(?=[\s:=<\[\"'])[ \t]{{0,4}}[:=]?[ \t]{{0,8}}[<\[\"']?(?:smtp:)?({_ADDRESS})",
    re.IGNORECASE,
)
_TO = re.compile(r"^to:[ \t]*(.{1,500})$", re.IGNORECASE | re.MULTILINE)
_LATE = re.compile(  # it is tried again by whoever tells so
    r"\bdelay reason\b|\bhas not yet been delivered\b"
    r"|\bwill (?:be retried|(?:keep|continue) trying)\b",
    re.IGNORECASE,
)


def failures(mail: Mail, head: str, *, ours: Iterable[str]) -> tuple[Failure, ...]:
    """Whom the bounce says were not reached, each once, as far as it tells.

    `head` are its own words, without the mail that came back; `ours` are addresses that cannot
    have failed. Those that the bounce came to are taken only when it names no others: some
    systems say in To who was not reached.
    """
    never, seldom = {mail.sender, *ours}, {mail.sender, *ours, *mail.recipients}
    found = (
        tuple(islice(_reported(mail, head), MOST))
        or tuple(_told(mail, head, seldom))
        or tuple(_addressed(mail, head, never))
        or tuple(_told(mail, head, never))
    )
    unique = {one.address: one for one in reversed(found)}
    return tuple(reversed(unique.values()))[:MOST]


def lists_other_than(address: str, text: str) -> bool:
    """Whether a line of the text begins with an address that is another one."""
    return any(_address_in(found) != address for found in _LISTED.finditer(text))


def actions(mail: Mail) -> tuple[str, ...]:
    """What a delivery report says happened to each recipient, such as `failed`; in lower case."""
    return tuple(
        words[0].strip("();,").lower()
        for group in _recipients(mail)
        if (words := group.get("action", "").split())
    )


def _recipients(mail: Mail) -> Iterator[report.Group]:
    for leaf in mail.leaves:
        if leaf.media_type in {"message/delivery-status", "message/global-delivery-status"}:
            yield from (one for one in report.groups(leaf.text) if _address(one) or "action" in one)


def _reported(mail: Mail, head: str) -> Iterator[Failure]:
    for group in _recipients(mail):
        action = group.get("action", "failed").lower()
        address = _address(group)
        if address and not action.startswith(("delivered", "relayed", "expanded")):
            yield _failure(address, group, delayed=action.startswith("delay"), head=head)


def _address(group: report.Group) -> str:
    for name in ("original-recipient", "final-recipient", "x-actual-recipient"):
        if found := _ANY.search(report.typed(group.get(name, ""))[:1_000]):
            return found[0].lower()
    return ""


def _failure(address: str, group: report.Group, *, delayed: bool, head: str) -> Failure:
    why = report.typed(group.get("diagnostic-code", ""))
    status = hardness.status_of(group.get("status", ""), why)
    if status[2:] in {"0.0", ""}:
        status = hardness.status_of(why) or status
    hard = not delayed and hardness.is_hard(status=status, words=why or _about(address, head))
    return Failure(address=address, hard=hard, delayed=delayed, status=status, why=_short(why))


def _told(mail: Mail, head: str, ours: set[str]) -> Iterator[Failure]:
    """Whom its words name, by the surest of several ways to find them."""
    named = ",".join(mail.all("x-failed-recipients"))[:LONGEST_LINE]
    if of_header := [one for one in _ANY.findall(named) if one.lower() not in ours]:
        yield from (_judged(one, _about(one, head), head) for one in of_header[:MOST])
        return
    for pattern in (_LISTED, _NAMED, _ANY):
        others = (one for one in pattern.finditer(head) if _address_in(one) not in ours)
        if found := list(islice(others, MOST)):
            ends = [*(one.start() for one in found[1:]), len(head)]
            yield from (
                _judged(_address_in(one), head[one.start() : end][:600], head)
                for one, end in zip(found, ends, strict=True)
            )
            return


def _addressed(mail: Mail, head: str, ours: set[str]) -> Iterator[Failure]:
    """Whom the mail that came back was for."""
    line = _TO.search(mail.text[len(head) : len(head) + 20_000])
    values = [one.header("to") for one in mail.forwarded[:1]] or [line[1] if line else ""]
    for address in _ANY.findall(values[0][:LONGEST_LINE])[:MOST]:
        if address.lower() not in ours:
            yield _judged(address, head, head)


def _about(address: str, head: str) -> str:
    at = head.lower().find(address.lower())
    return head if at < 0 else head[at : at + 600]


def _address_in(match: re.Match[str]) -> str:
    return match[match.lastindex or 0].lower().rstrip(".")


def _judged(address: str, said: str, head: str) -> Failure:
    """What the words near an address say of it; where those tell nothing, all the words."""
    said = said if hardness.says(said) else head
    status = hardness.status_of(said)
    hard = hardness.is_hard(status=status, words=said)
    late = not hard and _LATE.search(head) is not None
    return Failure(
        address=address.lower(), hard=hard, delayed=late, status=status, why=_short(said)
    )


def _short(text: str) -> str:
    return " ".join(text[:400].split())[:120]
