"""The command line: one face of record.py."""
