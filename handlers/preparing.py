"""The slow part of a message, before the transaction: where it belongs, files, passages, intent.

Everything here is safe to do twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from bot.domain.knowledge import OF_RECORD
from bot.domain.limits import LONGEST_MESSAGE
from bot.domain.messages import InboundMessage
from bot.domain.people import Candidate
from bot.domain.proving import is_disowned, is_proved
from bot.knowledge.search import Found
from bot.ports import UnitOfWork
from bot.usecases.answer_question import asked_before, find, intent_of
from bot.usecases.desk import Desk
from bot.usecases.give_archive import make_archive
from bot.usecases.identify import named, speaker
from bot.usecases.people_in import Uncounted, count
from bot.usecases.report_unanswered import grouped
from bot.usecases.staff_digest import WEEK
from bot.usecases.take_in import take_in
from bot.usecases.write_statement import writing
from handlers import answering, asking, broadcasting, exporting, holding, paragraphs, places
from handlers.captions import caption_of, question_in, worded
from handlers.continuing import continued
from handlers.mailed_words import bare
from handlers.places import Place
from handlers.request import Prepared
from handlers.router import Routed, command, is_number, of_free_text, without_stroke


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A message in its place, and what was prepared for it."""

    place: Place
    prepared: Prepared = field(default_factory=Prepared)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparing:
    """Prepares one message. `keep` prolongs its lease; `last` is true when nobody tries again."""

    desk: Desk
    uow: UnitOfWork
    keep: Callable[[], None]
    last: bool

    def work(self, message: InboundMessage, original: InboundMessage) -> Work:
        """The message in its place; raises `Unfetched` when a later try may bring its files.

        `original` is as it came, before it was seen whom it is from.
        """
        message = self._bare(message, original)
        message = worded(replace(message, text=without_stroke(message.text)))
        if not is_proved(message):
            if holding.brings_nothing(message):
                return Work(place=Place(message=message, handle=holding.refuse_files))
            if self._is_personal(message, original):
                return Work(place=Place(message=message, handle=holding.not_for_nobody))
        if not message.shared:
            if message.answers:
                with self.uow as uow:
                    message = continued(uow, message)
            return Work(place=places.own(message), prepared=self._prepared(message))
        with self.uow as uow:
            if place := places.below_a_card(uow, message, now=self.desk.clock()):
                return Work(place=place)
        if place := self._place(message):
            return Work(place=place, prepared=self._prepared(place.message))
        return self.free_text(message)

    def _bare(self, message: InboundMessage, original: InboundMessage) -> InboundMessage:
        if message.envelope is None:
            return message
        with self.uow as uow:
            return bare(uow, message, original)

    def _is_personal(self, message: InboundMessage, original: InboundMessage) -> bool:
        """Whether nobody but its sender can be meant by it, and so it takes proof who that is."""
        if message.attachments or is_disowned(message):
            return True
        if len(message.text) > LONGEST_MESSAGE or command(message.text):
            return False
        with self.uow as uow:
            whose = named(uow, message.sender)
            candidate = uow.people.candidate(whose) if whose else None
            goes_on = whose is not None and holding.continues(uow, message, original)
            curated = uow.curated.all() if candidate else ()
        if goes_on or (whose and is_number(message.text)):
            return True
        if candidate is None:
            return False
        text = question_in(message)
        found = find(self.desk, text, history=(), personal=True, curated=curated)
        return self._is_of_record(found)

    def free_text(self, message: InboundMessage) -> Work:
        """What is no command, though it may have looked like one, and stands for itself."""
        if message.shared:
            return self._free_among_others(message)
        return Work(place=places.own(message), prepared=self._of_free_text(message))

    def counted(self, work: Work, uncounted: Uncounted) -> Work:
        """The same with those groups counted, as it turned out that they have to be."""
        self.keep()
        found = count(
            lambda: self.uow,
            self.desk.program,
            uncounted.groups,
            now=self.desk.clock(),
            keep=self.keep,
        )
        return replace(work, prepared=replace(work.prepared, counted=found))

    def _free_among_others(self, message: InboundMessage) -> Work:
        """Free text, said where others read along: what asks for the own record goes elsewhere."""
        with self.uow as uow:
            text = places.meant(uow, message)
            candidate = _candidate(uow, replace(message, shared=False))  # as it were said alone
            history = asked_before(uow, message.conversation)
            curated = uow.curated.all()
        found = find(self.desk, text, history=history, personal=False, curated=curated)
        own = found
        if candidate:
            own = find(self.desk, text, history=history, personal=True, curated=curated)
        guess = intent_of(self.desk.intents, text, found)
        openly = of_free_text(found, guess) in (*places.OPENLY, asking.question)
        if openly and not self._is_of_record(own):
            place = places.among_others(message, text)
            return Work(place=place, prepared=Prepared(found=found, guess=guess))
        return Work(place=places.alone(message, text), prepared=Prepared(found=own, guess=guess))

    def _place(self, message: InboundMessage) -> Place | None:
        """None for free text, whose place only its meaning tells."""
        if message.attachments:
            return places.alone(message, message.text)
        if len(message.text) > LONGEST_MESSAGE:
            return Place(message=message)
        with self.uow as uow:
            text = places.meant(uow, message)
        return places.of_command(message, text)

    def _prepared(self, message: InboundMessage) -> Prepared:
        if len(message.text) > LONGEST_MESSAGE:
            return Prepared()
        if message.attachments:
            return self._files(message)
        if routed := command(message.text):
            return self._of_command(routed, message)
        if is_number(message.text):
            return Prepared()
        return self._of_free_text(message)

    def _files(self, message: InboundMessage) -> Prepared:
        """The files, read; those of somebody unknown are not even fetched."""
        with self.uow as uow:
            known = speaker(uow, message)
        if known is None:
            return Prepared()
        said = replace(message, text=caption_of(self.desk.program, message))
        return Prepared(taken=take_in(self.desk, said, last=self.last, before_each=self.keep))

    def _of_command(self, routed: Routed, message: InboundMessage) -> Prepared:
        """Of all commands three have a slow part."""
        days = _days_to_group(routed)
        if days is None and routed.handler is not exporting.export:
            return Prepared()
        with self.uow as uow:
            person, now = speaker(uow, message), self.desk.clock()
            if person is None:
                return Prepared()
            if days is not None:
                found = answering.to_group(uow, person, days=days, now=now)
        if days is not None:
            return Prepared(groups=grouped(self.desk, found)) if found else Prepared()
        self.keep()
        return Prepared(archive=make_archive(self.uow, self.desk, person))

    def _of_free_text(self, message: InboundMessage) -> Prepared:
        with self.uow as uow:
            candidate = _candidate(uow, message)
            if self._is_for_a_statement(uow, message, candidate):
                return Prepared()
            history = asked_before(uow, message.conversation)
            curated = uow.curated.all()
        text, personal = question_in(message), candidate is not None
        found = find(self.desk, text, history=history, personal=personal, curated=curated)
        return Prepared(found=found, guess=intent_of(self.desk.intents, text, found))

    def _is_for_a_statement(
        self, uow: UnitOfWork, message: InboundMessage, candidate: Candidate | None
    ) -> bool:
        """Whether it will be kept as it is, so that nothing needs to be found for it."""
        if message.apart:
            return False
        open_here = writing(uow, self.desk.program, candidate, conversation=message.conversation)
        return bool(open_here) and not paragraphs.is_question(message.text)

    def _is_of_record(self, found: Found) -> bool:
        """Whether what answers best is in the asker's own record."""
        if found.curated or found.beyond:
            return False
        best = (*found.order[:1], *found.also)
        return any(self.desk.index.passages[place].computes in OF_RECORD for place in best)


def _days_to_group(routed: Routed) -> int | None:
    """Of how many days what was not answered is grouped for the command; None for any other."""
    if routed.handler is broadcasting.digest:
        return WEEK.days
    return answering.days_of(routed.args) if routed.handler is answering.unanswered else None


def _candidate(uow: UnitOfWork, message: InboundMessage) -> Candidate | None:
    person = speaker(uow, message)
    return uow.people.candidate(person) if person else None
