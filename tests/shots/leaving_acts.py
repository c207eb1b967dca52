"""Closing the window and quitting while the program works."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from chatdesk.kernel.running_work import JobKind
from tests.shots import acts
from tests.shots.scene import MODELS
from tests.shots.window_driver import WindowDriver


async def close_while_answering(driver: WindowDriver) -> None:
    """Close the window while one answer is being written, and something else goes on."""
    await acts.ask(driver)
    driver.window.close()
    await driver.settle()


async def quit_while_working(driver: WindowDriver) -> None:
    """Quit by key while much goes on."""
    await acts.ask(driver)
    program = driver.program
    model = (await driver.until(program.servers.models.all))[0].ref
    download = program.work.begin(JobKind.DOWNLOAD, lambda: MODELS[1].name, model)
    download.report_progress(0.62)
    batch = program.work.begin(
        JobKind.BATCH, lambda: "Translate and explain, with a rather long name of its own", model
    )
    batch.report_progress(0.3)
    QTest.keyClick(driver.part("message"), Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    await driver.settle()
