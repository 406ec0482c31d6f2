"""Tells what wrote a mail, and whether it may ever be answered."""

from __future__ import annotations

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
from channels.email.kinds.reached import noted
from channels.email.kinds.returned import returned
from channels.email.mail import Mail
from channels.email.own_ids import RETURNED, Own, tag_of


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


def returned_start(mail: Mail, own: Own) -> str:
    """The start of the Message-ID that a bounce's own address bears; empty when it bears none."""
    for address in mail.recipients:
        # Where our address has a tag of its own already, this one stands behind it.
        start = own.start_in(RETURNED, tag_of(address).rpartition("+")[2])
        if start and own.has(address):
            return start
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
    return Judged(kind=Kind.BOUNCE, silent=True, why=why, failures=noted(found), returned=back)


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
