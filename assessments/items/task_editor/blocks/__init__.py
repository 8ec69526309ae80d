"""Wagtail blocks of the task editor, made anew for each page because their choices are the task's own screens."""
