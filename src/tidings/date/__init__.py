"""Constraints between reports and happenings to days with reasons."""

from __future__ import annotations

from tidings.date.dating import date_alone, date_together
from tidings.date.network import explain

__all__ = ["date_alone", "date_together", "explain"]
