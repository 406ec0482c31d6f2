"""What channels may ask of Carrel at once; they are given nothing else of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from bot.domain.choices import digest as digest_of
from bot.domain.forms import ASK_STAFF, CONNECT, LINK, VERSION, Form, draft_key, version_in
from bot.domain.messages import Address, Choice, Download, InboundMessage, Reply
from bot.errors import NotFound, Refused
from bot.phrases import home as phrases
from bot.phrases import kinds, menu, unsent
from bot.ports import UnitOfWork
from bot.usecases import link_tokens
from bot.usecases.decline_here import decline_here
from bot.usecases.desk import Desk
from bot.usecases.identify import named
from bot.usecases.lose_address import lose_address
from bot.usecases.note_bounce import CameBack, note_bounce
from bot.usecases.note_set_aside import SetAside, note_set_aside
from bot.usecases.see_home import see_home
from handlers import forms
from handlers.form_words import words_of
from handlers.places import heeds
from handlers.request import Prepared, Request

FOR_STRANGERS = frozenset({ASK_STAFF, CONNECT, LINK})  # forms that need nobody known
OFFERED = 50  # messages of a conversation whose choices are known again below any post


class DeskWindow:
    """The `Window` onto one desk; see `bot.ports.Window` for the contract."""

    def __init__(
        self, desk: Desk, transaction: Callable[[], UnitOfWork], *, rooms: Sequence[Address] = ()
    ) -> None:
        """`rooms` are those of the staff."""
        self._desk = desk
        self._rooms = rooms
        self._transaction = transaction

    def home(self, address: Address) -> Reply:
        """The person's page; for a stranger what Carrel is, and how to connect."""
        with self._transaction() as uow:
            seen = see_home(uow, self._desk, address, now=self._desk.clock())
        return phrases.home(self._desk.program, seen)

    def form(self, address: Address, words: str) -> Form | None:
        """The form that stands for these words, with the person's draft in it."""
        with self._transaction() as uow:
            return forms.shown(self._request(uow, address, words))

    def filled(self, address: Address, key: str, values: Mapping[str, str], *, at: datetime) -> str:
        """The words of a form that was sent; `Refused` when it is unknown, or says too little.

        What is worth keeping is kept until the words have been met: they may be refused. Where it
        is plain already that they would be, they stay in the form.
        """
        self.keep_draft(address, key, values, at=at)
        words = words_of(self._desk.program, key, values)
        with self._transaction() as uow:
            if uow.people.at(address) is None and key not in FOR_STRANGERS:
                raise Refused(unsent.nobody())
            try:
                forms.check_open(self._request(uow, address, forms.done_once(key)))
            except (NotFound, Refused) as over:
                raise Refused(f"{over} {unsent.kept_here()}") from over
        return words

    def keep_draft(
        self, address: Address, key: str, values: Mapping[str, str], *, at: datetime
    ) -> None:
        """Keeps what was typed into a form that its person may open, unless newer is known.

        Only what fits the form's own fields is kept, and none of it when it says no more than the
        form itself.
        """
        words = forms.words_for(key)
        if not words:
            return
        with self._transaction() as uow:
            request = self._request(uow, address, words)
            plain, typed = forms.shown(request, {}), forms.shown(request, values)
            if plain is None or typed is None or request.person is None:
                return
            own = draft_key(key)
            if draft_key(typed.key) != own:
                return
            says_more = typed.fields != plain.fields
            kept = {field.name: field.value for field in typed.fields if field.value}
            made_from = {VERSION: version_in(key)} if version_in(key) else {}
            uow.drafts.keep(request.person, own, kept | made_from if says_more else {}, at=at)
            uow.commit()

    def takes_part(self, address: Address, conversation: str) -> bool:
        """Whether Carrel answered the address in that shared conversation, or awaits its reply."""
        with self._transaction() as uow:
            return heeds(uow, address, conversation, now=self._desk.clock())

    def commands(self) -> tuple[Choice, ...]:
        """What a menu of commands offers, most wanted first."""
        return menu.commands(self._desk.program)

    def conversation(self, room: str, receipt: str) -> str:
        """The shared conversation in which Carrel said that; empty when it is none of Carrel's."""
        with self._transaction() as uow:
            return uow.outbox.said_in(room, receipt)

    def picked(self, conversation: str, digest: str, *, post: str) -> str:
        """The words of a choice of that post, or one that was offered lately; empty if none."""
        with self._transaction() as uow:
            said = uow.outbox.said_at(conversation, post)
            known = _chosen(said.reply.choices, digest) if said else ""
            return known or _chosen(uow.outbox.offered(conversation, limit=OFFERED), digest)

    def moved(self, room: Address, to: Address) -> None:
        """Notes where a room is now, and lets what waits for it go there; harmless twice."""
        with self._transaction() as uow:
            uow.channels.moved(room, to)
            uow.outbox.move(room, to)
            uow.commit()

    def prompts(self) -> tuple[Choice, ...]:
        """A few things to say first, at most four."""
        return phrases.prompts(self._desk.program)

    def lost(self, address: Address, *, why: str) -> None:
        """Notes that nobody is reached at the address any more; harmless twice."""
        with self._transaction() as uow:
            lose_address(uow, address, why=why, now=self._desk.clock())
            uow.commit()

    def file(self, sha256: str) -> Path:
        """Where the bytes of a file for the person are; raises `NotFound`."""
        return self._desk.files.path(sha256)

    def bounced(self, address: Address, *, receipt: str, hard: bool, why: str) -> bool:
        """Notes that a message of that id came back; False when none was sent there."""
        came, now = CameBack(receipt=receipt, hard=hard, why=why), self._desk.clock()
        program = self._desk.program
        with self._transaction() as uow:
            known = note_bounce(uow, program, address, came, rooms=self._rooms, now=now)
            uow.commit()
        return known

    def set_aside(self, key: str, *, sender: str, why: str, proved: bool = False) -> None:
        """Tells staff that a mail was set aside, once for each key."""
        now = self._desk.clock()
        with self._transaction() as uow:
            mail = SetAside(key=key, sender=sender, why=why, proved=proved)
            note_set_aside(uow, self._desk.program, mail, rooms=self._rooms, now=now)
            uow.commit()

    def received(self, channel: str, ids: Collection[str]) -> frozenset[str]:
        """Those of the ids by which the channel has handed over a message already."""
        with self._transaction() as uow:
            return uow.inbox.known(channel, ids)

    def seal(self, key: str) -> str:
        """40 hexadecimal digits that stand for the key, always the same, and foreseen by nobody."""
        return link_tokens.seal(self._desk.signer, key)

    def lasting(self, file: Download) -> str:
        """A token by which a file can be had for a while by whoever has it."""
        return link_tokens.file_token(self._desk.signer, file, now=self._desk.clock())

    def had(self, token: str) -> Download | None:
        """The file of such a token; None when it is none, or its time is over."""
        return link_tokens.file_of(self._desk.signer, token, now=self._desk.clock())

    def declining(self, address: Address, kind: str) -> str:
        """A token by which whoever has it declines that kind of notice."""
        return link_tokens.declining_token(self._desk.signer, address, kind)

    def declined(self, token: str, *, now_so: bool) -> str:
        """What kind of notice such a token is of; declined from now on where `now_so`."""
        found = link_tokens.declined_by(self._desk.signer, token)
        if found is None:
            return ""
        address, kind = found
        with self._transaction() as uow:
            if named(uow, address) is None:  # somebody who was erased meanwhile
                return ""
            if now_so:
                try:
                    decline_here(uow, self._desk.program, address, kind)
                except Refused:  # a link of the time when it was not mandatory
                    return ""
                uow.commit()
        return kinds.called(self._desk.program, kind)

    def _request(self, uow: UnitOfWork, address: Address, words: str) -> Request:
        """The words as a message of the person's own conversation, which is kept nowhere."""
        now, person = self._desk.clock(), uow.people.at(address)
        message = InboundMessage(
            id="", sender=address, conversation=str(address), text=words, sent_at=now, apart=True
        )
        return Request(
            message=message,
            text=words,
            prepared=Prepared(),
            uow=uow,
            desk=self._desk,
            now=now,
            person=person,
            candidate=uow.people.candidate(person) if person else None,
            apart=True,
        )


def _chosen(choices: Iterable[Choice], digest: str) -> str:
    """The words of the choice with that digest; empty when none has it."""
    return next((one.says for one in choices if digest_of(one.says) == digest), "")
