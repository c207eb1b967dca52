"""The library of presets over real services."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from chatdesk.app.composition import open_program
from chatdesk.app.program import Program
from chatdesk.kernel.redaction import Redactor
from chatdesk.system.folders import Folders
from chatdesk.system.resources import Resources
from chatdesk.ui_kit.style.appearance import Appearance
from tests.gui.features.presets.library.library_harness import LibraryHarness, write_built_in


@pytest.fixture
async def program(tmp_path: Path) -> AsyncIterator[Program]:
    """The services, with a few built-in presets and a folder for one's own."""
    write_built_in(tmp_path / "built-in")
    folders = Folders.locate()
    folders.make()
    async with open_program(folders, Resources.locate(), Redactor()) as program:
        program.presets.presets._built_in = tmp_path / "built-in"
        await program.presets.presets.make_folder()
        await program.presets.presets.load("en")
        yield program


@pytest.fixture
async def harness(appearance: Appearance, program: Program) -> AsyncIterator[LibraryHarness]:
    harness = LibraryHarness(appearance, program)
    await harness.settle()
    yield harness
    await harness.close()
