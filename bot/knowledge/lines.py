"""Where in a YAML file a value stands, so that a fault can name its line."""

from __future__ import annotations

from collections.abc import Sequence

import yaml


def line_of(text: str, path: Sequence[int | str]) -> int:
    """The line (from 1) of the value at `path`, or of the nearest value above it."""
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    line = 1
    for step in path:
        below = _below(node, step)
        if below is None:
            break
        node = below
        line = node.start_mark.line + 1
    return line


def _below(node: yaml.Node | None, step: int | str) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        found = (value for key, value in node.value if key.value == str(step))
        return next(found, None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        item: yaml.Node = node.value[step]
        return item
    return None
