"""A message -> the mail it becomes here and now: whose tokens, which files, which links."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import quote

from bot.domain.limits import LINK_LASTS
from bot.domain.messages import Block, Chart, Download, OutboundMessage, Paragraph
from bot.domain.text import plain_name
from bot.errors import NotFound
from bot.ports import FileStore, Window
from channels.chart import draw
from channels.email.own_picture import marked
from channels.email.sending import words
from channels.email.sending.addresses import MailAddress, mail_address, replied_to, returned_to
from channels.email.sending.handing import Handed
from channels.email.sending.ids import chain, id_of
from channels.email.sending.pieces import Declining, File, Letter, Link, Missing, Picture, Piece
from channels.email.sending.signing import Signer
from channels.email.sending.subject import subject_of
from channels.email.sending.written import written

FILES = "/mail/file/"
UNSUBSCRIBE = "/mail/unsubscribe/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A mail, its Message-ID, and whether it is larger than its words alone."""

    handed: Handed
    id: str
    encloses: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Composer:
    """Writes mails; `hears` tells that what is answered is read. For threads: files are read."""

    own: MailAddress
    hears: bool
    public_url: str
    window: Window
    files: FileStore
    clock: Callable[[], datetime]
    signer: Signer | None
    most_bytes: int

    def composed(
        self, message: OutboundMessage, *, largest: int = 0, bare: bool = False
    ) -> Composed:
        """The mail, of at most `largest` bytes (0: nobody says) as long as files can be left out.

        `bare` leaves all of them out, pictures too. Raises `ValueError` when `to` is no address.
        """
        letter, blocks = self._letter(message), message.reply.blocks
        out = _heavy(blocks) if bare else self._beyond(blocks)
        while True:
            whole = replace(letter, pieces=tuple(self._pieces(blocks, letter, out=out)))
            handed = self._handed(whole)
            left = _sizes(blocks).keys() - out
            if not largest or len(handed.data) <= largest or not left:
                return Composed(handed=handed, id=letter.id, encloses=_heavy(blocks) > out)
            out |= {max(left, key=_sizes(blocks).__getitem__)}

    def _handed(self, letter: Letter) -> Handed:
        data = written(letter)
        # Where nobody reads what comes back, none but the account's own address may be taken.
        returns = self.own
        if self.hears:
            returns = returned_to(self.own, letter.id, seal=self.window.seal)
        signed = self.signer.signed(data) if self.signer else data
        return Handed(returns=returns, to=letter.to, data=signed)

    def _letter(self, message: OutboundMessage) -> Letter:
        id = id_of(message.key, self.own.domain, seal=self.window.seal)
        # What stands on a card is read by several: an answer is each one's own.
        own = self.own.tagged("")
        if not message.card:
            own = replied_to(self.own, id, seal=self.window.seal)
        return Letter(
            sender=self.own,
            to=mail_address(message.to.value),
            replies_to=own if self.hears else None,
            id=id,
            above=chain(message, self.own.domain, seal=self.window.seal),
            at=self.clock(),
            subject=subject_of(message),
            answers=bool(message.thread),
            pieces=(),
            choices=message.reply.choices,
            declining=self._declining(message, own),
        )

    def _declining(self, message: OutboundMessage, own: MailAddress) -> Declining | None:
        if not message.kind:
            return None
        url = ""
        if self.public_url.startswith("https://"):  # nobody's program asks another at one click
            token = self.window.declining(message.to, message.kind)
            url = f"{self.public_url}{UNSUBSCRIBE}{quote(token, safe='')}"
        asked = f"unsubscribe%20{quote(message.kind, safe='')}"
        address = f"mailto:{quote(str(own), safe='@+')}?subject={asked}" if self.hears else ""
        return Declining(kind=message.kind, url=url, address=address)

    def _beyond(self, blocks: Sequence[Block]) -> frozenset[int]:
        """The places of files for which there is no room beside those before them."""
        out, room = set(), self.most_bytes
        for at, size in _sizes(blocks).items():
            if size > room:
                out.add(at)
            else:
                room -= size
        return frozenset(out)

    def _pieces(
        self, blocks: Sequence[Block], letter: Letter, *, out: frozenset[int]
    ) -> Iterator[Piece]:
        for at, block in enumerate(blocks):
            match block:
                case Chart() if at in out:
                    yield Paragraph(text=words.picture(block.alt))
                case Chart():
                    cid = f"{at}.{letter.id[1:-1]}"
                    yield Picture(alt=block.alt, cid=cid, data=marked(draw(block)))
                case Download():
                    yield self._file(block, encloses=at not in out)
                case _:
                    yield block

    def _file(self, file: Download, *, encloses: bool) -> File | Link | Missing:
        name = plain_name(file.name)
        try:
            path = self.files.path(file.sha256)
            if encloses:
                return File(name=name, media_type=file.media_type, data=path.read_bytes())
        except (NotFound, OSError):
            return Missing(text=words.not_kept(name))
        if not self.public_url:
            return Missing(text=words.too_large(name))
        until = self.clock() + LINK_LASTS
        url = f"{self.public_url}{FILES}{quote(self.window.lasting(file), safe='')}"
        return Link(name=name, size=file.size, url=url, until=until)


def _sizes(blocks: Sequence[Block]) -> dict[int, int]:
    """How large each file is, by its place."""
    return {at: one.size for at, one in enumerate(blocks) if isinstance(one, Download)}


def _heavy(blocks: Sequence[Block]) -> frozenset[int]:
    """The places of all that is more than words."""
    return frozenset(at for at, one in enumerate(blocks) if isinstance(one, Download | Chart))
