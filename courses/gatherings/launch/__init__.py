"""A launch of the whole province: one leading gathering, many halls that follow it, each with its own phones."""
