"""What a message is, and who handles it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from bot.domain.limits import LONGEST_MESSAGE
from bot.domain.messages import Reply
from bot.phrases import mails, talk
from handlers import asking, filing, offering, paragraphs, reminder_answers, reminding, stating
from handlers.reminder_listed import meant
from handlers.replied import choices_above
from handlers.request import NotMine, Request
from handlers.router import Routed, command, is_number, is_pick_of_none, of_free_text, picked


def meet(request: Request) -> tuple[Reply, ...]:
    """Files, a command, a choice by number or label, or free text; the replies."""
    if len(request.text) > LONGEST_MESSAGE:
        return (talk.too_long(LONGEST_MESSAGE),)
    if request.message.attachments:
        wanted = offering.recipient(request)
        return offering.offer(request, wanted) if wanted else filing.take(request)
    if request.message.envelope and not request.text.strip():  # of a reply the subject is older
        return (mails.without_words(),)
    return _words(request)


def _words(request: Request) -> tuple[Reply, ...]:
    if request.apart and request.prepared.found:  # they were read as free text already
        return _with(request, request.text, _free(request, chosen=True))
    plain = "" if request.apart else reminder_answers.plain_answer(request) or meant(request)
    text = plain or request.text
    if routed := command(text):
        return _with(request, text, routed)
    choices = choices_above(request.uow, request.message)
    number = is_number(request.text)
    replied = bool(request.message.answers)
    choice = None
    if number or not request.apart:
        choice = picked(request.text, choices, ordinals=replied)
        choice = choice or reminder_answers.answered(request, choices)
    if choice is None and number and (choices or request.apart or not stating.current(request)):
        return (talk.no_such_choice(choices),)
    none = replied and choice is None and not request.apart and is_pick_of_none(request.text)
    if none and choices:
        return (talk.pick_one(choices),)
    if choice:
        return _with(request, choice.says, command(choice.says) or _free(request, chosen=True))
    return _with(request, request.text, _free(request))


def _free(request: Request, *, chosen: bool = False) -> Routed:
    handler = of_free_text(request.prepared.found, request.prepared.guess)
    handed = request.uow.handovers.taken_in(request.message.conversation)
    if handed and not chosen:  # a person is answering here: the bot stays out of the way
        handler = partial(asking.pass_on, handed=handed)
    elif not chosen and not request.apart and reminding.is_time_alone(request):
        handler = reminding.time_alone
    if not chosen and stating.current(request):
        handler = partial(paragraphs.write, otherwise=handler)
    if not chosen and (set_id := paragraphs.for_request(request)):
        handler = partial(stating.added, set_id=set_id, text=request.text)
    return Routed(handler=handler, args={})


def _with(request: Request, text: str, routed: Routed) -> tuple[Reply, ...]:
    said = replace(request, text=text, args=routed.args)
    try:
        return routed.handler(said)
    except NotMine:
        if request.apart:  # as free text it may belong elsewhere
            raise
        return _free(request).handler(said)
