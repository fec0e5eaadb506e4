"""Figures that can be run again: quality on gold that others wrote, and speed as ratios within one run."""
