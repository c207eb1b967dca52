from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.unit.features.conftest import Harness
from tests.unit.features.conversations.services.files.importer import Importer, open_importer


@pytest.fixture
async def importer(harness: Harness, tmp_path: Path) -> AsyncIterator[Importer]:
    async with open_importer(harness, tmp_path) as importer:
        yield importer
