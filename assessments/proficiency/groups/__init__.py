"""Figures of groups: population cells, reference samples, estimates with their interval."""
