"""Decisions on names, applied after everything else: what a person decided holds for every later build."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tidings.model import Decision
from tidings.resolve.identity import Identity

__all__ = ["apply_verdicts"]


def apply_verdicts(identity: Identity, decisions: Sequence[Decision]) -> Identity:
    """Return the identity with the standing of proposals set by the decisions on them."""
    standing = {decision.subject: decision.action for decision in sorted(decisions, key=lambda decision: decision.at)}
    said = {"accept": "accepted", "refuse": "refused"}
    identity.proposals = [
        replace(proposal, standing=said[standing[proposal.id]]) if standing.get(proposal.id) in said else proposal
        for proposal in identity.proposals
    ]
    return identity
