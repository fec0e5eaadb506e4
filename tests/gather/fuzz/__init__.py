"""Readers of bytes under bytes that nobody meant: what each must hold, seeds to begin with, and findings kept."""
