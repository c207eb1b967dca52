"""The preview's libraries are the files that are listed, and can stand inside a page."""

import importlib.util
import re
from pathlib import Path

import pytest

from tests.paths import ROOT

FOLDER = ROOT / "resources/preview"
OURS = {"shims.js"}  # what the sandbox runs before a page
spec = importlib.util.spec_from_file_location("preview_libraries", ROOT / "packaging/preview_libraries.py")
assert spec
assert spec.loader
preview_libraries = importlib.util.module_from_spec(spec)
spec.loader.exec_module(preview_libraries)


def test_every_library_has_the_hash_that_is_listed() -> None:
    assert preview_libraries.wrong() == []


def test_the_list_of_other_works_says_the_same_as_the_command_that_fetches() -> None:
    rows = re.findall(
        r"^\| ([\w.-]+\.js) \| (\S+) \| (\S+) \|.*\| (\w{64}) \|$",
        (ROOT / "docs/third-party.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    assert rows == [(row.file, row.package, row.version, row.sha256) for row in preview_libraries.LIBRARIES]


def test_no_library_is_there_that_is_not_listed() -> None:
    assert {file.name for file in FOLDER.glob("*.*")} == OURS | {row.file for row in preview_libraries.LIBRARIES}


@pytest.mark.parametrize("file", sorted(FOLDER.rglob("*.js")), ids=lambda file: file.name)
def test_no_script_ends_its_element_early(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert not re.search(r"</script", text, re.IGNORECASE)
    # Behind `<!--` an opening tag would take the closing tag for itself.
    assert not re.search(r"<!--(?:(?!-->)[\s\S])*<script[\s/>]", text, re.IGNORECASE)
