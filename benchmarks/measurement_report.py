"""One JSON line for each bar of measurement; imported by the other scripts of this folder."""

import json
import sys
from pathlib import Path

# The scripts are run by their path; the product lies one folder up.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


def report(name: str, holds: bool | None, **figures: float | str) -> bool:
    """Print the line; a bar that could not be tried (None) is told, not failed."""
    plain = {
        key: value if isinstance(value, str) else round(float(value), 6) for key, value in figures.items()
    }
    status = "skipped" if holds is None else "ok" if holds else "failed"
    print(json.dumps({"bar": name, "status": status, **plain}), flush=True)
    return holds is not False
