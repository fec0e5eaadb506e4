"""Bytes to documents: the doors in."""

from __future__ import annotations

from tidings.gather.brought import Brought, brought_documents
from tidings.gather.copies import mark_copies
from tidings.gather.cut import restore, to_original
from tidings.gather.decode import Undecodable
from tidings.gather.door import Gathered, gather
from tidings.gather.known import known_documents
from tidings.gather.take import decoded_original, take_in

__all__ = [
    "Brought",
    "Gathered",
    "Undecodable",
    "brought_documents",
    "decoded_original",
    "gather",
    "known_documents",
    "mark_copies",
    "restore",
    "take_in",
    "to_original",
]
