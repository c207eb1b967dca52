"""Loads what makes the bundle: those files are scripts, in no package."""

import importlib.util
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

FOLDER = Path(__file__).parents[3] / "packaging/bundle"


@cache
def module(name: str) -> ModuleType:
    """Return the module in the file of this name."""
    spec = importlib.util.spec_from_file_location(f"chatdesk_bundle_{name}", FOLDER / f"{name}.py")
    assert spec
    assert spec.loader
    made = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = made
    spec.loader.exec_module(made)
    return made
