"""`python -m tests.kills [--kills 200] [--seed 1]`: the long run of what tests/e2e/test_kills.py does a few times."""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from tests.kills.harness import kill_again_and_again


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.kills")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        findings = asyncio.run(kill_again_and_again(Path(folder) / "home", options.kills, options.seed, _say))
    _say(f"{findings.kills} kills, seed {options.seed}: {findings.line()}, shown: {findings.seen}")
    return 1 if findings.faults else 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
