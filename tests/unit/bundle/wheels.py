"""The files of PySide6 6.11.3 and of the engine in their wheels for Windows and macOS, as PyInstaller would find them there.

tests/data/README.md tells where the lists come from. PyInstaller finds all libraries here, and of the plugins the kinds that it knows
for the modules that Chatdesk imports.
"""

import json
from functools import cache
from pathlib import PurePosixPath

from tests.paths import ROOT

DATA = ROOT / "tests" / "data/wheels"
Entry = tuple[str, str, str]
PLUGINS = {
    "generic",
    "iconengines",
    "imageformats",
    "networkinformation",
    "platforminputcontexts",
    "platforms",
    "position",
    "printsupport",
}
PLUGINS |= {"qmltooling", "styles", "tls"}


@cache
def wheel(system: str) -> dict[str, tuple[int, list[str]]]:
    """Return each file with its size in bytes and the libraries of the wheel that it links to."""
    return json.loads((DATA / f"{system}.json").read_text("utf-8"))


def entries(system: str, modules: frozenset[str]) -> list[Entry]:
    """Return the files as PyInstaller tells them: with the system's slashes, and of the modules only those that are imported."""
    found = []
    for name in wheel(system):
        is_module = PurePosixPath(name).parent.name == "PySide6" and name.endswith((".pyd", ".abi3.so"))
        if is_module and PurePosixPath(name).name.partition(".")[0] not in modules:
            continue
        if "/plugins/" in name and name.partition("/plugins/")[2].partition("/")[0] not in PLUGINS:
            continue
        is_tool = name.endswith(".exe") or "/libexec/" in name
        if is_tool and not name.endswith("QtWebEngineProcess.exe"):
            continue
        target = name.replace("/", "\\") if system == "windows" else name
        found.append((target, name, "BINARY" if is_binary(name) else "DATA"))
    return found


def is_binary(name: str) -> bool:
    path = PurePosixPath(name)
    in_framework = ".framework/" in name and "." not in path.name and "_CodeSignature" not in name
    return in_framework or path.suffix in {".dll", ".pyd", ".exe", ".so", ".dylib"}


def links(system: str, name: str) -> list[str]:
    """Return what a file links to, named as the system does it."""
    names = wheel(system)[name][1]
    return [
        f"@rpath/{link}.framework/Versions/A/{link}" if system == "macos" and link.startswith("Qt") else link
        for link in names
    ]
