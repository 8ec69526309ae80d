"""Which items a sitting shows: all at its start, in two stages, or one after each answer."""
