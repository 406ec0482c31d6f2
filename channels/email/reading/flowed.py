"""Text in paragraphs that were cut for the journey (RFC 3676) -> the paragraphs."""

from __future__ import annotations


def unflowed(text: str, *, delsp: bool) -> str:
    """Joins lines that end in a space with the next of the same depth of quotation."""
    lines: list[str] = []
    open_depth = -1
    for line in text.split("\n"):
        rest = line.lstrip(">")
        depth = len(line) - len(rest)
        rest = rest.removeprefix(" ")  # a space in front was put there to save the line
        flows = rest.endswith(" ") and rest != "-- "
        whole = rest[:-1] if flows and delsp else rest
        if depth == open_depth and rest != "-- ":
            lines.append(whole)
        else:
            lines += ["\n" if lines else "", ">" * depth + " " * bool(depth), whole]
        open_depth = depth if flows else -1
    return "".join(lines)
