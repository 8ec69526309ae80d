"""Whether a code, a file or a signed text is ours and in force, and who asked."""
