"""Mentions to entities: names, aliases, places."""
