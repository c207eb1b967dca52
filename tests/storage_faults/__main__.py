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
from tests.storage_faults.operations import Findings, operations, try_faults


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="tests.storage_faults")
    parser.add_argument("--lines", type=int, default=20)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--fault", action="append")
    parser.add_argument("names", nargs="*", default=list(operations()))
    options = parser.parse_args(arguments)
    mounts, is_faulty = can_mount(), False
    for name in options.names:
        for fault in options.fault or FAULTS:
            with tempfile.TemporaryDirectory() as folder:
                findings = try_faults(name, fault, Path(folder), options.lines, options.seed, mounts=mounts)
            if findings.runs:
                _print(f"{name}, {fault}", findings)
            is_faulty |= bool(findings.faults)
    return int(is_faulty)


def _print(title: str, findings: Findings) -> None:
    say(f"{title}: {findings.runs} runs, {findings.failed} failed, {len(findings.faults)} faults")
    for text, count in findings.texts.most_common():
        say(f"    {count} × {text}")
    for text, count in Counter(re.sub(r" \(line \d+\)", "", each) for each in findings.faults).most_common(8):
        say(f"    FAULT {count} × {text}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
