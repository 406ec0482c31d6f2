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
    further_posts,
    inbox,
    outbox,
    rests,
)
from storage.tables.reaching import (
    announcements,
    channel_homes,
    channel_invitations,
    channel_states,
    channel_turns,
    form_drafts,
    former_identities,
    moved_rooms,
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
    "channel_invitations",
    "channel_states",
    "channel_turns",
    "claims",
    "comments",
    "curated",
    "electives",
    "evidence",
    "evidence_requests",
    "form_drafts",
    "former_identities",
    "further_posts",
    "handovers",
    "identities",
    "inbox",
    "link_codes",
    "metadata",
    "moved_rooms",
    "offers",
    "outbox",
    "passages_known",
    "people",
    "person_roles",
    "rests",
    "set_routes",
    "shares",
    "statements",
    "submissions",
    "trail",
    "turn_passages",
    "turns",
    "writing",
]
