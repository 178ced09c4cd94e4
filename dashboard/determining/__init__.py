"""Settling what the reader could not make out, on the page of the filing: what is in doubt, the form, and what was settled."""
