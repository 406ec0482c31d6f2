"""What Slack refuses of blocks: unknown kinds, too many, too long, or not allowed in that place.

Limits are those of https://docs.slack.dev/reference/block-kit/blocks
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from typing import Any

Found = Iterator[str]
MOST = {"message": 50, "modal": 100, "home": 100}
LONGEST_ALL = 12_000  # characters of a message's blocks together, found in use and not documented
_EACH = 100  # characters that a block itself counts for
_INPUTS = {
    "plain_text_input",
    "static_select",
    "multi_static_select",
    "checkboxes",
    "radio_buttons",
    "datepicker",
    "number_input",
    "email_text_input",
}
_RICH = {"rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted"}
_IN_ACTIONS = {"button", "static_select", "overflow", "checkboxes", "radio_buttons", "datepicker"}
_IN_SECTION = _IN_ACTIONS | {"image", "multi_static_select"}


def problems(blocks: object, *, surface: str, files: Container[str]) -> list[str]:
    """Every reason why Slack would not take the blocks there; `files` are those it knows."""
    if not isinstance(blocks, list):
        return ["must provide an array [json-pointer:/blocks]"]
    found = [] if len(blocks) <= MOST[surface] else [f"no more than {MOST[surface]} items allowed"]
    for place, block in enumerate(blocks):
        at = f"/blocks/{place}"
        found += [f"{told} [json-pointer:{at}]" for told in _block(block, surface, files)]
    names = [b["block_id"] for b in blocks if isinstance(b, dict) and b.get("block_id")]
    if len(names) != len(set(names)):
        found.append("block_id already exists")
    return found


def weight(blocks: object) -> int:
    """How long the blocks are together, the way Slack counts."""
    match blocks:
        case list():
            return sum(weight(one) for one in blocks)
        case dict():
            own = len(blocks["text"]) if isinstance(blocks.get("text"), str) else 0
            container = _EACH if "block_id" in blocks or blocks.get("type") in _BLOCKS else 0
            return own + container + sum(weight(v) for v in blocks.values())
        case _:
            return 0


def _block(block: object, surface: str, files: Container[str]) -> Found:
    kind = str(block.get("type")) if isinstance(block, dict) else ""
    if not isinstance(block, dict) or kind not in _BLOCKS:
        yield f"unsupported type: {kind}"
        return
    if len(str(block.get("block_id", ""))) > 255:
        yield "block_id must be less than 256 characters"
    if kind == "input" and surface == "message":
        yield "input is not allowed in messages of this app"
    yield from _BLOCKS[kind](block, files)


def _section(block: Mapping[str, Any], _: Container[str]) -> Found:
    fields = block.get("fields")
    if not block.get("text") and not fields:
        yield "missing required field: text"
    if block.get("text"):
        yield from _text(block["text"], most=3000)
    if fields is not None:
        yield from _count(fields, least=1, most=10)
        for one in fields:
            yield from _text(one, most=2000)
    if "accessory" in block:
        yield from _element(block["accessory"], allowed=_IN_SECTION)


def _context(block: Mapping[str, Any], files: Container[str]) -> Found:
    elements = block.get("elements")
    yield from _count(elements, least=1, most=10)
    for one in elements or ():
        if one.get("type") == "image":
            yield from _image(one, files)
        else:
            yield from _text(one, most=3000)


def _actions(block: Mapping[str, Any], _: Container[str]) -> Found:
    elements = block.get("elements")
    yield from _count(elements, least=1, most=25)
    names = [one.get("action_id") for one in elements or () if one.get("action_id")]
    if len(names) != len(set(names)):
        yield "action_id already exists"
    for one in elements or ():
        yield from _element(one, allowed=_IN_ACTIONS)


def _header(block: Mapping[str, Any], _: Container[str]) -> Found:
    yield from _text(block.get("text"), most=150, plain=True)


def _image(block: Mapping[str, Any], files: Container[str]) -> Found:
    if not block.get("alt_text"):
        yield "missing required field: alt_text"
    if len(block.get("alt_text", "")) > 2000:
        yield "alt_text must be less than 2001 characters"
    if "title" in block:
        yield from _text(block["title"], most=2000, plain=True)
    file = block.get("slack_file")
    if bool(file) == bool(block.get("image_url")):
        yield "must provide either image_url or slack_file"
    if file and file.get("id") not in files and not file.get("url"):
        yield "invalid slack file"


def _divider(_block: Mapping[str, Any], _: Container[str]) -> Found:
    yield from ()


def _markdown(block: Mapping[str, Any], _: Container[str]) -> Found:
    if not 0 < len(block.get("text", "")) <= 12_000:
        yield "text must be between 1 and 12000 characters"


def _rich_text(block: Mapping[str, Any], _: Container[str]) -> Found:
    yield from _count(block.get("elements"), least=1, most=100)
    for element in block.get("elements") or ():
        yield from _rich(element, allowed=_RICH)


def _rich(element: Mapping[str, Any], *, allowed: Container[str]) -> Found:
    kind = element.get("type")
    if kind not in allowed:
        yield f"unsupported rich text: {kind}"
    elif kind == "rich_text_list":
        for line in element["elements"]:
            yield from _rich(line, allowed={"rich_text_section"})
    elif kind in _RICH:
        yield from _count(element.get("elements"), least=1, most=3000)
        for one in element.get("elements") or ():
            yield from _rich(one, allowed={"text", "emoji", "link", "user", "broadcast"})
    elif kind == "text" and not element.get("text"):
        yield "text must be more than 0 characters"


def _input(block: Mapping[str, Any], _: Container[str]) -> Found:
    yield from _text(block.get("label"), most=2000, plain=True)
    if "hint" in block:
        yield from _text(block["hint"], most=2000, plain=True)
    yield from _element(block.get("element"), allowed=_INPUTS)


_BLOCKS: Mapping[str, Callable[[Mapping[str, Any], Container[str]], Found]] = {
    "section": _section,
    "context": _context,
    "actions": _actions,
    "header": _header,
    "image": _image,
    "divider": _divider,
    "markdown": _markdown,
    "rich_text": _rich_text,
    "input": _input,
}


def _element(element: object, *, allowed: Container[str]) -> Found:
    kind = element.get("type") if isinstance(element, dict) else None
    if not isinstance(element, dict) or kind not in allowed:
        yield f"unsupported element: {kind}"
        return
    if len(str(element.get("action_id", ""))) > 255:
        yield "action_id must be less than 256 characters"
    if "placeholder" in element:
        yield from _text(element["placeholder"], most=150, plain=True)
    if "confirm" in element:
        yield from _confirm(element["confirm"])
    if kind == "button":
        yield from _button(element)
    elif kind == "plain_text_input":
        yield from _words(element)
    elif "select" in str(kind) or kind in {"checkboxes", "radio_buttons", "overflow"}:
        yield from _options(element, str(kind))


def _button(button: Mapping[str, Any]) -> Found:
    yield from _text(button.get("text"), most=75, plain=True)
    if len(str(button.get("value", ""))) > 2000:
        yield "value must be less than 2001 characters"
    if button.get("style", "primary") not in {"primary", "danger"}:
        yield "style must be primary or danger"
    if len(button.get("accessibility_label", "")) > 75:
        yield "accessibility_label must be less than 76 characters"


def _words(field: Mapping[str, Any]) -> Found:
    longest = field.get("max_length", 3000)
    if not 1 <= longest <= 3000:
        yield "max_length must be between 1 and 3000"
    if len(field.get("initial_value", "")) > longest:
        yield f"initial_value must be less than {longest + 1} characters"


def _options(field: Mapping[str, Any], kind: str) -> Found:
    select = "select" in kind
    options = field.get("options")
    if options is None and select and field.get("option_groups"):
        yield from _count(field["option_groups"], least=1, most=100)
        options = [option for group in field["option_groups"] for option in group["options"]]
    yield from _count(options, least=1, most=100 if select else 5 if kind == "overflow" else 10)
    for option in options or ():
        yield from _text(option.get("text"), most=75, plain=select or kind == "overflow")
        if not 0 < len(str(option.get("value", ""))) <= 150:
            yield "option value must be between 1 and 150 characters"
        if "description" in option:
            yield from _text(option["description"], most=75)
    first = [field["initial_option"]] if "initial_option" in field else []
    for one in (*first, *field.get("initial_options", ())):
        if one not in (options or ()):
            yield "initial_option must be one of the options"


def _confirm(confirm: Mapping[str, Any]) -> Found:
    for name, most in (("title", 100), ("text", 300), ("confirm", 30), ("deny", 30)):
        if name in confirm:
            yield from _text(confirm[name], most=most)


def _text(text: object, *, most: int, plain: bool = False) -> Found:
    if not isinstance(text, dict) or text.get("type") not in {"plain_text", "mrkdwn"}:
        yield "must be a text object"
        return
    if plain and text["type"] != "plain_text":
        yield "must be plain_text"
    if not isinstance(text.get("text"), str) or not text["text"]:
        yield "must be more than 0 characters"
    elif len(text["text"]) > most:
        yield f"must be less than {most + 1} characters"
    if text["type"] == "plain_text" and "verbatim" in text:
        yield "verbatim is not allowed in plain_text"


def _count(items: object, *, least: int, most: int) -> Found:
    if not isinstance(items, list) or not least <= len(items) <= most:
        yield f"must have between {least} and {most} items"
