"""YAML of plain values, read in C where PyYAML was built with libyaml: ten times as fast."""

from __future__ import annotations

from typing import Any

import yaml


def load_yaml(text: str) -> Any:
    """The value of a text; raises `yaml.YAMLError`, or ValueError for a date of no calendar."""
    if yaml.__with_libyaml__:
        try:
            return yaml.load(text, Loader=yaml.CSafeLoader)
        except yaml.YAMLError:
            pass  # what follows raises it again and tells the line more exactly
    return yaml.safe_load(text)
