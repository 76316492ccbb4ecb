"""Readers: one file for each kind of source; `reading.py` chooses among them by content."""
