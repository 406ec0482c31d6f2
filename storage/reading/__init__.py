"""Any bytes a candidate sends -> text with page numbers, or a named refusal."""
