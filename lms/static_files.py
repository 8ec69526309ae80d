"""Static files of the embedded shape: far-future names and gzip; the slow best compression is production's."""

from __future__ import annotations

from typing import Any

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class QuickManifestStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """`make run` must be served within a minute on a laptop: brotli at its best takes longer than all the rest."""

    def create_compressor(self, **options: Any) -> Compressor:
        return Compressor(**{**options, "use_brotli": False})
