"""Bytes to documents: the doors in."""
