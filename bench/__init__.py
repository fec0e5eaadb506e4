"""Scorers, peers and results."""
