"""Addresses that machines write from."""

from __future__ import annotations

import re

from channels.email.mail import Mail

# Nobody has these as a name of their own; what they send about a mail is a bounce.
_DAEMON = re.compile(
    r"(?:mailer|mail|email)[-_. ]?daemon|post_master"
    r"|mail[-_. ]?(?:delivery|deliver)[-_. ]?(?:sub)?(?:system)?|double-bounce|bounces?"
    r"|mailer|mdaemon|maildaemon|mail-?robot|nullsender|mailsystem"
    r"|auto-?mailer|autobounce|bounce-?notify|deliver(?:y)?-?(?:failure|notification|status)",
)
_DAEMON_NAME = re.compile(
    r"mailer[-_ ]daemon|mail delivery (?:sub)?system|mail deliver(?:y)? (?:service|agent)"
    r"|mail system|email delivery|internet mail delivery|delivery (?:sub)?system"
    r"|mail administrator|system administrator|mailserver|mail router|smtp server"
    r"|メール配信|メールシステム|system administrator|systemadministrator|microsoft outlook"
    r"|microsoft exchange|администратор почты|почтовая служба",
)
# People read and write these too, so more is needed than the name.
_STEWARD = re.compile(
    r"post[-_.]?master|microsoftexchange[0-9a-f]*|exchange|mailadmin|mail-?admin|e?mail-?system"
    r"|notes(?:admin|mail)?|majordomo|listserv|owner-.*|.*-(?:admin|owner|bounces|request)|smtp"
    r"|mailmaster|systemadmin|sysadmin|admin(?:istrator)?|mail",
)
# Parts of addresses of gateways and filters; people have such too.
_SYSTEM = re.compile(r"smtp|virus|gateway|server|relay|system|exchange|router|inetgw|mail_?service")
_NO_REPLY = re.compile(
    r"(?:.*[-_.+])?(?:do[-_.]?not|no|non?e?)[-_.]?(?:auto)?(?:reply|repl[iy]|responder|respond"
    r"|response|answer)(?:[-_.+].*)?"
    r"|noreply.*|donotreply.*|ne-?pas-?repondre|nicht-?antworten|keine-?antwort|nao-?responda"
    r"|no-?responder?|nobody|devnull|null|auto-?(?:reply|respond(?:er)?|response|confirm|notify)"
    r"|notifications?|alerts?-?no-?reply|robot|daemon|cron|root",
)


def is_daemon(mail: Mail) -> bool:
    """Whether it is from what delivers mail, by its address."""
    written = "" if mail.sender else mail.header("from")[:200].casefold()
    return bool(_DAEMON.fullmatch(_local(mail)) or _DAEMON_NAME.search(written))


def is_called_daemon(mail: Mail) -> bool:
    """Whether it is from what delivers mail, by the name it goes by: people have odd ones too."""
    return bool(_DAEMON_NAME.search(mail.sender_name[:200].casefold()))


def is_steward(mail: Mail) -> bool:
    """Whether it is from an address that both people and machines write from."""
    return bool(_STEWARD.fullmatch(_local(mail)))


def is_of_a_system(mail: Mail) -> bool:
    """Whether its address reads like that of a gateway or a filter, which is a weak sign only."""
    return bool(_SYSTEM.search(_local(mail)))


def is_no_reply(mail: Mail) -> bool:
    """Whether its address says that nobody reads what is sent there."""
    return bool(_NO_REPLY.fullmatch(_local(mail)))


def has_null_path(mail: Mail) -> bool:
    """Whether the envelope named nobody to tell of failures: a machine's answer."""
    path = mail.header("return-path").strip().casefold()
    return path == "<>" or path.strip("<>").startswith("mailer-daemon")


def _local(mail: Mail) -> str:
    return mail.sender.rpartition("@")[0][:100]
