"""The reading room: the other face of record.py."""
