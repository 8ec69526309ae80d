"""The item bank in the admin: list, forms without code, preview, facts."""
