"""``python -m assessments.items.audit [FILE…]``: the faults of files, seen within the whole starter bank."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

from assessments.items.audit.fault import Fault
from assessments.items.audit.read_files import UnreadableError, bank_of, content_in, ids_in, starter_files
from assessments.items.audit.run import audit


def main(names: list[str]) -> int:
    asked = [Path(name).resolve() for name in names]
    readable = []
    faults: list[Fault] = []
    for path in dict.fromkeys([*starter_files(), *asked]):
        try:
            content_in(path)
            readable.append(path)
        except UnreadableError as problem:
            if not asked or path in asked:
                faults.append(Fault("E02", path.name, "", str(problem)))
    faults += audit(bank_of(readable, datetime.date.today()))
    if asked:
        own = {one for path in asked if path in readable for one in ids_in(content_in(path))}
        own |= {path.name for path in asked}
        faults = [fault for fault in faults if fault.id in own or _of_skill(fault, own)]
    for fault in faults:
        sys.stdout.write(f"{fault}\n")
    errors = sum(not fault.warning for fault in faults)
    sys.stdout.write(f"{errors} faults, {len(faults) - errors} warnings\n")
    return 1 if errors else 0


def _of_skill(fault: Fault, own: set[str]) -> bool:
    """A fault of a whole skill or outcome concerns every file that holds items of it."""
    return any(one == fault.id or one.startswith(f"{fault.id}-") for one in own)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
