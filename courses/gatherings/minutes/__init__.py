"""Minutes of a gathering: what the log knows, what the secretary adds, and the paper that comes of both."""
