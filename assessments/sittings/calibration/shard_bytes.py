"""Arrays as bytes for the rows of shards, without pickle."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import numpy as np
import numpy.typing as npt

Arrays = dict[str, npt.NDArray[Any]]


def pack(arrays: Arrays) -> bytes:
    stream = BytesIO()
    np.savez(stream, **arrays)  # type: ignore[arg-type]
    return stream.getvalue()


def squeeze(arrays: Arrays) -> bytes:
    """For answers: most places of a shard are gaps."""
    stream = BytesIO()
    np.savez_compressed(stream, **arrays)  # type: ignore[arg-type]
    return stream.getvalue()


def unpack(raw: bytes | memoryview) -> Arrays:
    with np.load(BytesIO(bytes(raw)), allow_pickle=False) as stored:
        return {name: stored[name] for name in stored.files}
