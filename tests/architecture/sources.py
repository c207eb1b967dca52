"""Reads the program's own source files for the tests of this folder."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.paths import ROOT

QT_FREE = re.compile(
    r"chatdesk/(kernel|network|providers|engine|storage|rendering|system|features/\w+/(domain|services|files|importing))/"
)
"""What works where Qt is not installed."""


def python_files(folder: str = "chatdesk") -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def name_of(file: Path) -> str:
    """The path from the root of the project, the same on every system."""
    return file.relative_to(ROOT).as_posix()


def module_of(file: Path) -> str:
    return name_of(file).removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def parse(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


@cache
def imported(file: Path) -> frozenset[str]:
    """Full names of all that a file imports, wherever in the file it does: `from a import b` gives `a.b`."""
    return frozenset(_imported(file))


def _imported(file: Path) -> Iterator[str]:
    for node in ast.walk(parse(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ("." * node.level + f"{node.module}.{alias.name}" for alias in node.names)
