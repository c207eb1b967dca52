"""Tries faults at many lines of operations, and prints what was found.

`python -m tests.storage_faults --lines 20 --fault stick-full backup-daily sync-write`; all operations and faults without names. The
superuser can fill, unplug and write-protect small file systems, and only another user meets missing permissions:

    setpriv --reuid=61234 --regid=61234 --clear-groups python -m tests.storage_faults
"""

import argparse
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.kills.operations import say
from tests.storage_faults.faults import FAULTS, can_mount
from tests.storage_faults.operations import Findings, can_try, operations, prepare, try_fault


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="tests.storage_faults")
    parser.add_argument("--lines", type=int, default=20)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--fault", action="append")
    parser.add_argument("names", nargs="*", default=list(operations()))
    options = parser.parse_args(arguments)
    chosen = [fault for fault in options.fault or FAULTS if can_try(fault)]
    is_faulty = False
    for name in options.names:
        for mounted in (False, True) if can_mount() else (False,):
            faults = [fault for fault in chosen if FAULTS[fault].needs_mounts is mounted]
            if faults:
                is_faulty |= _try_all(name, faults, options.lines, options.seed, mounted=mounted)
    return int(is_faulty)


def _try_all(name: str, faults: Sequence[str], lines: int, seed: int, *, mounted: bool) -> bool:
    """Print what each of these faults does to an operation, and return whether something is wrong."""
    is_faulty = False
    with tempfile.TemporaryDirectory() as folder:
        prepared = prepare(name, Path(folder), mounted=mounted)
        for fault in faults:
            findings = try_fault(prepared, fault, Path(folder, "run"), lines, seed)
            _print(f"{name}, {fault}", findings)
            is_faulty |= bool(findings.faults)
    return is_faulty


def _print(title: str, findings: Findings) -> None:
    say(f"{title}: {findings.runs} runs, {findings.failed} failed, {len(findings.faults)} faults")
    for text, count in findings.texts.most_common():
        say(f"    {count} × {text}")
    for text, count in Counter(re.sub(r" \(line \d+\)", "", each) for each in findings.faults).most_common(8):
        say(f"    FAULT {count} × {text}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
