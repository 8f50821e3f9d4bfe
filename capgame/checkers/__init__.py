"""Judges of histories, and live referees: the same judgement while the run goes on."""
