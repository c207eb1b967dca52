"""Prints what a release says of itself: `notes.py TAG`, the section of the changelog. Stops where tag, version and changelog differ."""

from __future__ import annotations

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import product

_HEADING = re.compile(r"^## (?P<version>\S+) \((?P<when>[^)]*)\)$", re.MULTILINE)


def notes(tag: str, version: str, changelog: str) -> str:
    """Return the section of a version without its heading. Raises `ValueError` saying what has to be put right before a release."""
    if tag != f"v{version}":
        raise ValueError(f"the tag is {tag}, and chatdesk/__init__.py says {version}: it has to be v{version}")
    for found in _HEADING.finditer(changelog):
        if found["version"] == version:
            break
    else:
        raise ValueError(f"CHANGELOG.md has no section `## {version} (date)`")
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", found["when"]):
        raise ValueError(f"CHANGELOG.md gives {version} no date, but ({found['when']})")
    following = _HEADING.search(changelog, found.end())
    text = changelog[found.end() : following.start() if following else None].strip()
    if not text:
        raise ValueError(f"CHANGELOG.md says nothing of {version}")
    return text + "\n"


def main() -> None:
    """Print the section of the tag on the command line."""
    changelog = (product.ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    try:
        sys.stdout.write(notes(sys.argv[1], product.version(), changelog))
    except ValueError as error:
        sys.exit(f"No release: {error}.")


if __name__ == "__main__":
    main()
