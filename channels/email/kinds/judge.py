"""Tells what wrote a mail, and whether it may ever be answered."""

from __future__ import annotations

import re
from dataclasses import dataclass

from channels.email.kinds import (
    automatic,
    bounces,
    complaints,
    failed,
    lists,
    notices,
    report,
    senders,
)
from channels.email.kinds.kind import Failure, Judged, Kind
from channels.email.kinds.returned import returned
from channels.email.mail import Mail

_TAG = re.compile(r"b-([0-9a-f]{20})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """Carrel's own `address`, at which any +tag is its own too; `ids` ends its Message-IDs."""

    address: str
    ids: str = ""

    def has(self, address: str) -> bool:
        """Whether that is the address, with or without a tag."""
        return _untagged(address) == _untagged(self.address)

    def shape(self) -> re.Pattern[str]:
        """What a Message-ID of Carrel's looks like."""
        domain = self.ids or self.address.rpartition("@")[2]
        return re.compile(rf"[0-9a-f]{{40}}@{re.escape(domain)}", re.IGNORECASE)


def judge(mail: Mail, own: Own) -> Judged:
    """What the mail is; for any mail, and in a time that its bounds bound.

    Only strong signs make it anything but a message: a person's mail is never refused for words.
    """
    if _is_own(mail, own):
        return Judged(kind=Kind.OWN, silent=True, why="Carrel's own mail")
    if complaints.is_complaint(mail):
        back = returned(mail, shape=own.shape())
        return Judged(kind=Kind.COMPLAINT, silent=True, why="a complaint", returned=back)
    if bounces.is_bounce(mail):
        return _bounce(mail, own)
    if automatic.is_automatic(mail):
        return Judged(kind=Kind.AUTO_REPLY, silent=True, why="an automatic answer")
    why = _silence(mail)
    return Judged(kind=Kind.MESSAGE, silent=bool(why), why=why)


def returned_tag(mail: Mail, own: Own) -> str:
    """The start of the Message-ID that a bounce's own address bears; empty when it bears none."""
    for address in mail.recipients:
        local, _, _ = address.rpartition("@")
        found = _TAG.fullmatch(local.rpartition("+")[2])
        if found and own.has(address):
            return found[1]
    return ""


def _is_own(mail: Mail, own: Own) -> bool:
    if own.has(mail.sender):
        return report.report_type(mail) != "delivery-status"  # some servers bounce in our name
    return bool(own.shape().fullmatch(mail.message_id))


def _bounce(mail: Mail, own: Own) -> Judged:
    if told := notices.notice(mail):
        found, back = tuple(notices.failures(told)), notices.message_id(told)
    else:
        found, back = _failures(mail, own), returned(mail, shape=own.shape())
    why = "a mail could not be delivered"
    return Judged(kind=Kind.BOUNCE, silent=True, why=why, failures=found, returned=back)


def _failures(mail: Mail, own: Own) -> tuple[Failure, ...]:
    ours = {one for one in mail.recipients if own.has(one)} | {own.address.lower()}
    return failed.failures(mail, bounces.head(mail), ours=ours)


def _silence(mail: Mail) -> str:
    reasons = (
        (not mail.sender, "no usable sender"),
        (senders.has_null_path(mail), "a null return path"),
        (senders.is_daemon(mail) or senders.is_no_reply(mail), "a machine's address"),
        (lists.is_through_list(mail), "a mailing list"),
    )
    return next((why for holds, why in reasons if holds), "")


def _untagged(address: str) -> str:
    local, _, domain = address.lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}" if local else ""
