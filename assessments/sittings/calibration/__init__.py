"""Versions of item parameters: made by experts at first, then from answers; frozen per sitting."""
