"""The hall kit: what a laptop needs to hold gatherings without internet."""
