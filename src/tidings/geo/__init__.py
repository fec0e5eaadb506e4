"""Distances and shapes on the ellipsoid: a leaf that several rooms need."""
