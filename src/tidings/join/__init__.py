"""Claims to events."""
