"""The words that sample files carry."""

from __future__ import annotations

SENTENCE = "The lighthouse keeper trimmed the lamp before the evening storm."
SECOND = "Twelve gulls waited on the harbour wall for the fishing boats."
ACCENTS = "Zoë paid 20 € for the façade of the café in Łódź."
