"""Property tests of this room: same examples in every run, no deadline on a busy machine."""

from hypothesis import settings

settings.register_profile("measurement", deadline=None, max_examples=50, derandomize=True)
settings.load_profile("measurement")
