"""The page on the architecture leads to files and folders that exist, and stays short enough to be read."""

import re

from tests.paths import ROOT

MOST_ROWS = 30
ROWS = [line for line in (ROOT / "docs/architecture.md").read_text("utf-8").splitlines() if line.startswith("| ")][1:]


def test_the_table_of_the_architecture_has_few_rows() -> None:
    assert 20 <= len(ROWS) <= MOST_ROWS


def test_every_path_in_the_table_exists() -> None:
    """Paths are written from any folder on, as the text before them says which one is meant."""
    existing = "".join(
        f"/{path.relative_to(ROOT).as_posix()}{'/' if path.is_dir() else ''}\n"
        for folder in ("chatdesk", "resources", "packaging", "tests")
        for path in (ROOT / folder, *(ROOT / folder).rglob("*"))
    )
    named = {path for row in ROWS for path in re.findall(r"`([\w./-]+)`", row)}
    assert [path for path in sorted(named) if f"/{path}\n" not in existing] == []
