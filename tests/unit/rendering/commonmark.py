"""The examples of the CommonMark specification, version 0.31.2, by John MacFarlane, licensed CC-BY-SA 4.0 (tests/data/README.md)."""

import json
from typing import NamedTuple

from tests.paths import DATA

_FILE = DATA / "commonmark_0_31.json"


class Example(NamedTuple):
    number: int
    section: str
    markdown: str
    html: str


def examples() -> list[Example]:
    entries = json.loads(_FILE.read_text(encoding="utf-8"))
    return [Example(entry["example"], entry["section"], entry["markdown"], entry["html"]) for entry in entries]
