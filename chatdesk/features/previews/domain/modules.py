"""Imports of scripts. Searches for import statements without parsing, so it may also find one in a string, which is harmless."""

import re
from collections.abc import Callable, Iterable

from chatdesk.features.previews.domain.file_names import find_named

_IMPORT = re.compile(
    r"""(?P<before>(?:^|[;}\s])(?:import|export)(?:\s+type)?\s*
            (?:[\w$*{](?:(?!\b(?:import|export)\b)[^;'"`()]){0,1000}?\bfrom\s*|\(\s*)?)
        (?P<quote>["'])(?P<name>[^"'\n]{1,300})(?P=quote)""",
    re.VERBOSE,
)
_MODULE = re.compile(r"^[ \t]*(?:import[ \t]*(?:[\w$*{\"'])|export[ \t]+[\w{*])", re.MULTILINE)
_SEARCH_LENGTH = 200_000
"""Maximum characters of a script to search: imports are at the beginning."""
_ENDINGS = ("", ".js", ".jsx", ".tsx", ".ts", ".mjs", "/index.js", "/index.jsx", "/index.tsx")


def is_module(script: str) -> bool:
    """Return whether a script has import or export statements and therefore runs only as a module."""
    return bool(_MODULE.search(script, 0, _SEARCH_LENGTH))


def imported_names(script: str) -> list[str]:
    """Return the distinct import specifiers of a script as written."""
    return list(dict.fromkeys(found["name"] for found in _IMPORT.finditer(script, 0, _SEARCH_LENGTH)))


def imported_files(script: str, names: Iterable[str]) -> list[int]:
    """Return the indexes of the named files that a script imports by relative path, with or without extension."""
    known = list(names)
    found = (find_module(name, known) for name in imported_names(script))
    return list(dict.fromkeys(index for index in found if index is not None))


def find_module(name: str, names: Iterable[str]) -> int | None:
    """Return the index of the named file that an import refers to; None if it is a package or unknown."""
    if not name.startswith((".", "/", "@/", "~/")):
        return None
    known = list(names)
    path = name.removeprefix("@").removeprefix("~")
    return next((index for ending in _ENDINGS if (index := find_named(path + ending, known)) is not None), None)


def with_imports(script: str, renamed: Callable[[str], str]) -> str:
    """Return a script with renamed import specifiers."""
    named = _IMPORT.sub(
        lambda found: f"{found['before']}{found['quote']}{renamed(found['name'])}{found['quote']}",
        script[:_SEARCH_LENGTH],
    )
    return named + script[_SEARCH_LENGTH:]
