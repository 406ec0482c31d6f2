"""Who may do what to whose record, written out for people to read and kept apart from the product.

Whoever changes a right changes it here too: that is the point of it.
"""

from __future__ import annotations

from bot.domain.rights import Action, Relation, Role

# own, assigned, shared with them, everybody else's; a dot is a denied cell.
MATRIX = """
                 KNOWN  CANDIDATE  MENTOR  REVIEWER  STAFF  ADMIN
    KEEP         ....   o...       ....    ....      ....   ....
    READ         ....   o...       ..s.    ....      .ase   .ase
    COMMENT      ....   o...       ..s.    ....      ....   ....
    OFFER        .ase   ....       ....    ....      ....   ....
    SEE_QUEUE    ....   ....       ....    oase      oase   oase
    CLAIM        ....   ....       ....    ..se      ....   ....
    READ_DOSSIER ....   ....       ....    .a..      .ase   .ase
    RATE         ....   ....       ....    .a..      ....   ....
    DECIDE       ....   ....       ....    ....      .ase   .ase
    TRACK_APPEAL ....   ....       ....    ....      .ase   .ase
    ANSWER       ....   ....       ....    ....      oase   oase
    CURATE       ....   ....       ....    ....      oase   oase
    REPORT       ....   ....       ....    ....      oase   oase
    BROADCAST    ....   ....       ....    ....      oase   oase
    APPOINT      ....   ....       ....    ....      ....   oase
"""

Cell = tuple[Role, Action, Relation]


def allowed() -> frozenset[Cell]:
    """The cells of the table that are not denied."""
    head, *rows = (line.split() for line in MATRIX.strip().splitlines())
    return frozenset(
        (Role[role], Action[action], relation)
        for action, *cells in rows
        for role, cell in zip(head, cells, strict=True)
        for relation, letter in zip(Relation, cell, strict=True)
        if letter != "."
    )


def written() -> tuple[set[str], set[str]]:
    """The names of the roles and of the actions that the table has."""
    head, *rows = (line.split() for line in MATRIX.strip().splitlines())
    return set(head), {row[0] for row in rows}
