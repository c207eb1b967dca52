"""Checks what cannot run here: workflows by their schema and for what makes them unsafe, shell scripts for mistakes (`dev.py check`).

The three tools have an environment of their own in build/, with packages of their own in requirements/recipes.txt: they only read files,
and the tests need none of what they bring. Standard library only.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TOOLS = ROOT / "build/recipe-tools"
LOCK = ROOT / "requirements/recipes.txt"


def tool(name: str, *arguments: str | Path) -> list[str | Path]:
    """Return the command that runs a tool."""
    return [TOOLS / ("Scripts" if os.name == "nt" else "bin") / name, *arguments]


def set_up() -> None:
    """Make the environment of the tools, if there is none for this lock file and this Python."""
    wanted = hashlib.sha256(LOCK.read_bytes() + sys.version.encode()).hexdigest()
    complete = TOOLS / "complete"
    if complete.is_file() and complete.read_text(encoding="utf-8") == wanted:
        return
    shutil.rmtree(TOOLS, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", TOOLS], check=True)
    pip = ["-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes", "--only-binary=:all:", "--no-input"]
    subprocess.run(tool("python", *pip, "--disable-pip-version-check", "--requirement", LOCK), check=True)
    complete.write_text(wanted, encoding="utf-8")


def commands() -> Iterator[list[str | Path]]:
    """Yield what is run: the schema of GitHub's workflows, known weaknesses of workflows, shell scripts."""
    workflows = sorted((ROOT / ".github/workflows").glob("*.yml"))
    scripts = [ROOT / ".ci/run", *sorted((ROOT / "packaging").rglob("*.sh"))]
    yield tool("check-jsonschema", "--quiet", "--builtin-schema=vendor.github-workflows", *workflows)
    yield tool("zizmor", "--offline", "--quiet", "--min-severity=medium", *workflows)
    yield tool("shellcheck", "--exclude=SC1007", *scripts)  # `CDPATH= cd` is how one changes folders for certain


def main() -> None:
    """Run them all; each says by itself what it has found."""
    set_up()
    failed = [Path(command[0]).name for command in commands() if subprocess.call(command, cwd=ROOT)]
    sys.exit("Failed: " + ", ".join(failed) if failed else 0)


if __name__ == "__main__":
    main()
