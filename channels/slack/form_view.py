"""A form -> a modal view; pure.

https://docs.slack.dev/reference/views/modal-views and
https://docs.slack.dev/reference/block-kit/blocks/input-block
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.domain.forms import Field, Form, Option
from bot.domain.text import plain
from channels.slack import marks
from channels.slack.blocks import Block, cut, plain_object
from channels.slack.parts import paragraphs

LONGEST_TITLE = 24  # of the buttons too
LONGEST_INPUT = 3_000  # https://docs.slack.dev/reference/block-kit/block-elements
_LONGEST_LABEL = 2_000
_LONGEST_OPTION = 75
_MOST_BOXES = 10
_MOST_OPTIONS = 100
_AT_EVERY_CHANGE = {"trigger_actions_on": ["on_character_entered"]}


def form_view(form: Form) -> dict[str, Any]:
    """The view for `views.open`.

    A form that Slack cannot show (beyond 100 fields, or values beyond 150 characters) is refused by
    `views.open`: the words that would have opened it do the same.
    """
    intro = [block for part in paragraphs(form.intro) for block in part.blocks]
    fields = [_input(field, dispatch=form.keeps_draft) for field in form.fields]
    return {
        "type": "modal",
        "callback_id": marks.FORM,
        "private_metadata": form.key,
        "title": plain_object(_title(plain(form.title))),
        "submit": plain_object(cut(plain(form.submit), LONGEST_TITLE)),
        "close": plain_object("Close"),
        "notify_on_close": form.keeps_draft,
        "blocks": [*intro, *fields],
    }


def _title(words: str) -> str:
    """The title, cut behind a whole word where it is too long."""
    shown = cut(words, LONGEST_TITLE)
    head, space, _ = shown.rpartition(" ")
    whole = shown == words or words[len(shown) - 1 :].startswith(" ")
    return shown if whole or not space else f"{head}\u2026"


def _input(field: Field, *, dispatch: bool) -> Block:
    """The field under its label; with `dispatch` every change of it is told."""
    shown = {
        "type": "input",
        "block_id": marks.block_id(marks.FIELD, field.name),
        "label": plain_object(cut(plain(field.label), _LONGEST_LABEL)),
        "optional": field.optional,
        "dispatch_action": dispatch,
        "element": {**_element(field, dispatch=dispatch), "action_id": marks.ANSWER},
    }
    hint = cut(plain(field.hint), _LONGEST_LABEL)
    return {**shown, "hint": plain_object(hint)} if hint else shown


def _element(field: Field, *, dispatch: bool) -> Block:
    if not field.options:
        return _text_input(field, dispatch=dispatch)
    if not field.many:
        return _with_first({"type": "static_select", **_options(field.options)}, field)
    if len(field.options) <= _MOST_BOXES:
        boxes = {"type": "checkboxes", "options": [_option(one) for one in field.options]}
        return _with_first(boxes, field)
    return _with_first({"type": "multi_static_select", **_options(field.options)}, field)


def _text_input(field: Field, *, dispatch: bool) -> Block:
    longest = max(1, min(field.longest, LONGEST_INPUT))
    shown = {"type": "plain_text_input", "multiline": field.lines, "max_length": longest}
    first = {"initial_value": field.value[:longest]} if field.value else {}
    told = {"dispatch_action_config": _AT_EVERY_CHANGE} if dispatch else {}
    return {**shown, **first, **told}


def _with_first(element: Block, field: Field) -> Block:
    """The element with what is picked at first; Slack wants it to be an option to the letter."""
    values = field.value.split("\n") if field.many else [field.value]
    picked = [_option(one) for one in field.options if one.value in values]
    if not picked:
        return element
    return {
        **element,
        **({"initial_options": picked} if field.many else {"initial_option": picked[0]}),
    }


def _options(options: Sequence[Option]) -> Block:
    """The options of a menu, by the hundred where there are more."""
    shown = [_option(one) for one in options]
    if len(shown) <= _MOST_OPTIONS:
        return {"options": shown, "placeholder": plain_object("Choose")}
    groups = [
        {
            "label": plain_object(f"{start + 1} to {min(start + _MOST_OPTIONS, len(shown))}"),
            "options": shown[start : start + _MOST_OPTIONS],
        }
        for start in range(0, len(shown), _MOST_OPTIONS)
    ]
    return {"option_groups": groups, "placeholder": plain_object("Choose")}


def _option(option: Option) -> Block:
    label = " ".join(plain(option.label).split()) or option.value
    return {"text": plain_object(cut(label, _LONGEST_OPTION)), "value": option.value}
