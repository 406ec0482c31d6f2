"""All tables in one place. What changes in them needs a migration that does the same."""

from __future__ import annotations

from storage.tables.helping import (
    comments,
    curated,
    handovers,
    offers,
    passages_known,
    person_roles,
    shares,
    turn_passages,
    turns,
)
from storage.tables.keeping import (
    candidates,
    changes,
    electives,
    evidence,
    identities,
    link_codes,
    people,
    trail,
)
from storage.tables.parts import metadata
from storage.tables.queues import (
    inbox,
    outbox,
)
from storage.tables.reaching import (
    announcements,
    channel_homes,
    channel_states,
    form_drafts,
    former_identities,
)
from storage.tables.reviewing import (
    appeals,
    claims,
    evidence_requests,
    set_routes,
    statements,
    submissions,
    writing,
)

__all__ = [
    "announcements",
    "appeals",
    "candidates",
    "changes",
    "channel_homes",
    "channel_states",
    "claims",
    "comments",
    "curated",
    "electives",
    "evidence",
    "evidence_requests",
    "form_drafts",
    "former_identities",
    "handovers",
    "identities",
    "inbox",
    "link_codes",
    "metadata",
    "offers",
    "outbox",
    "passages_known",
    "people",
    "person_roles",
    "set_routes",
    "shares",
    "statements",
    "submissions",
    "trail",
    "turn_passages",
    "turns",
    "writing",
]
