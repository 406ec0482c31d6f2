"""What the names of the Internet say about themselves: their TXT records."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from typing import Protocol

import dns.exception
import dns.name
import dns.rdatatype
import dns.resolver

from bot.errors import ConfigurationError
from channels.email.proof.domains import organisation

PATIENCE = 3.0  # seconds for all look-ups of one mail
REMEMBERED = 1000  # names
SHORTEST, LONGEST = 30.0, 3600.0  # seconds that an answer is remembered, whatever it says itself
SULKING = 300.0  # seconds for which a domain that took too long is not asked
SLOW = 1.0  # seconds from which on an answer counts as slow; one from far away takes less
ALLOWED = 10.0  # seconds of slow answers that a domain may take in that time
PATIENT = 60.0  # seconds that all may take before every mail has less time
HASTE = 6  # times less
KEPT = 86_400.0  # seconds for which what proved a mail is believed while it cannot be asked
MOST_KEYS = 2  # places of keys, unknown before, that a mail can have asked for
_KEYS = "._domainkey."
WIDEST = 16_384  # bytes of records of one name; keys have less than a thousand


_Found = tuple[float, tuple[bytes, ...]]  # until when, and the records


class NoAnswer(Exception):  # it is caught by the judge and never shown
    """The records of a name cannot be known now; try again later."""


class Names(Protocol):
    """Looks up names. One thread at a time may use it."""

    def txt(self, name: str) -> tuple[bytes, ...]:
        """The TXT records of a name, each joined; none where it has none.

        Raises `NoAnswer` when it cannot be known now.
        """
        ...

    def fresh(self) -> None:
        """Begins another mail: its look-ups have their whole time again."""
        ...

    def proved(self) -> None:
        """The names that were looked up for this mail proved it: they are worth remembering."""
        ...


class DnsNames:
    """Names by DNS, with answers remembered and all look-ups of a mail within `patience` (seconds).

    A domain that does not answer, or slowly, is not asked for a while, however many mails name it.
    Many of them leave less time for each mail: it is senders who choose the domains. What proved
    a mail is remembered apart, where no forged mail puts it out of reach.

    `server` is `host:port` of the resolver to ask, `host` an IP address (in brackets when it is of
    version 6); empty for what this machine is set up with.
    """

    def __init__(
        self,
        server: str = "",
        *,
        patience: float = PATIENCE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Asks nothing yet. Raises `ConfigurationError` when `server` is not such a thing."""
        self._resolver = _resolver(server) if server else None
        self._clock = clock
        self._known: OrderedDict[str, _Found] = OrderedDict()
        self._slow: dict[str, tuple[float, float]] = {}  # until when, and how slow in seconds
        self._good: OrderedDict[str, _Found] = OrderedDict()
        self._of_this: dict[str, _Found] = {}  # what was found for this mail
        self._keys = 0  # unknown ones that were asked for it
        self._patience = self._left = patience

    def fresh(self) -> None:
        """Begins another mail: its look-ups have their whole time again."""
        now = self._clock()
        self._slow = {domain: slow for domain, slow in self._slow.items() if now < slow[0]}
        hasty = sum(seconds for _, seconds in self._slow.values()) >= PATIENT
        self._left = self._patience / HASTE if hasty else self._patience
        self._of_this, self._keys = {}, 0

    def proved(self) -> None:
        """The names that were looked up for this mail proved it: they are worth remembering."""
        for key, (until, records) in self._of_this.items():
            if records or _KEYS not in key:  # anybody can add signatures by keys that are not there
                _put(self._good, key, (until or self._clock() + KEPT, records))

    def txt(self, name: str) -> tuple[bytes, ...]:
        """The TXT records of a name, each joined; none where it has none.

        None too where a mail names more keys than `MOST_KEYS` that nobody asked for before.
        """
        key = name.rstrip(".").lower()
        try:
            kept = (0.0, self._found(key))
        except NoAnswer:
            kept = self._good.get(key, (0.0, ()))  # no later than before: it is as old as it was
            if not kept[0] or self._clock() >= kept[0]:
                raise
        self._of_this[key] = kept
        return kept[1]

    def _found(self, key: str) -> tuple[bytes, ...]:
        until, records = self._known.get(key, (0.0, ()))
        if self._clock() < until:
            self._known.move_to_end(key)
            return records
        if _KEYS in key and key not in self._good:
            self._keys += 1
            if self._keys > MOST_KEYS:
                return ()
        lasts, records = self._asked(key)
        _put(self._known, key, (self._clock() + lasts, records))
        return records

    def _asked(self, name: str) -> tuple[float, tuple[bytes, ...]]:
        try:
            asked = dns.name.from_text(name)
        except (dns.exception.DNSException, UnicodeError):
            return LONGEST, ()  # no such name can be
        domain = organisation(name) or name
        until, seconds = self._slow.get(domain, (0.0, 0.0))
        if self._clock() < until and seconds >= ALLOWED:
            raise NoAnswer("it took too long a while ago")
        if self._left <= 0:
            raise NoAnswer("the time of this mail is used up")
        with self._spent(domain):
            return self._answer(asked)

    def _answer(self, name: dns.name.Name) -> tuple[float, tuple[bytes, ...]]:
        try:
            answer = self._opened().resolve(
                name, dns.rdatatype.TXT, lifetime=self._left, search=False
            )
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return SHORTEST, ()
        except (dns.exception.DNSException, OSError, ValueError) as error:
            raise NoAnswer(type(error).__name__) from error
        lasts = min(max(float(answer.rrset.ttl if answer.rrset else 0), SHORTEST), LONGEST)
        records = tuple(b"".join(record.strings) for record in answer)
        return lasts, records if sum(map(len, records)) <= WIDEST else ()

    @contextmanager
    def _spent(self, domain: str) -> Iterator[None]:
        began = self._clock()
        try:
            yield
        except NoAnswer:
            if self._clock() - began >= min(SLOW, self._left / 2):
                self._note(domain, ALLOWED)
            raise
        finally:
            took = self._clock() - began
            self._left -= took
            if took >= SLOW:
                self._note(domain, took)

    def _note(self, domain: str, seconds: float) -> None:
        now = self._clock()
        until, before = self._slow.get(domain, (0.0, 0.0))
        if now >= until:
            until, before = now + SULKING, 0.0
        if domain in self._slow or len(self._slow) < REMEMBERED:
            self._slow[domain] = (until, before + seconds)

    def _opened(self) -> dns.resolver.Resolver:
        """The resolver. What this machine is set up with may not be there yet when it starts."""
        if self._resolver is None:
            self._resolver = dns.resolver.Resolver()
        return self._resolver


def _put(known: OrderedDict[str, _Found], name: str, found: _Found) -> None:
    known[name] = found
    known.move_to_end(name)
    while len(known) > REMEMBERED:
        known.popitem(last=False)


def _resolver(server: str) -> dns.resolver.Resolver:
    host, _, port = server.rpartition(":")
    made = dns.resolver.Resolver(configure=False)
    try:
        made.nameservers = [str(ip_address(host.strip("[]")))]
        made.port = int(port)
    except ValueError as error:
        raise ConfigurationError(
            f"CARREL_DNS is {server!r}; write the IP address of a resolver and its port, such as "
            "192.0.2.53:53."
        ) from error
    return made
