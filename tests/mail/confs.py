"""What the servers are told, in their own languages."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

from tests.mail.authority import Authority

# Nothing has to survive the tests, so nothing waits for the disk. Rooms that others lock us into
# (chroot) need root, and so do users beside our own.
_DOVECOT = """
    protocols = imap lmtp
    listen = 127.0.0.1
    base_dir = {folder}/run
    state_dir = {folder}/state
    log_path = {folder}/dovecot.log
    default_internal_user = {user}
    default_internal_group = {group}
    default_login_user = {user}
    first_valid_uid = 1
    mail_uid = {user}
    mail_gid = {group}
    mail_home = {folder}/mail/%u
    mail_location = maildir:~/Maildir
    mail_fsync = never
    mail_max_userip_connections = 100
    recipient_delimiter = +
    auth_username_format = %Lu
    auth_mechanisms = plain login xoauth2 oauthbearer
    auth_failure_delay = 0
    disable_plaintext_auth = no
    ssl = yes
    ssl_min_protocol = TLSv1.2
    ssl_cert = <{tls.certificate}
    ssl_key = <{tls.key}
    passdb {{
      driver = oauth2
      mechanisms = xoauth2 oauthbearer
      args = {folder}/oauth2.conf
    }}
    passdb {{
      driver = static
      args = password={password}
    }}
    userdb {{
      driver = static
      args = uid={user} gid={group} home={folder}/mail/%u
    }}
    namespace inbox {{
      inbox = yes
    }}
    service anvil {{
      chroot =
    }}
    service stats {{
      chroot =
    }}
    service imap-login {{
      chroot =
      inet_listener imap {{
        port = {ports[imap]}
      }}
      inet_listener imaps {{
        port = {ports[imaps]}
        ssl = yes
      }}
    }}
    service lmtp {{
      inet_listener lmtp {{
        port = {ports[lmtp]}
      }}
    }}
    service auth {{
      inet_listener {{
        port = {ports[auth]}
      }}
    }}
"""

_OAUTH2 = """
    introspection_mode = local
    local_validation_key_dict = fs:posix:prefix={folder}/keys/
    username_attribute = email
"""

# What waits is tried again at once: the tests wait for it.
_POSTFIX = """
    compatibility_level = 3.6
    queue_directory = {folder}/queue
    data_directory = {folder}/data
    command_directory = /usr/sbin
    daemon_directory = /usr/lib/postfix/sbin
    mail_owner = postfix
    setgid_group = postdrop
    maillog_file = {folder}/postfix.log
    maillog_file_prefixes = {folder}
    inet_interfaces = 127.0.0.1
    inet_protocols = ipv4
    mynetworks = 127.0.0.1/32
    myhostname = relay.mail.test
    mydestination =
    alias_maps =
    alias_database =
    biff = no
    recipient_delimiter = +
    virtual_mailbox_domains = mail.test
    virtual_mailbox_maps = static:ok
    virtual_transport = lmtp:inet:127.0.0.1:{ports[lmtp]}
    mailbox_size_limit = 0
    message_size_limit = {largest}
    relayhost = [127.0.0.1]:{ports[relay]}
    disable_dns_lookups = yes
    smtp_dns_support_level = disabled
    smtp_host_lookup = native
    smtputf8_enable = yes
    queue_run_delay = 1s
    minimal_backoff_time = 1s
    maximal_backoff_time = 2s
    default_destination_concurrency_failed_cohort_limit = 0
    smtpd_client_connection_rate_limit = 0
    notify_classes =
"""

# One line a service: kind, private, unprivileged, chroot, wake-up, most processes, program.
_MASTER = """
    127.0.0.1:{ports[smtp]} inet n - n - - smtpd
    127.0.0.1:{ports[submission]} inet n - n - - smtpd
      -o smtpd_tls_security_level=encrypt
      -o smtpd_tls_cert_file={tls.certificate}
      -o smtpd_tls_key_file={tls.key}
      -o smtpd_sasl_auth_enable=yes
      -o smtpd_sasl_type=dovecot
      -o smtpd_sasl_path=inet:127.0.0.1:{ports[auth]}
      -o smtpd_relay_restrictions=permit_sasl_authenticated,reject
      -o smtpd_recipient_restrictions=permit_sasl_authenticated,reject
    postlog unix-dgram n - n - 1 postlogd
    pickup unix n - n 60 1 pickup
    qmgr unix n - n 300 1 qmgr
    cleanup unix n - n - 0 cleanup
    rewrite unix - - n - - trivial-rewrite
    bounce unix - - n - 0 bounce
    defer unix - - n - 0 bounce
    trace unix - - n - 0 bounce
    flush unix n - n 1000? 0 flush
    verify unix - - n - 1 verify
    proxymap unix - - n - - proxymap
    anvil unix - - n - 1 anvil
    scache unix - - n - 1 scache
    tlsmgr unix - - n 1000? 1 tlsmgr
    showq unix n - n - - showq
    error unix - - n - - error
    retry unix - - n - - error
    smtp unix - - n - - smtp
    relay unix - - n - - smtp
    lmtp unix - - n - - lmtp
"""


def dovecot_conf(
    folder: Path,
    *,
    owner: tuple[str, str],
    password: str,
    ports: Mapping[str, int],
    tls: Authority,
) -> str:
    """Everything below `folder`; everybody is let in with that password."""
    user, group = owner
    known = {"folder": folder, "user": user, "group": group, "password": password}
    return dedent(_DOVECOT).format(**known, ports=ports, tls=tls)


def oauth2_conf(folder: Path) -> str:
    """Which tokens let people in: those signed with the keys below `folder`."""
    return dedent(_OAUTH2).format(folder=folder)


def postfix_main(folder: Path, *, ports: Mapping[str, int], largest: int) -> str:
    """Mail for `mail.test` goes to the mailbox server, all other to the relay's port."""
    return dedent(_POSTFIX).format(folder=folder, ports=ports, largest=largest)


def postfix_master(*, ports: Mapping[str, int], tls: Authority) -> str:
    """The programs that make it up."""
    return dedent(_MASTER).format(ports=ports, tls=tls)
