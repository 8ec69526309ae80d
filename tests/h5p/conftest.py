"""Settings of the tests of H5P."""

from __future__ import annotations

from hypothesis import settings

# A shared machine is sometimes slow: time bounds are tested where they are meant, never by chance.
settings.register_profile("h5p", deadline=None)
settings.load_profile("h5p")
