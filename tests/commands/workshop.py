"""Documents of a bicycle workshop: a domain that shares no word with any program pack."""

from __future__ import annotations

from pathlib import Path

DOCUMENTS = {
    "brakes.md": """\
# Brakes

## When brake pads are worn

Replace rim brake pads when the wear grooves are gone or less than 2 millimetres of rubber remain.
Always replace both pads of a wheel together.

## Bleeding hydraulic brakes

Hydraulic brakes are bled once a year with mineral oil. Brake fluid for cars destroys the seals.
""",
    "wheels.md": """\
# Wheels and tyres

## Tyre pressure

Inflate a road tyre of 28 millimetres to 5 bar and a mountain bike tyre to 2 bar.

## Truing a wheel

A wheel is true when it wobbles less than half a millimetre. Turn spoke nipples a quarter turn at
a time.
""",
    "chain.txt": (
        "A chain is replaced when the gauge shows 0.75 percent of stretch. Clean the chain with a "
        "cloth and put one drop of oil on each link every 200 kilometres.\n"
    ),
    "prices.md": """\
# Prices

## What a service costs

A small service costs 45 euros and takes a day. A large service costs 120 euros and takes three
days.

## Punctures

Mending a puncture costs 12 euros, the new tube included. You can wait for it.
""",
    "hours.md": """\
# Opening hours

The workshop is open from Tuesday to Saturday, 10:00 to 18:00. It is closed on Sunday and Monday.
""",
    "loans.txt": (
        "While your bicycle is in the workshop you can borrow a spare one. Leave an identity card "
        "as a deposit and bring the spare bicycle back with its lock.\n"
    ),
}


def workshop(folder: Path) -> Path:
    """The documents in that folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in DOCUMENTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
