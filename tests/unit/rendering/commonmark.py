"""The examples of two specifications, licensed CC-BY-SA 4.0 (tests/data/README.md).

CommonMark 0.31.2 by John MacFarlane, and GitHub Flavored Markdown 0.29, of which only what CommonMark does not have.
"""

import json
from typing import NamedTuple

from tests.paths import DATA


class Example(NamedTuple):
    number: int
    section: str
    markdown: str
    html: str


def examples() -> list[Example]:
    return _read("commonmark_0_31.json")


def gfm_examples() -> list[Example]:
    return _read("gfm_0_29.json")


def _read(name: str) -> list[Example]:
    entries = json.loads((DATA / name).read_text(encoding="utf-8"))
    return [Example(entry["example"], entry["section"], entry["markdown"], entry["html"]) for entry in entries]
