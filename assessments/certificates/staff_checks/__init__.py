"""Checks of staff lists for HR officers: whole lists, single rows by the API, an overview, and what will expire."""
