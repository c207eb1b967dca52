"""What scripts import, and from where. A search for import statements, not a parser: it may find one in a text, which does no harm."""

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
_BEGINNING = 200_000
"""Characters of a script that are looked at: imports stand at the beginning."""
_ENDINGS = ("", ".js", ".jsx", ".tsx", ".ts", ".mjs", "/index.js", "/index.jsx", "/index.tsx")


def is_module(script: str) -> bool:
    """Whether a script has import or export statements, and so runs only as a module."""
    return bool(_MODULE.search(script, 0, _BEGINNING))


def imported_names(script: str) -> list[str]:
    """Return what a script imports, as it is written, each once."""
    return list(dict.fromkeys(found["name"] for found in _IMPORT.finditer(script, 0, _BEGINNING)))


def imported_files(script: str, names: Iterable[str]) -> list[int]:
    """Return which of the named files a script imports by relative paths; their endings may be left out."""
    known = list(names)
    found = (find_module(name, known) for name in imported_names(script))
    return list(dict.fromkeys(index for index in found if index is not None))


def find_module(name: str, names: Iterable[str]) -> int | None:
    """Return which of the named files an import means; None if it is a package or none of them."""
    if not name.startswith((".", "/", "@/", "~/")):
        return None
    known = list(names)
    path = name.removeprefix("@").removeprefix("~")
    return next((index for ending in _ENDINGS if (index := find_named(path + ending, known)) is not None), None)


def with_imports(script: str, renamed: Callable[[str], str]) -> str:
    """Return a script whose imports have other names."""
    named = _IMPORT.sub(
        lambda found: f"{found['before']}{found['quote']}{renamed(found['name'])}{found['quote']}", script[:_BEGINNING]
    )
    return named + script[_BEGINNING:]
