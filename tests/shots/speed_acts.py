"""How fast a model is: before it was measured, while it is, and after."""

import asyncio
from datetime import UTC, datetime, timedelta

from chatdesk.features.models.domain.model_fit import Verdict
from chatdesk.features.models.domain.speed_check import SpeedProgress, SpeedResult
from chatdesk.features.models.ui.speed.speed_sheet import SpeedSheet
from chatdesk.kernel.errors.base import ServerFailed
from chatdesk.kernel.models.model import ModelRef
from tests.shots.window_driver import WindowDriver
from tests.unit.features.models import machines

REF = ModelRef("ollama", "deepseek-r1:14b")


async def offer(driver: WindowDriver) -> None:
    await _open(driver)


async def measure(driver: WindowDriver) -> None:
    dialog = await _open(driver)
    dialog.show_progress(SpeedProgress(3, 4, is_cold=False))


async def fail(driver: WindowDriver) -> None:
    dialog = await _open(driver)
    dialog.show_failure(ServerFailed("Ollama", "http://127.0.0.1:11434", 500, "out of memory"))


async def measured(driver: WindowDriver) -> None:
    dialog = await _open(driver)
    dialog.show_results(results())


def results() -> tuple[SpeedResult, SpeedResult]:
    """Here, and at another machine before."""
    now = datetime.now(UTC)
    here = SpeedResult(
        REF, "NVIDIA GeForce RTX 4070, 32 GB", now, 412, 812.4, 41.3, 4200, 3, by_server=True, estimate=50.0,
        verdict=Verdict.GRAPHICS,
    )  # fmt: skip
    there = SpeedResult(REF, "Apple M1 Max, 64 GB", now - timedelta(days=12), 630, 310.0, 24.8, None, 3, by_server=True)
    return here, there


async def _open(driver: WindowDriver) -> SpeedSheet:
    driver.program.models.library.fits._read_machine = lambda: machines.RTX_4070
    await driver.until(lambda: driver.program.servers.models.was_asked)
    driver.window._steps.speed.open(REF)
    await asyncio.sleep(0.2)
    dialog = driver.window.findChild(SpeedSheet)
    assert dialog is not None
    return dialog
