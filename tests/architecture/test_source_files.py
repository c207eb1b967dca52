"""What every source file keeps to, beyond what ruff and mypy see."""

import ast
import re
from collections import Counter

from tests.architecture.sources import ROOT, name_of, python_files, source

LONGEST_FILE = 600  # lines; most have 100 to 300
MOST_MODULES_IN_A_FOLDER = 25


def test_every_module_says_what_lives_in_it() -> None:
    assert [name_of(file) for file in python_files() if not source(file).docstring] == []


def test_no_file_is_too_long_to_read() -> None:
    files = [*python_files(), *python_files("tests"), ROOT / "dev.py"]
    lengths = {name_of(file): len(file.read_text(encoding="utf-8").splitlines()) for file in files}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_folder_has_too_many_modules_to_look_through() -> None:
    counts = Counter(file.parent.relative_to(ROOT).as_posix() for file in python_files() if file.name != "__init__.py")
    assert {folder: count for folder, count in counts.items() if count > MOST_MODULES_IN_A_FOLDER} == {}


ASKS_A_HOST = {
    "packaging/pin_engine_archives.py": "reads llama.cpp's releases, by hand, before a release of Chatdesk",
}
"""Scripts that do not set up anything."""


def test_what_sets_up_a_clone_names_no_address() -> None:
    """Where packages come from is the business of each machine: its mirrors, proxies and certificates.

    The name of an XML vocabulary looks like an address, and nobody asks there.
    """
    files = [
        ROOT / "dev.py",
        ROOT / "pyproject.toml",
        ROOT / ".ci/run",
        *(ROOT / "requirements").iterdir(),
        *(file for file in (ROOT / "packaging").rglob("*.*") if file.suffix != ".pyc"),
    ]
    address = re.compile(r"[a-z]+://|--(?:extra-)?index-url|--find-links|--trusted-host")
    vocabulary = re.compile(r' xmlns="[^"]*"')
    texts = {name_of(file): vocabulary.sub("", file.read_text(encoding="utf-8")) for file in files}
    found = {name for name, text in texts.items() if address.search(text)}
    assert found == ASKS_A_HOST.keys()


def test_dev_py_can_be_read_by_a_python_too_old_for_chatdesk() -> None:
    ast.parse((ROOT / "dev.py").read_text(encoding="utf-8"), feature_version=(3, 8))


def test_every_feature_says_which_files_to_open_first() -> None:
    for init in (ROOT / "chatdesk" / "features").glob("*/__init__.py"):
        text = source(init).docstring or ""
        named = re.findall(r"`([\w/]+\.py)`", text)
        assert 2 <= len(named) <= 8, init
        assert [name for name in named if not (init.parent / name).exists() and "/" in name] == [], init
