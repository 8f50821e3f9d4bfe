"""Postmortems for readers without a screen: so far, as plain text."""
