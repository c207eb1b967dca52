from collections.abc import Iterator

import pytest

from tests.unit.features.sync.computer import Computer


@pytest.fixture
def home() -> Iterator[Computer]:
    computer = Computer(1)
    computer.begin()
    yield computer
    computer.close()


@pytest.fixture
def work() -> Iterator[Computer]:
    computer = Computer(2)
    computer.begin()
    yield computer
    computer.close()
