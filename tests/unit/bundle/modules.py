"""Loads what makes bundles and packages: those files are scripts, in no package."""

import importlib.util
import sys
from functools import cache
from types import ModuleType

from tests.paths import ROOT

PACKAGING = ROOT / "packaging"


@cache
def module(name: str, folder: str = "bundle") -> ModuleType:
    """Return the module in the file of this name."""
    spec = importlib.util.spec_from_file_location(f"chatdesk_{folder}_{name}", PACKAGING / folder / f"{name}.py")
    assert spec
    assert spec.loader
    made = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = made
    path = list(sys.path)
    sys.path[:0] = [str(PACKAGING / folder), str(PACKAGING)]  # a script finds what lies beside it
    try:
        spec.loader.exec_module(made)
    finally:
        sys.path[:] = path
    return made
