"""Rows to nouns and back, in SQLite or PostgreSQL; the chained log of decisions."""
