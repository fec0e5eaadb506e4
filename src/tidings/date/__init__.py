"""Constraints between reports and happenings to days with reasons."""

from __future__ import annotations

from tidings.date.dating import date_alone, date_together
from tidings.date.narrowing import narrowing
from tidings.date.network import Solution, explain, solve

__all__ = ["Solution", "date_alone", "date_together", "explain", "narrowing", "solve"]
