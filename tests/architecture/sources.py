"""Reads the program's own source files for the tests of this folder."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.paths import ROOT

QT_FREE = re.compile(
    r"chatdesk/(kernel|network|providers|engine|storage|rendering|system|features/\w+/(domain|services|files|importing))/"
)
"""What works where Qt is not installed."""


@cache
def python_files(folder: str = "chatdesk") -> tuple[Path, ...]:
    return tuple(sorted((ROOT / folder).rglob("*.py")))


def name_of(file: Path) -> str:
    """The path from the root of the project, the same on every system."""
    return file.relative_to(ROOT).as_posix()


def module_of(file: Path) -> str:
    return name_of(file).removesuffix(".py").removesuffix("/__init__").replace("/", ".")


@dataclass(frozen=True)
class Class:
    name: str
    bases: tuple[str, ...]
    methods: frozenset[str]
    undocumented: tuple[str, ...]
    """Methods without a docstring, setters of properties aside."""


@dataclass(frozen=True)
class Source:
    """What the tests ask of a file. The syntax tree is not kept: with all of them Python's garbage collector would take seconds."""

    docstring: str | None
    imported: frozenset[str]
    """Full names of all that it imports, wherever it does: `from a import b` gives `a.b`."""
    classes: tuple[Class, ...]
    """Those within functions too."""


@cache
def source(file: Path) -> Source:
    tree = ast.parse(file.read_text(encoding="utf-8"), str(file))
    return Source(ast.get_docstring(tree), frozenset(_imported(tree)), tuple(_classes(tree)))


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ("." * node.level + f"{node.module}.{alias.name}" for alias in node.names)


def _classes(tree: ast.Module) -> Iterator[Class]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            bases = tuple(ast.unparse(base).split("[")[0] for base in node.bases)
            methods = [each for each in node.body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)]
            undocumented = (each.name for each in methods if not ast.get_docstring(each) and not _is_setter(each))
            yield Class(node.name, bases, frozenset(each.name for each in methods), tuple(undocumented))


def _is_setter(method: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(ast.unparse(decorator).endswith(".setter") for decorator in method.decorator_list)
