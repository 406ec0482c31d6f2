"""A name server on loopback that knows what a test tells it, and can fall silent."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterable, Mapping
from types import TracebackType
from typing import Self

import dns.exception
import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset

_MOST = 255  # bytes of one string in a TXT record


class NameServer:
    """Answers over UDP. `records` are the texts (TXT) by name, without a dot at the end.

    A name that is not there does not exist. `asked` are the names of all questions. While `silent`
    nothing is answered; while `failing` all that is asked fails.
    """

    def __init__(self, records: Mapping[str, str | Iterable[str]] | None = None) -> None:
        self.records: dict[str, str | Iterable[str]] = dict(records or {})
        self.asked: list[str] = []
        self.silent = False
        self.failing = False
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, name="names", daemon=True)

    @property
    def address(self) -> str:
        """What `CARREL_DNS` says."""
        return f"127.0.0.1:{self.port}"

    def start(self) -> Self:
        """Begins to answer."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Ends."""
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as own:
            own.sendto(b"", ("127.0.0.1", self.port))
        self._thread.join()
        self._socket.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _serve(self) -> None:
        while True:
            wire, back = self._socket.recvfrom(65_535)
            if not wire:
                return
            try:
                question = dns.message.from_wire(wire)
            except dns.exception.DNSException:
                continue
            answer = self._answer(question)
            if not self.silent:
                self._socket.sendto(answer.to_wire(), back)

    def _answer(self, question: dns.message.Message) -> dns.message.Message:
        (asked, *_) = question.question
        name = asked.name.to_text(omit_final_dot=True).lower()
        self.asked.append(name)
        answer = dns.message.make_response(question)
        answer.flags |= dns.flags.AA
        if self.failing:
            answer.set_rcode(dns.rcode.SERVFAIL)
        elif name not in self.records:
            answer.set_rcode(dns.rcode.NXDOMAIN)
        elif asked.rdtype == dns.rdatatype.TXT:
            known = self.records[name]
            texts = [known] if isinstance(known, str) else list(known)
            wanted = (asked.name, 60, "IN", "TXT")
            answer.answer.append(dns.rrset.from_text(*wanted, *map(_quoted, texts)))
        return answer


def _quoted(text: str) -> str:
    parts = [text[at : at + _MOST] for at in range(0, len(text), _MOST)] or [""]
    return " ".join('"' + part.replace("\\", "\\\\").replace('"', '\\"') + '"' for part in parts)
