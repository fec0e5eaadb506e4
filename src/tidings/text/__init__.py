"""Folding, scripts and shingles: a leaf that several rooms need."""
