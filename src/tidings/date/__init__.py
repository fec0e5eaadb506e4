"""Constraints between reports and happenings to days with reasons."""
